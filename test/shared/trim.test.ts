import { trimEndOf, trimOf } from '../../nodes/shared/trim';

/** Characters off the ends of a text. */

it.each([
	['', '', ''],
	['a', 'a', 'a'],
	['x', '', ''],
	['xxx', '', ''],
	['xax', 'xa', 'a'],
	['xxaxbxx', 'xxaxb', 'axb'],
	['ab', 'ab', 'ab'],
	['axx', 'a', 'a'],
	['xxa', 'xxa', 'a'],
])('%j without x at its end is %j, at both ends %j', (text, end, both) => {
	expect(trimEndOf(text, /x/)).toBe(end);
	expect(trimOf(text, /x/)).toBe(both);
});

it('what matches no character at all ends with the text', () => {
	expect(trimEndOf('ab', /^.?$/)).toBe('');
	expect(trimOf('ab', /^.?$/)).toBe('');
});

it('a megabyte takes no time', () => {
	const begin = Date.now();
	expect(trimOf(`${'x'.repeat(1e6)}a${'x'.repeat(1e6)}`, /x/)).toBe('a');
	expect(Date.now() - begin).toBeLessThan(5_000);
});
