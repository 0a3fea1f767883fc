import {
	getPostbackSettings,
	setPostbackEnabled,
	setPostbackUrl,
} from '../../../nodes/Cdyne/api/postbackSettings';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, got } from '../cdyne';

/** Postback settings of the license key or of one number. */

const NUMBER = { phoneNumber: '+17575550100', country: 'US' };
const SCOPES: Array<[string, object, object]> = [
	['ForLicenseKey', {}, {}],
	['ForPhoneNumber', NUMBER, { PhoneNumber: '17575550100', Country: 'US' }],
];

describe.each(SCOPES)('settings %s', (suffix, scope, query) => {
	const common = { LicenseKey: ACCOUNT, ...query };

	it('are read', async () => {
		const raw = {
			ReturnCode: 0,
			PostbackType: 2,
			PostbackUrl: 'https://p',
			PostbackEnabled: true,
			PhoneNumber: '17575550100',
			Country: 'US',
		};
		const bare = { ReturnCode: 'NoError', PostbackType: 'New' };
		const { api, requests } = apiWith([raw, { ReturnCode: 5 }, bare]);
		expect(await getPostbackSettings(api, scope)).toEqual([
			{
				postbackType: { number: 2, name: 'IncomingMessage' },
				url: 'https://p',
				enabled: true,
				...NUMBER,
				raw,
			},
			{
				postbackType: { number: null, name: 'New' },
				url: null,
				enabled: false,
				phoneNumber: null,
				country: null,
				raw: bare,
			},
		]);
		expect(requests).toEqual([got(`GetPostbackSettings${suffix}`, common)]);
	});

	it('are given a URL', async () => {
		const { api, requests } = apiWith({ ReturnCode: 0 });
		await setPostbackUrl(api, scope, 'IncomingMessage', 'https://p');
		const parameters = { ...common, PostBackType: 'IncomingMessage', Url: 'https://p' };
		expect(requests).toEqual([got(`SetPostbackUrl${suffix}`, parameters)]);
	});

	it.each([true, false])('are enabled: %s', async (enabled) => {
		const { api, requests } = apiWith('NoError');
		await setPostbackEnabled(api, scope, 'All', enabled);
		const parameters = { ...common, PostbackType: 'All', Enabled: String(enabled) };
		expect(requests).toEqual([got(`SetPostbackEnabled${suffix}`, parameters)]);
	});

	it.each<[unknown, string, string]>([
		[1, 'credential', '1'],
		[2, 'rejected', '2'],
		['New', 'rejected', 'New'],
	])('are rejected with the code %j', async (ReturnCode, kind, code) => {
		const facts = expect.objectContaining({ kind, code, nothingAccepted: true });
		const entry = { ReturnCode };
		expect(
			await thrownBy(async () => await getPostbackSettings(apiWith(entry).api, scope)),
		).toEqual(facts);
		for (const response of [ReturnCode, entry]) {
			const { api } = apiWith(response);
			expect(await thrownBy(async () => await setPostbackUrl(api, scope, 'All', 'x'))).toEqual(
				facts,
			);
			expect(await thrownBy(async () => await setPostbackEnabled(api, scope, 'All', true))).toEqual(
				facts,
			);
		}
	});
});

it('changing settings that do not exist is rejected', async () => {
	const { api } = apiWith({ ReturnCode: 5 });
	expect(await thrownBy(async () => await setPostbackUrl(api, {}, 'All', 'x'))).toMatchObject({
		kind: 'rejected',
		code: '5',
	});
});
