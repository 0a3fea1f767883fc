import { verifyEmptyList } from '../../../nodes/Cdyne/api/emptyLists';
import { getOptOuts } from '../../../nodes/Cdyne/api/optOuts';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, CHECK_OF_KEY, DATE, got, TIME } from '../cdyne';

/** Lists that are empty for a rejected license key, such as that of opt-outs. */

it('a list with entries is trusted', async () => {
	const { api, requests } = apiWith({ MessageStatus: 401 });
	const list = [{}];
	expect(await verifyEmptyList(api, list)).toBe(list);
	expect(requests).toEqual([]);
});

it('an empty list is trusted if the license key is valid', async () => {
	const { api, requests } = apiWith({ MessageStatus: 404 });
	const list: [] = [];
	expect(await verifyEmptyList(api, list)).toBe(list);
	expect(requests).toEqual([CHECK_OF_KEY]);
});

it('an empty list is an error if the license key is rejected', async () => {
	const { api } = apiWith({ MessageStatus: 401 });
	expect(await thrownBy(async () => await verifyEmptyList(api, []))).toEqual({
		kind: 'credential',
		message: 'The License Key is not valid (CDYNE: InvalidLicenseKey)',
		description: 'Check the License Key in the credential.',
		code: '401',
		nothingAccepted: true,
	});
});

it.each([
	['reports an internal error', { MessageStatus: 'InternalError' }],
	['returns null', null],
	[
		'fails with an error that is not a failure',
		Object.assign(new Error('x'), { kind: 'credential' }),
	],
])('an empty list is trusted if the look-up %s', async (_, response) => {
	expect(await verifyEmptyList(apiWith(response).api, [])).toEqual([]);
});

describe('opt-outs', () => {
	it('are read', async () => {
		const entry = { PhoneNumber: '17575550142', EntryDate: DATE };
		const { api, requests } = apiWith([entry]);
		expect(await getOptOuts(api)).toEqual([
			{
				json: { provider: 'cdyne', phoneNumber: '+17575550142', optedOutAt: TIME },
				raw: entry,
			},
		]);
		expect(requests).toEqual([got('GetUnsubscribedNumbers', { LicenseKey: ACCOUNT })]);
	});

	it('are an empty list after a check of the license key', async () => {
		const { api, requests } = apiWith([], { MessageStatus: 404 });
		expect(await getOptOuts(api)).toEqual([]);
		expect(requests).toEqual([
			got('GetUnsubscribedNumbers', { LicenseKey: ACCOUNT }),
			CHECK_OF_KEY,
		]);
	});
});
