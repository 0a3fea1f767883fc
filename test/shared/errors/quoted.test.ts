import { quoted } from '../../../nodes/shared/errors/quoted';

it.each<[unknown, string]>([
	['a', '"a"'],
	['', '""'],
	[5, '"5"'],
	[null, '"null"'],
	['x'.repeat(200), `"${'x'.repeat(200)}"`],
	['x'.repeat(201), 'a text of 201 characters'],
])('%j is quoted as %s', (value, expected) => {
	expect(quoted(value)).toBe(expected);
});
