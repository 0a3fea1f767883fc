import { wellFormed } from '../../nodes/shared/wellFormed';

/** Texts of whole characters. */

const [HIGH, LOW] = ['\uD83D', '\uDE00'];
const A = 'a'.repeat(20);

it.each(['', 'a', `a${HIGH}${LOW}b`, `${HIGH}${LOW}${HIGH}${LOW}`, '\uD7FF\uE000'])(
	'%j is one',
	(text) => {
		expect(wellFormed(text, 'The message')).toBe(text);
	},
);

it.each<[string, number, string]>([
	[HIGH, 1, ''],
	[LOW, 1, ''],
	['\uD800', 1, ''],
	['\uDBFF', 1, ''],
	['\uDC00', 1, ''],
	['\uDFFF', 1, ''],
	[`a${HIGH}`, 2, ', behind "a"'],
	[`${HIGH}a${LOW}`, 1, ''],
	[`${HIGH}${LOW}${LOW}`, 3, `, behind "${HIGH}${LOW}"`],
	[`${LOW}${HIGH}`, 1, ''],
	[`ab${HIGH}c`, 3, ', behind "ab"'],
	[`${A}${LOW}`, 21, `, behind "${A}"`],
	[`b${A}${LOW}`, 22, `, behind "${A}"`],
])('%j is cut at %i', (text, position, behind) => {
	const what = 'holds half a character, such as half of an emoji,';
	expect(() => wellFormed(text, 'The name')).toThrow(
		expect.objectContaining({
			message: `The name ${what} at position ${position}${behind}`,
			description: expect.stringContaining('cut the text in the middle'),
		}),
	);
});
