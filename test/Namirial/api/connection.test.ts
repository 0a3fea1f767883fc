import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	connect,
	connectGateway,
	connectStatusService,
	gatewayOf,
	requireStatusService,
	statusServiceOf,
} from '../../../nodes/Namirial/api/connection';
import { thrownBy } from '../../engine/harness/canned';
import { FIRST, HTTP, OLDER } from '../../engine/harness/credentials';

/** The URLs and headers for the credentials of Namirial's two services. */

const GATEWAY_VALUES = {
	baseUrl: 'https://gateway.example',
	username: ' ann ',
	password: ' secret-1 ',
	postbackToken: `${FIRST},${OLDER}`,
};
const STATUS_VALUES = { baseUrl: 'https://status.example/api', apiKey: ' key-12345 ' };
const BASIC = 'YW5uOnNlY3JldC0x';

const missingCredential = (name: string, purpose: string) => ({
	kind: 'credential',
	message: `${purpose} needs the credential "${name}", which this node does not have`,
	description: `Open the node and choose or create a credential under ${name}. Namirial has one for sending and another for look-ups.`,
	nothingAccepted: true,
});

describe('the credential for sending', () => {
	it('is read without the spaces around its values', () => {
		const api = connectGateway(HTTP, GATEWAY_VALUES);
		expect(api.gateway).toEqual({
			baseUrl: 'https://gateway.example',
			username: 'ann',
			password: 'secret-1',
		});
		expect(api.statusService).toBeUndefined();
		expect(api.postbackToken).toBe(FIRST);
		expect(api.sameTexts.size).toBe(0);
	});

	it('may be empty', () => {
		const api = connectGateway(HTTP, {});
		expect(api.gateway).toEqual({ baseUrl: '', username: '', password: '' });
		expect(api.postbackToken).toBeUndefined();
	});

	it('is used in the URL and headers', () => {
		const expected = {
			root: 'https://gateway.example/api',
			headers: { Accept: 'application/json', Authorization: `Basic ${BASIC}` },
		};
		expect(gatewayOf(connectGateway(HTTP, GATEWAY_VALUES))).toEqual(expected);
	});

	it.each(['secret-1', BASIC, FIRST, OLDER])('has its secret %s masked', (secret) => {
		const { redact, http } = connectGateway(HTTP, GATEWAY_VALUES);
		expect(redact(`It is ${secret}.`)).toBe('It is ***.');
		expect(http.redact(`It is ${secret}.`)).toBe('It is ***.');
	});

	it('with a colon in its username is rejected', async () => {
		const api = connectGateway(HTTP, { ...GATEWAY_VALUES, username: 'a:b' });
		expect(await thrownBy(() => gatewayOf(api))).toEqual({
			kind: 'rejected',
			message:
				'Username in the Namirial SMS Gateway API credential contains a colon, which cannot be sent',
			description: 'Check that Username contains only the username.',
			nothingAccepted: true,
		});
		expect(() => gatewayOf(api)).toThrow('contains a colon');
	});

	it('is required if the node has only the other one', async () => {
		const api = connectStatusService(HTTP, STATUS_VALUES);
		const expected = missingCredential('Namirial SMS Gateway API', 'This operation');
		expect(await thrownBy(() => gatewayOf(api))).toEqual(expected);
	});
});

