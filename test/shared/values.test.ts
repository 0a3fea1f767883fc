import { isObject, own, text, written } from '../../nodes/shared/values';

/** Values of an answer, of any type. */

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
])('%j is an object: %s, as a text %j, written %j', (value, is, asText, asWritten) => {
	expect(isObject(value)).toBe(is);
	expect(text(value)).toBe(asText);
	expect(written(value)).toBe(asWritten);
});

it.each<[string | number, unknown]>([
	['a', 1],
	['b', undefined],
	[5, 'five'],
	['toString', undefined],
	['__proto__', undefined],
])('a table has its own entries only: %s', (key, value) => {
	expect(own<unknown>({ a: 1, 5: 'five' }, key)).toBe(value);
});
