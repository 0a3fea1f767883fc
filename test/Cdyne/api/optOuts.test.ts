import { getOptOuts } from '../../../nodes/Cdyne/api/optOuts';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, CHECK_OF_KEY, DATE, got, TIME } from '../cdyne';

/** The numbers that have opted out. */

const LIST = got('GetUnsubscribedNumbers', { LicenseKey: ACCOUNT });

it('opt-outs are read', async () => {
	const raw = { PhoneNumber: 17575550142, EntryDate: DATE };
	const { api, requests } = apiWith([raw, {}]);
	expect(await getOptOuts(api)).toEqual([
		{ json: { provider: 'cdyne', phoneNumber: '+17575550142', optedOutAt: TIME }, raw },
		{ json: { provider: 'cdyne', phoneNumber: null, optedOutAt: null }, raw: {} },
	]);
	expect(requests).toEqual([LIST]);
});

it('opt-outs are an empty list after a check of the license key', async () => {
	const { api, requests } = apiWith([], { MessageStatus: 404 });
	expect(await getOptOuts(api)).toEqual([]);
	expect(requests).toEqual([LIST, CHECK_OF_KEY]);
	const rejected = apiWith([], { MessageStatus: 401 });
	expect(await thrownBy(async () => await getOptOuts(rejected.api))).toMatchObject({
		kind: 'credential',
	});
});
