import fc from 'fast-check';
import { joinFragments } from '../../../nodes/Cdyne/api/concatenatedSms';
import { RUNS } from '../../runs';

/** Joining the parts of long texts by their headers. */

describe('the parts of a long text', () => {
	const part = (Udh: unknown, Payload: string, more = {}) => ({
		From: '1',
		To: '2',
		Udh,
		Payload,
		ReceivedDate: '/Date(1709647629250)/',
		...more,
	});
	const texts = (entries: object[]) =>
		joinFragments(entries as never).map((parts) => parts.map(({ Payload }) => Payload).join(''));

	it.each<[string, unknown, unknown]>([
		['8 bits', [5, 0, 3, 9, 2, 1], [5, 0, 3, 9, 2, 2]],
		['16 bits', [6, 8, 4, 1, 9, 2, 1], [6, 8, 4, 1, 9, 2, 2]],
		['other elements before it', [9, 5, 2, 1, 2, 0, 3, 9, 2, 1], [9, 5, 2, 1, 2, 0, 3, 9, 2, 2]],
		['other elements after it', [9, 0, 3, 9, 2, 1, 5, 2, 1, 2], [9, 0, 3, 9, 2, 2, 5, 2, 1, 2]],
		['base64', 'BQADCQIB', 'BQADCQIC'],
	])('with a reference in %s are joined in order', (_, first, second) => {
		expect(texts([part(second, 'B'), part(first, 'A')])).toEqual(['AB']);
	});

	it('with a reference that is used again a month later are two texts', () => {
		const later = { ReceivedDate: '/Date(1712239629250)/' };
		const first = [5, 0, 3, 9, 2, 1];
		const second = [5, 0, 3, 9, 2, 2];
		expect(
			texts([
				part(first, 'A'),
				part(second, 'B'),
				part(first, 'C', later),
				part(second, 'D', later),
			]),
		).toEqual(['AB', 'CD']);
		expect(texts([part(first, 'A'), part(second, 'D', later)])).toEqual(['A', 'D']);
	});

	it('that are repeated count once, but different parts in the same place are two texts', () => {
		const first = [5, 0, 3, 9, 2, 1];
		const second = [5, 0, 3, 9, 2, 2];
		const repeated = [part(first, 'A'), part(first, 'A'), part(second, 'B'), part(second, 'B')];
		expect(texts(repeated)).toEqual(['AB']);
		const different = [part(first, 'A'), part(first, 'X'), part(second, 'B'), part(second, 'Y')];
		expect(texts(different)).toEqual(['AB', 'XY']);
	});

	it.each([
		null,
		'',
		[],
		[5, 0, 3, 9, 2, 0],
		[5, 0, 3, 9, 2, 3],
		[5, 0, 3, 9, 1, 1],
		[5, 0, 9],
		'x',
		7,
	])('without a usable header (%j) are separate texts', (udh) => {
		expect(texts([part(udh, 'A'), part(udh, 'B')])).toEqual(['A', 'B']);
	});

	it('with a header that does not consist of bytes are separate texts, and never hang', () => {
		for (const udh of [
			[6, 8, -2, 1, 2, 1, 1],
			[5, 0, 3.5, 9, 2, 1],
			[5, 0, '3', 9, 2, 1],
			[1e9, 0, 3, 9, 2, 1],
		]) {
			expect(texts([part(udh, 'A')])).toEqual(['A']);
		}
		fc.assert(
			fc.property(
				fc.array(fc.array(fc.oneof(fc.integer({ min: -9, max: 300 }), fc.anything()))),
				(headers) => {
					const entries = headers.map((udh, index) => part(udh, String(index)));
					const joined = joinFragments(entries as never).flat();
					expect(joined.length).toBeLessThanOrEqual(entries.length);
				},
			),
			RUNS,
		);
	});

	it('that all have the same place are read in linear time', () => {
		const entries = Array.from({ length: 20_000 }, (_, index) =>
			part([5, 0, 3, 9, 2, 1], String(index)),
		);
		expect(joinFragments(entries as never)).toHaveLength(20_000);
	});
});
