import { changeKeyword, getKeywords } from '../../../nodes/Cdyne/api/keywords';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, DATE, got, posted, TIME } from '../cdyne';

/** Keywords: the calls, and the codes of a response and of its entries. */

const ENTRY = { Keyword: 'PIZZA', ShortCode: '75577', EntryDate: DATE, ReturnCode: 0 };
const PIZZA = {
	keyword: 'PIZZA',
	shortCode: '75577',
	assignedAt: TIME,
	result: { number: 0, name: 'NoError' },
	raw: ENTRY,
};

it('keywords are read', async () => {
	const { api, requests } = apiWith({ ReturnCode: 0, SMSKeyword: [ENTRY] });
	expect(await getKeywords(api)).toEqual([PIZZA]);
	expect(requests).toEqual([got('GetKeywords', { LicenseKey: ACCOUNT })]);
});

it.each<['AssignKeyword' | 'RemoveKeyword', number, string]>([
	['AssignKeyword', 2, 'KeywordAlreadyInUse'],
	['RemoveKeyword', 7, 'KeywordRemoved'],
])('%s returns the code of the entry', async (change, number, name) => {
	const raw = { ...ENTRY, ReturnCode: number };
	const { api, requests } = apiWith({ ReturnCode: 0, SMSKeyword: [raw] });
	const keyword = await changeKeyword(api, change, 'PIZZA', '75577');
	expect(keyword).toEqual({ ...PIZZA, result: { number, name }, raw });
	const SMSKeywords = [{ Keyword: 'PIZZA', ShortCode: '75577' }];
	expect(requests).toEqual([posted(change, { LicenseKey: ACCOUNT, SMSKeywords })]);
});

it.each([
	[4, 'credential', '4'],
	[9, 'unavailable', '9'],
	[6, 'rejected', '6'],
	['New', 'rejected', 'New'],
])('a response with the code %s fails with %s', async (ReturnCode, kind, code) => {
	const { api } = apiWith({ ReturnCode, SMSKeyword: [ENTRY] });
	const facts = await thrownBy(async () => await getKeywords(api));
	expect(facts).toMatchObject({ kind, code, nothingAccepted: true });
});

it.each([
	['null', null, 'an SMSKeywordResponse', 'null'],
	['a list', [ENTRY], 'an SMSKeywordResponse', JSON.stringify([ENTRY])],
	['an object without entries', { ReturnCode: 0 }, 'the keyword', '{"ReturnCode":0}'],
])('a response that is %s is malformed', async (_, response, expected, received) => {
	const { api } = apiWith(response);
	expect(
		await thrownBy(async () => await changeKeyword(api, 'AssignKeyword', 'PIZZA', '75577')),
	).toEqual({
		kind: 'malformed',
		message: `Expected ${expected} from CDYNE, got ${received}`,
	});
});