describe('the credential for look-ups', () => {
	it('is read without the spaces around its values', () => {
		const api = connectStatusService(HTTP, STATUS_VALUES);
		expect(api.statusService).toEqual({
			baseUrl: 'https://status.example/api',
			apiKey: 'key-12345',
		});
		expect(requireStatusService(api)).toBe(api.statusService);
		expect(api.gateway).toBeUndefined();
	});

	it('may be empty', () => {
		expect(connectStatusService(HTTP, {}).statusService).toEqual({ baseUrl: '', apiKey: '' });
	});

	it('is used in the URL and headers', () => {
		expect(statusServiceOf(connectStatusService(HTTP, STATUS_VALUES))).toEqual({
			root: 'https://status.example/api',
			headers: { Accept: 'application/json', 'X-Api-Key': 'key-12345' },
		});
	});

	it('has its key masked', () => {
		expect(connectStatusService(HTTP, STATUS_VALUES).redact('It is key-12345.')).toBe('It is ***.');
	});

	it('is required if the node has only the other one', async () => {
		const api = connectGateway(HTTP, GATEWAY_VALUES);
		const expected = missingCredential('Namirial SMS Status API', 'Looking up messages');
		expect(await thrownBy(() => statusServiceOf(api))).toEqual(expected);
		expect(await thrownBy(() => requireStatusService(api))).toEqual(expected);
	});
});

describe('a Base URL', () => {
	it.each([
		['https://a.example', 'https://a.example/api'],
		['http://a.example', 'http://a.example/api'],
		['https://a.example//', 'https://a.example/api'],
		['https://a.example/api', 'https://a.example/api'],
		['https://a.example/API//', 'https://a.example/api'],
		['https://a.example//api', 'https://a.example/api'],
		['"https://a.example/api"', 'https://a.example/api'],
		['https://a.example/api/v2', 'https://a.example/api/v2/api'],
		['https://a.example/myapi', 'https://a.example/myapi/api'],
	])('%s leads to %s', (baseUrl, root) => {
		expect(gatewayOf(connectGateway(HTTP, { ...GATEWAY_VALUES, baseUrl })).root).toBe(root);
		expect(statusServiceOf(connectStatusService(HTTP, { ...STATUS_VALUES, baseUrl })).root).toBe(
			root,
		);
	});

	it.each([
		'',
		'a.example',
		'ftp://a.example',
		'xhttps://a.example',
		'https:///api',
		'https://a b',
	])('"%s" is not a web address', async (baseUrl) => {
		const gateway = connectGateway(HTTP, { ...GATEWAY_VALUES, baseUrl });
		expect(await thrownBy(() => gatewayOf(gateway))).toEqual({
			kind: 'rejected',
			message: `The Base URL "${baseUrl}" of the Namirial SMS Gateway API credential is not a web address`,
			description: 'It should look like https://sms.namirialtsp.com.',
			nothingAccepted: true,
		});
		const service = connectStatusService(HTTP, { ...STATUS_VALUES, baseUrl });
		expect(await thrownBy(() => statusServiceOf(service))).toEqual({
			kind: 'rejected',
			message: `The Base URL "${baseUrl}" of the Namirial SMS Status API credential is not a web address`,
			description: 'It should look like https://sms-apistatus.namirialtsp.com/api.',
			nothingAccepted: true,
		});
	});
});

describe('a node', () => {
	const STORED: Record<string, IDataObject> = {
		namirialSmsGatewayApi: GATEWAY_VALUES,
		namirialSmsStatusApi: STATUS_VALUES,
	};

	it.each<[string, string[] | undefined, boolean, boolean]>([
		['both', ['namirialSmsGatewayApi', 'namirialSmsStatusApi'], true, true],
		['the one for sending', ['namirialSmsGatewayApi'], true, false],
		['the one for look-ups', ['namirialSmsStatusApi'], false, true],
		['an empty list', [], false, false],
		['none', undefined, false, false],
	])('with %s as its credentials reads only these', async (_what, types, hasGateway, hasStatus) => {
		const read: string[] = [];
		const credentials = types && Object.fromEntries(types.map((type) => [type, { id: '1' }]));
		const context = {
			helpers: {},
			getNode: () => ({ credentials }),
			getCredentials: async (type: string) => {
				read.push(type);
				return STORED[type];
			},
		} as unknown as IExecuteFunctions;
		const api = await connect(context);
		expect(read).toEqual(types ?? []);
		expect(api.gateway?.username).toBe(hasGateway ? 'ann' : undefined);
		expect(api.statusService?.apiKey).toBe(hasStatus ? 'key-12345' : undefined);
	});
});
