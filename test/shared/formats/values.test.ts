import {
	isObject,
	getOwn,
	textOrNull,
	toText,
	trimEndOf,
	trimOf,
} from '../../../nodes/shared/formats/values';

it.each<[unknown, boolean, string | null, string]>([
	[undefined, false, null, ''],
	[null, false, null, ''],
	['', false, null, ''],
	['a', false, 'a', 'a'],
	[' ', false, ' ', ' '],
	[0, false, '0', '0'],
	[false, false, 'false', 'false'],
	[{}, true, null, '{}'],
	[{ toString: 0 }, true, null, '{"toString":0}'],
	[[], false, null, '[]'],
	[['a'], false, null, '["a"]'],
])('%j is an object: %s, has the text or null %j, and the text %j', (value, is, orNull, text) => {
	expect(isObject(value)).toBe(is);
	expect(textOrNull(value)).toBe(orNull);
	expect(toText(value)).toBe(text);
});

it.each<[string | number, unknown]>([
	['a', 1],
	['b', undefined],
	[5, 'five'],
	['toString', undefined],
	['__proto__', undefined],
])('a table has no inherited entries: %s', (key, value) => {
	expect(getOwn<unknown>({ a: 1, 5: 'five' }, key)).toBe(value);
});

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
])('%j without x at its end is %j, at both ends %j', (text, trimmedEnd, trimmed) => {
	expect(trimEndOf(text, /x/)).toBe(trimmedEnd);
	expect(trimOf(text, /x/)).toBe(trimmed);
});

it('a pattern that also matches an empty text removes all characters', () => {
	expect(trimEndOf('ab', /^.?$/)).toBe('');
	expect(trimOf('ab', /^.?$/)).toBe('');
});

it('a megabyte is trimmed quickly', () => {
	const start = Date.now();
	expect(trimOf(`${'x'.repeat(1e6)}a${'x'.repeat(1e6)}`, /x/)).toBe('a');
	expect(Date.now() - start).toBeLessThan(5_000);
});
