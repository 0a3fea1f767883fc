import { findPage, findUpTo } from '../../../nodes/Wooxy/api/pages';
import { answering } from './wooxy';

/** Lists, page by page. */

const FIND = {
	method: 'a/find',
	by: { domain: 'd' },
	read: (row: object) => ({ json: { ...row }, raw: row }),
};
const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));
const page = (count: number, more: object = {}) => ({ result: true, data: rows(count), ...more });

describe('a page', () => {
	it.each([
		['as long as asked for', page(3), 13],
		['longer', page(4), 13],
		['shorter', page(2), undefined],
		['empty', page(0), undefined],
		['before the total', page(3, { totalCount: 14 }), 13],
		['at the total', page(3, { totalCount: 13 }), undefined],
		['behind the total', page(3, { totalCount: '12' }), undefined],
		['with an empty total', page(3, { totalCount: '' }), 13],
		['short of the total', page(2, { totalCount: 100 }), undefined],
		['of the limit that came', page(2, { limit: '2' }), 12],
		['shorter than the limit that came', page(3, { limit: 4 }), undefined],
		['with a limit of 0', page(3, { limit: 0 }), 13],
		['with a limit below', page(3, { limit: -1 }), 13],
		['with a limit that is none', page(3, { limit: 'all' }), 13],
	])('%s goes on at its end', async (_what, body, next) => {
		const { api, sent } = answering(body);
		const found = body.data.map((row) => ({ json: row, raw: row }));
		const expected = { found, ...(next !== undefined && { next }) };
		expect(await findPage(api, FIND, 10, 3)).toEqual(expected);
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
	])('of %i has %i rows', async (limit, length, offsets) => {
		const { api, sent } = answering(page(20), page(20), page(5));
		expect(await findUpTo(api, FIND, limit)).toHaveLength(length);
		const asked = offsets.map((offset) => ['a/find', { domain: 'd', offset, limit: 20 }]);
		expect(sent()).toEqual(asked);
	});
});
