import fc from 'fast-check';
import { countSegments, encodingOf, isGsm, unicodeCharacters } from '../../nodes/shared/segments';

describe('segments of a text', () => {
	it.each([
		['160 a', 'a'.repeat(160), 'GSM-7', 1],
		['161 a', 'a'.repeat(161), 'GSM-7', 2],
		['306 a', 'a'.repeat(306), 'GSM-7', 2],
		['307 a', 'a'.repeat(307), 'GSM-7', 3],
		['80 €, which count twice', '€'.repeat(80), 'GSM-7', 1],
		['70 ж', 'ж'.repeat(70), 'UCS-2', 1],
		['71 ж', 'ж'.repeat(71), 'UCS-2', 2],
		['69 a and an emoji of two units', `${'a'.repeat(69)}😀`, 'UCS-2', 2],
		['1600 a', 'a'.repeat(1600), 'GSM-7', 11],
	])('%s', (_name, text, encoding, segments) => {
		expect(countSegments(text)).toMatchObject({ encoding, segments });
	});

	it.each<[string, string, number, number]>([
		['nothing', '', 0, 1],
		['160 a', 'a'.repeat(160), 160, 1],
		['153 a and 2 €', `${'a'.repeat(153)}€€`, 157, 1],
		['159 a and a €, which would be parted', `${'a'.repeat(159)}€`, 161, 2],
		['152 a, a € and 152 a', `${'a'.repeat(152)}€${'a'.repeat(151)}`, 305, 2],
		['152 a, a € and 153 a', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 306, 3],
		['151 a, a € and 153 a', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 306, 2],
		['35 emojis', '😀'.repeat(35), 70, 1],
		['66 emojis, 33 in each', '😀'.repeat(66), 132, 2],
		['67 emojis', '😀'.repeat(67), 134, 3],
		['134 ж', 'ж'.repeat(134), 134, 2],
		['135 ж', 'ж'.repeat(135), 135, 3],
		['67 ж and 4 €', `${'ж'.repeat(67)}€€€€`, 71, 2],
	])('of %s', (_name, text, units, segments) => {
		expect(countSegments(text)).toMatchObject({ units, segments });
	});

	it.each<[string, number]>([
		['a'.repeat(161), 2],
		['a'.repeat(321), 3],
		[`${'a'.repeat(159)}€${'a'.repeat(158)}`, 2],
		[`${'a'.repeat(159)}€${'a'.repeat(159)}`, 3],
		['ж'.repeat(140), 2],
		['ж'.repeat(141), 3],
	])('%s, where they are not joined, are %i', (text, segments) => {
		expect(countSegments(text, false).segments).toBe(segments);
	});

	it('hold more text where they are not joined', () => {
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
	])('%s needs %s', (text, encoding) => {
		expect(encodingOf(text)).toBe(encoding);
	});
});

it.each<[string, boolean, string[]]>([
	['', true, []],
	['a€', true, []],
	['až😀žé\t', false, ['ž', '😀', '\t']],
	['ж', false, ['ж']],
])('%j is of the GSM alphabet: %s, but for %j', (text, is, others) => {
	expect(isGsm(text)).toBe(is);
	expect(unicodeCharacters(text)).toEqual(others);
});
