import { findPage, findUpTo } from '../../../nodes/Wooxy/api/pages';
import { responding } from './wooxy';

/** Lists, page by page. */

const QUERY = {
	method: 'a/find',
	criteria: { domain: 'd' },
	read: (row: object) => ({ json: { ...row }, raw: row }),
};
const rows = (count: number, from = 0) =>
	Array.from({ length: count }, (_, index) => ({ index: from + index }));
const page = (count: number, extra: object = {}, from = 0) => ({
	result: true,
	data: rows(count, from),
	...extra,
});

describe('a page', () => {
	it.each([
		['as long as requested', page(3), 13],
		['longer', page(4), 13],
		['shorter', page(2), undefined],
		['empty', page(0), undefined],
		['before the total', page(3, { totalCount: 14 }), 13],
		['at the total', page(3, { totalCount: 13 }), undefined],
		['beyond the total', page(3, { totalCount: '12' }), undefined],
		['with an empty total', page(3, { totalCount: '' }), 13],
		['short of the total', page(2, { totalCount: 100 }), undefined],
		['as long as the limit in the response', page(2, { limit: '2' }), 12],
		['shorter than the limit in the response', page(3, { limit: 4 }), undefined],
		['with a limit of 0', page(3, { limit: 0 }), 13],
		['with a negative limit', page(3, { limit: -1 }), 13],
		['with a limit that is not a number', page(3, { limit: 'all' }), 13],
	])('%s has the offset of the next page, if there is one', async (_what, body, next) => {
		const { api, sent } = responding(body);
		const found = body.data.map((row) => ({ json: row, raw: row }));
		const expected = { found, ...(next !== undefined && { next }) };
		expect(await findPage(api, QUERY, 10, 3)).toEqual(expected);
		expect(sent()).toEqual([['a/find', { domain: 'd', offset: 10, limit: 3 }]]);
	});
});

describe('a list up to a limit', () => {
	it.each([
		[0, 0, []],
		[1, 1, [0]],
		[20, 20, [0]],
		[21, 21, [0, 20]],
		[40, 40, [0, 20]],
		[60, 45, [0, 20, 40]],
	])('of %i returns %i rows', async (limit, length, offsets) => {
		const { api, sent } = responding(page(20), page(20, {}, 20), page(5, {}, 40));
		expect(await findUpTo(api, QUERY, limit, jest.fn())).toHaveLength(length);
		const requests = offsets.map((offset) => ['a/find', { domain: 'd', offset, limit: 20 }]);
		expect(sent()).toEqual(requests);
	});
});
