import fc from 'fast-check';
import {
	countSegments,
	encodingOf,
	isGsm,
	unicodeCharacters,
} from '../../../nodes/shared/model/segments';
import { RUNS } from '../../runs';

describe('the segments of a text', () => {
	it.each([
		['160 a', 'a'.repeat(160), 'GSM-7', 1],
		['161 a', 'a'.repeat(161), 'GSM-7', 2],
		['306 a', 'a'.repeat(306), 'GSM-7', 2],
		['307 a', 'a'.repeat(307), 'GSM-7', 3],
		['80 €, each of which takes two septets', '€'.repeat(80), 'GSM-7', 1],
		['70 ж', 'ж'.repeat(70), 'UCS-2', 1],
		['71 ж', 'ж'.repeat(71), 'UCS-2', 2],
		['69 a and an emoji of two units', `${'a'.repeat(69)}😀`, 'UCS-2', 2],
		['1600 a', 'a'.repeat(1600), 'GSM-7', 11],
	])('%s', (_name, text, encoding, segments) => {
		expect(countSegments(text)).toMatchObject({ encoding, segments });
	});

	it.each<[string, string, number, number]>([
		['an empty text', '', 0, 1],
		['160 a', 'a'.repeat(160), 160, 1],
		['153 a and 2 €', `${'a'.repeat(153)}€€`, 157, 1],
		['159 a and a €, which is not split', `${'a'.repeat(159)}€`, 161, 2],
		['152 a, a € and 151 a', `${'a'.repeat(152)}€${'a'.repeat(151)}`, 305, 2],
		['152 a, a € and 152 a', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 306, 3],
		['151 a, a € and 153 a', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 306, 2],
		['35 emojis', '😀'.repeat(35), 70, 1],
		['66 emojis, 33 in each segment', '😀'.repeat(66), 132, 2],
		['67 emojis', '😀'.repeat(67), 134, 3],
		['134 ж', 'ж'.repeat(134), 134, 2],
		['135 ж', 'ж'.repeat(135), 135, 3],
		['67 ж and 4 €', `${'ж'.repeat(67)}€€€€`, 71, 2],
	])('are counted with their units: %s', (_name, text, units, segments) => {
		expect(countSegments(text)).toMatchObject({ units, segments });
	});

	it.each<[string, number]>([
		['a'.repeat(161), 2],
		['a'.repeat(321), 3],
		[`${'a'.repeat(159)}€${'a'.repeat(158)}`, 2],
		[`${'a'.repeat(159)}€${'a'.repeat(159)}`, 3],
		['ж'.repeat(140), 2],
		['ж'.repeat(141), 3],
	])('of %s are %i if they are not joined', (text, segments) => {
		expect(countSegments(text, false).segments).toBe(segments);
	});

	it('have more text if they are not joined', () => {
		expect(countSegments('a'.repeat(320), false).segments).toBe(2);
		expect(countSegments('a'.repeat(320), true).segments).toBe(3);
	});

	it('never become fewer when a text grows', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 40 }), (text, more) => {
				expect(countSegments(text + more).segments).toBeGreaterThanOrEqual(
					countSegments(text).segments,
				);
			}),
		);
	});

	it.each([
		['Grüße, señor @home', 'GSM-7'],
		['5€ {ok}', 'GSM-7'],
		['coûte', 'UCS-2'],
		['“quoted”', 'UCS-2'],
		['', 'GSM-7'],
	])('of %s are encoded in %s', (text, encoding) => {
		expect(encodingOf(text)).toBe(encoding);
	});
});

describe('the number of segments', () => {
	it.each([
		['153 ]', ']'.repeat(153), 3],
		['80 ]', ']'.repeat(80), 1],
		['81 ]', ']'.repeat(81), 2],
		['152 ]', ']'.repeat(152), 2],
		['100 emoji', '😀'.repeat(100), 4],
		['35 emoji', '😀'.repeat(35), 1],
		['36 emoji', '😀'.repeat(36), 2],
		['67 emoji', '😀'.repeat(67), 3],
		['160 letters', 'a'.repeat(160), 1],
		['161 letters', 'a'.repeat(161), 2],
		['an escape pair that does not fit into the first', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
		['an empty text', '', 1],
	])('is right for %s', (_, text, segments) => {
		expect(countSegments(text).segments).toBe(segments);
	});

	/** An independent count, which fills segments with lists of code units. */
	function countIndependently(text: string): number {
		const isGsm7 = encodingOf(text) === 'GSM-7';
		const characters = isGsm7
			? [...text].map((c) => ('\f^{}\\[~]|€'.includes(c) ? ['ESC', c] : [c]))
			: [...text].map((c) => c.split(''));
		const [single, joined] = isGsm7 ? [160, 153] : [70, 67];
		if (characters.flat().length <= single) return 1;
		const filled: string[][] = [];
		while (characters.length > 0) {
			const segment: string[] = [];
			while (characters[0] && segment.length + characters[0].length <= joined) {
				segment.push(...(characters.shift() ?? []));
			}
			filled.push(segment);
		}
		return filled.length;
	}

	it('is the same as in an independent count', () => {
		const unicode = fc.constantFrom('a', ']', '€', 'é', '😀', 'ж', '\n');
		const gsm = fc.constantFrom('a', ']', '€', 'é', '\n');
		const textOf = (character: fc.Arbitrary<string>) =>
			fc.array(character, { maxLength: 700 }).map((characters) => characters.join(''));
		fc.assert(
			fc.property(fc.oneof(textOf(unicode), textOf(gsm), fc.string()), (text) => {
				expect(countSegments(text).segments).toBe(countIndependently(text));
			}),
			RUNS,
		);
	});
});

it.each<[string, boolean, string[]]>([
	['', true, []],
	['a€', true, []],
	['až😀žé\t', false, ['ž', '😀', '\t']],
	['ж', false, ['ж']],
	['“Hi” — 😀 “again”', false, ['“', '”', '—', '😀']],
	['Grüße 5€', true, []],
])('%j is in the GSM alphabet: %s, except %j', (text, isInAlphabet, unicode) => {
	expect(isGsm(text)).toBe(isInAlphabet);
	expect(unicodeCharacters(text)).toEqual(unicode);
});
