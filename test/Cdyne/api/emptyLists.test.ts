import { believed } from '../../../nodes/Cdyne/api/emptyLists';
import { getOptOuts } from '../../../nodes/Cdyne/api/optOuts';
import { refusal } from '../../shared/canned';
import { apiWith, CHECK_OF_KEY, DATE, got, ACCOUNT, TIME } from '../cdyne';

/** Lists that say nothing of a refused key, and the one of opt-outs among them. */

it('a list that has something is believed', async () => {
	const { api, requests } = apiWith({ MessageStatus: 401 });
	const list = [{}];
	expect(await believed(api, list)).toBe(list);
	expect(requests).toEqual([]);
});

it('an empty list is believed where the key is good', async () => {
	const { api, requests } = apiWith({ MessageStatus: 404 });
	const list: [] = [];
	expect(await believed(api, list)).toBe(list);
	expect(requests).toEqual([CHECK_OF_KEY]);
});

it('an empty list is none where the key is refused', async () => {
	const { api } = apiWith({ MessageStatus: 401 });
	expect(await refusal(async () => await believed(api, []))).toEqual({
		kind: 'credential',
		message: 'The License Key is not valid (CDYNE: InvalidLicenseKey)',
		description: 'Check the License Key in the credential.',
		code: '401',
		nothingAccepted: true,
	});
});

it.each([
	['is out of order', { MessageStatus: 'InternalError' }],
	['gives nothing', null],
	['ends in an error of another kind', Object.assign(new Error('x'), { kind: 'credential' })],
])('an empty list is believed where the look-up %s', async (_, answer) => {
	expect(await believed(apiWith(answer).api, [])).toEqual([]);
});

describe('opt-outs', () => {
	it('are read', async () => {
		const entry = { PhoneNumber: '17575550142', EntryDate: DATE };
		const { api, requests } = apiWith([entry]);
		expect(await getOptOuts(api)).toEqual([
			{
				json: { provider: 'cdyne', phoneNumber: '17575550142', optedOutAt: TIME },
				raw: entry,
			},
		]);
		expect(requests).toEqual([got('GetUnsubscribedNumbers', { LicenseKey: ACCOUNT })]);
	});

	it('that are none are believed after a look at the key', async () => {
		const { api, requests } = apiWith([], { MessageStatus: 404 });
		expect(await getOptOuts(api)).toEqual([]);
		expect(requests).toEqual([
			got('GetUnsubscribedNumbers', { LicenseKey: ACCOUNT }),
			CHECK_OF_KEY,
		]);
	});
});
