import fc from 'fast-check';
import { countSegments, encodingOf } from '../../nodes/shared/segments';

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
