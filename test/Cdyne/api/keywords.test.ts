import { changeKeyword, getKeywords } from '../../../nodes/Cdyne/api/keywords';
import { refusal } from '../../shared/canned';
import { apiWith, DATE, got, ACCOUNT, posted, TIME } from '../cdyne';

/** Keywords: the calls, and the code of the answer around those of its entries. */

const ENTRY = { Keyword: 'PIZZA', ShortCode: '75577', EntryDate: DATE, ReturnCode: 0 };
const PIZZA = {
	keyword: 'PIZZA',
	shortCode: '75577',
	assignedAt: TIME,
	result: { number: 0, name: 'NoError' },
	raw: ENTRY,
};

it('are read', async () => {
	const { api, requests } = apiWith({ ReturnCode: 0, SMSKeyword: [ENTRY] });
	expect(await getKeywords(api)).toEqual([PIZZA]);
	expect(requests).toEqual([got('GetKeywords', { LicenseKey: ACCOUNT })]);
});

it.each<['AssignKeyword' | 'RemoveKeyword', number, string]>([
	['AssignKeyword', 2, 'KeywordAlreadyInUse'],
	['RemoveKeyword', 7, 'KeywordRemoved'],
])('%s brings the code of the entry', async (change, number, name) => {
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
])('the code %s of the whole answer is %s', async (ReturnCode, kind, code) => {
	const { api } = apiWith({ ReturnCode, SMSKeyword: [ENTRY] });
	const facts = await refusal(async () => await getKeywords(api));
	expect(facts).toMatchObject({ kind, code, nothingAccepted: true });
});

it.each([
	['nothing', null, 'an SMSKeywordResponse', 'null'],
	['a list', [ENTRY], 'an SMSKeywordResponse', JSON.stringify([ENTRY])],
	['no entry', { ReturnCode: 0 }, 'the keyword', '{"ReturnCode":0}'],
])('an answer that is %s cannot be read', async (_, answer, what, came) => {
	const { api } = apiWith(answer);
	expect(
		await refusal(async () => await changeKeyword(api, 'AssignKeyword', 'PIZZA', '75577')),
	).toEqual({
		kind: 'malformed',
		message: `Expected ${what} of CDYNE, got \u0000`,
		came: [came],
	});
});
