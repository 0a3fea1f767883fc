import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	connect,
	connectGateway,
	connectStatusService,
	gatewayOf,
	requireGateway,
	requireStatusService,
	statusServiceOf,
} from '../../../nodes/Namirial/api/connection';
import { refusal } from '../../shared/canned';
import { FIRST, HTTP, OLDER } from '../../shared/credentials';

/** The credentials of Namirial's two services, read and turned into addresses and headers. */

const SENDING = {
	baseUrl: 'https://gateway.example',
	username: ' ann ',
	password: ' secret-1 ',
	postbackToken: `${FIRST},${OLDER}`,
};
const LOOKING = { baseUrl: 'https://status.example/api', apiKey: ' key-12345 ' };
const BASIC = 'YW5uOnNlY3JldC0x';

const NO_CREDENTIAL = (name: string, purpose: string) => ({
	kind: 'credential',
	message: `${purpose} needs the credential "${name}", and this node has none`,
	description: `Open the node and choose or create a credential under ${name}. Namirial has one for sending and another for looking up.`,
	nothingAccepted: true,
});

describe('the credential for sending', () => {
	it('is read without the blanks around its values', () => {
		const api = connectGateway(HTTP, SENDING);
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

	it('makes an address and headers', () => {
		const expected = {
			root: 'https://gateway.example/api',
			headers: { Accept: 'application/json', Authorization: `Basic ${BASIC}` },
		};
		expect(gatewayOf(connectGateway(HTTP, SENDING))).toEqual(expected);
	});

	it.each(['secret-1', BASIC, FIRST, OLDER])('has the secret %s masked', (secret) => {
		const { redact, http } = connectGateway(HTTP, SENDING);
		expect(redact(`It is ${secret}.`)).toBe('It is ***.');
		expect(http.redact(`It is ${secret}.`)).toBe('It is ***.');
	});

	it('with a colon in its username cannot be sent', async () => {
		const api = connectGateway(HTTP, { ...SENDING, username: 'a:b' });
		expect(await refusal(() => gatewayOf(api))).toEqual({
			kind: 'rejected',
			message:
				'The username in the Namirial SMS Gateway API credential has a colon in it, which cannot be sent',
			description: 'Check that Username holds the username alone.',
			nothingAccepted: true,
		});
		expect(() => requireGateway(api)).toThrow('has a colon in it');
	});

	it('is asked for where the node has the other one alone', async () => {
		const api = connectStatusService(HTTP, LOOKING);
		const expected = NO_CREDENTIAL('Namirial SMS Gateway API', 'This operation');
		expect(await refusal(() => gatewayOf(api))).toEqual(expected);
		expect(await refusal(() => requireGateway(api))).toEqual(expected);
	});
});

describe('the credential for looking up', () => {
	it('is read without the blanks around its values', () => {
		const api = connectStatusService(HTTP, LOOKING);
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

	it('makes an address and headers', () => {
		expect(statusServiceOf(connectStatusService(HTTP, LOOKING))).toEqual({
			root: 'https://status.example/api',
			headers: { Accept: 'application/json', 'X-Api-Key': 'key-12345' },
		});
	});

	it('has its key masked', () => {
		expect(connectStatusService(HTTP, LOOKING).redact('It is key-12345.')).toBe('It is ***.');
	});

	it('is asked for where the node has the other one alone', async () => {
		const api = connectGateway(HTTP, SENDING);
		const expected = NO_CREDENTIAL('Namirial SMS Status API', 'Looking messages up');
		expect(await refusal(() => statusServiceOf(api))).toEqual(expected);
		expect(await refusal(() => requireStatusService(api))).toEqual(expected);
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
		expect(gatewayOf(connectGateway(HTTP, { ...SENDING, baseUrl })).root).toBe(root);
		expect(statusServiceOf(connectStatusService(HTTP, { ...LOOKING, baseUrl })).root).toBe(root);
	});

	it.each([
		'',
		'a.example',
		'ftp://a.example',
		'xhttps://a.example',
		'https:///api',
		'https://a b',
	])('"%s" is no web address', async (baseUrl) => {
		const gateway = connectGateway(HTTP, { ...SENDING, baseUrl });
		expect(await refusal(() => gatewayOf(gateway))).toEqual({
			kind: 'rejected',
			message: `The Base URL "${baseUrl}" of the Namirial SMS Gateway API credential is not a web address`,
			description: 'It should be like https://sms.namirialtsp.com.',
			nothingAccepted: true,
		});
		const service = connectStatusService(HTTP, { ...LOOKING, baseUrl });
		expect(await refusal(() => statusServiceOf(service))).toEqual({
			kind: 'rejected',
			message: `The Base URL "${baseUrl}" of the Namirial SMS Status API credential is not a web address`,
			description: 'It should be like https://sms-apistatus.namirialtsp.com/api.',
			nothingAccepted: true,
		});
	});
});

describe('a node', () => {
	const STORED: Record<string, IDataObject> = {
		namirialSmsGatewayApi: SENDING,
		namirialSmsStatusApi: LOOKING,
	};

	it.each<[string, string[] | undefined, boolean, boolean]>([
		['both', ['namirialSmsGatewayApi', 'namirialSmsStatusApi'], true, true],
		['that for sending', ['namirialSmsGatewayApi'], true, false],
		['that for looking up', ['namirialSmsStatusApi'], false, true],
		['an empty list', [], false, false],
		['none', undefined, false, false],
	])('with %s of the credentials reads just these', async (_what, types, sends, looks) => {
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
		expect(api.gateway?.username).toBe(sends ? 'ann' : undefined);
		expect(api.statusService?.apiKey).toBe(looks ? 'key-12345' : undefined);
	});
});
