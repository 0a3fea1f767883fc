import type { INodeParameters } from 'n8n-workflow';
import { Cdyne } from '../../../nodes/Cdyne/Cdyne.node';
import { CdyneTrigger } from '../../../nodes/Cdyne/CdyneTrigger.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { GOOD_STANDING, LONG_CODE } from '../../../sandbox/cdyne/settings';
import type { FaultOrder } from '../../../sandbox/faults';
import { runNode } from '../harness/engine';
import { TriggerHost } from '../harness/trigger';
import { until } from '../harness/until';

const HANDSET = '+17575550142';
const FOREIGN = 'http://127.0.0.1:9/somebody/else';
const TOKEN = 'a-secret-of-ours';
const EVERYTHING = [
	'message.received',
	'message.status',
	'contact.optedIn',
	'contact.optedOut',
	'unknown',
];
const node = new CdyneTrigger();

interface Setting {
	PostbackType: number;
	PostbackUrl: string | null;
	PostbackEnabled: boolean;
}

let sandbox: Sandbox;
let hosts: TriggerHost[] = [];
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(async () => {
	sandbox.reset();
	await Promise.all(hosts.map(async (host) => await host.close()));
	hosts = [];
});

interface HostOptions {
	id?: string;
	token?: string;
	/** The additional fields of Register Automatically, which is off if they are undefined. */
	register?: INodeParameters;
}

const credentialsWith = (token: string) => ({
	cdyneApi: {
		baseUrl: `${sandbox.url}/cdyne/Messaging.svc`,
		licenseKey: GOOD_STANDING,
		postbackToken: token,
	},
});

async function host(
	parameters: INodeParameters = {},
	options: HostOptions = {},
): Promise<TriggerHost> {
	const { id = 'hook-1', token = TOKEN, register } = options;
	const all = {
		events: ['message.received'],
		registerAutomatically: register !== undefined,
		additionalFields: register ?? {},
		...parameters,
	};
	const trigger = await new TriggerHost(node, credentialsWith(token), all, id).listen();
	hosts.push(trigger);
	return trigger;
}

const TYPES = ['All', 'DeliveryReceipt', 'IncomingMessage', 'OutgoingMessage'];
const address = (trigger: TriggerHost, isTest = false) =>
	`${trigger.address(isTest)}?token=${TOKEN}`;

async function cdyne(operation: string, query: Record<string, string> = {}) {
	const all = new URLSearchParams({ LicenseKey: GOOD_STANDING, ...query });
	const url = `${sandbox.url}/cdyne/Messaging.svc/${operation}?${all.toString()}`;
	return (await (
		await fetch(url, { headers: { Accept: 'application/json' } })
	).json()) as Setting[];
}

const OF_NUMBER = { PhoneNumber: LONG_CODE, Country: 'US' };

/** The enabled URLs that CDYNE posts to, by type, read without the node. */
async function registered(number?: 'ofNumber'): Promise<Record<string, string | null>> {
	sandbox.faults.clear();
	const settings = number
		? await cdyne('GetPostbackSettingsForPhoneNumber', OF_NUMBER)
		: await cdyne('GetPostbackSettingsForLicenseKey');
	return Object.fromEntries(
		settings
			.filter(({ PostbackEnabled }) => PostbackEnabled)
			.map(({ PostbackType, PostbackUrl }) => [TYPES[PostbackType], PostbackUrl]),
	);
}

async function setForeign(type: string, url = FOREIGN, enabled = true): Promise<void> {
	await cdyne('SetPostbackUrlForLicenseKey', { PostBackType: type, Url: url });
	const on = String(enabled);
	await cdyne('SetPostbackEnabledForLicenseKey', { PostbackType: type, Enabled: on });
	sandbox.requests.clear();
}

const fault = (order: Omit<FaultOrder, 'provider'>) =>
	sandbox.faults.add({ provider: 'cdyne', ...order });
const fire = (kind: string, url: string, fields: Record<string, string | null> = {}) =>
	sandbox.simulators.get('cdyne')?.fire?.({ kind, url, fields });

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const REPLY = 'SMSResponse=1&MessageID=m-1&FromPhoneNumber=1&ToPhoneNumber=2&Message=Hi';

async function post(url: string, body = REPLY): Promise<number> {
	return (await fetch(url, { method: 'POST', body, headers: FORM })).status;
}

async function send(parameters: INodeParameters, staticData = {}) {
	return await runNode({
		node: new Cdyne(),
		parameters: { resource: 'message', operation: 'send', to: HANDSET, ...parameters },
		credentials: credentialsWith(TOKEN),
		staticData,
	});
}

describe('Without Register Automatically', () => {
	it('activating makes no requests to CDYNE', async () => {
		const trigger = await host();
		await trigger.activate();
		await trigger.deactivate();
		expect(sandbox.requests.summary().total).toBe(0);
	});
});

describe('With Register Automatically, activating', () => {
	it.each([
		['message.received', ['IncomingMessage']],
		['message.status', ['DeliveryReceipt', 'OutgoingMessage']],
		['contact.optedOut', ['IncomingMessage']],
		['contact.optedIn', ['IncomingMessage']],
		['unknown', []],
	])('for %s registers only the types that bring it', async (event, types) => {
		const trigger = await host({ events: [event] }, { register: {} });
		await trigger.activate();
		expect(await registered()).toEqual(
			Object.fromEntries(types.map((type) => [type, address(trigger)])),
		);
	});

	it('registers a URL without a token if there is none', async () => {
		const trigger = await host({}, { register: {}, token: '' });
		await trigger.activate();
		expect(await registered()).toEqual({ IncomingMessage: trigger.address() });
	});

	it('stores no token and no license key in the static data', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		const kept = JSON.stringify(trigger.staticData);
		expect(kept).not.toMatch(new RegExp(`${TOKEN}|${GOOD_STANDING}`));
	});

	it('for one number does not register for the whole license key', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: '+1 757 555 0100', country: 'US' };
		const trigger = await host({}, { register });
		await trigger.activate();
		expect(await registered('ofNumber')).toEqual({ IncomingMessage: address(trigger) });
		expect(await registered()).toEqual({});
	});

	it('again changes nothing if it is registered already', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.activate();
		expect(sandbox.requests.count('cdyne', 'SetPostbackUrlForLicenseKey')).toBe(1);
	});

	it('again after the type was disabled at CDYNE registers again', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await setForeign('IncomingMessage', address(trigger), false);
		await trigger.activate();
		expect(await registered()).toEqual({ IncomingMessage: address(trigger) });
	});

	it('for a foreign number fails with CDYNE’s reason', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: '17575559999', country: 'US' };
		const trigger = await host({}, { register });
		await expect(trigger.activate()).rejects.toThrow(
			'Not found for this license key (CDYNE: NotFound)',
		);
	});

	it('without a number fails', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: '' };
		const trigger = await host({}, { register });
		await expect(trigger.activate()).rejects.toThrow('The Phone Number is empty');
	});
});

describe('A foreign URL', () => {
	it('stops the activation', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: {} });
		await expect(trigger.activate()).rejects.toThrow(
			'CDYNE already posts IncomingMessage to another URL',
		);
	});

	it('is not changed, and neither is anything else', async () => {
		await setForeign('OutgoingMessage');
		const trigger = await host({ events: ['message.status'] }, { register: {} });
		await trigger.activate().catch(() => undefined);
		expect(await registered()).toEqual({ OutgoingMessage: FOREIGN });
	});

	it('of a type that is not needed does not matter', async () => {
		await setForeign('OutgoingMessage');
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		expect(await registered()).toEqual({
			IncomingMessage: address(trigger),
			OutgoingMessage: FOREIGN,
		});
	});

	it('is replaced if the user allows it', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: { replaceExisting: true } });
		await trigger.activate();
		expect(await registered()).toEqual({ IncomingMessage: address(trigger) });
	});

	it('that was replaced is restored by deactivating', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: { replaceExisting: true } });
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});

	it('that was disabled is restored by deactivating, and still disabled', async () => {
		await setForeign('IncomingMessage', FOREIGN, false);
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.deactivate();
		expect(await cdyne('GetPostbackSettingsForLicenseKey')).toMatchObject([
			{ PostbackUrl: FOREIGN, PostbackEnabled: false },
		]);
	});

	it('that was set while the workflow was active is not changed by deactivating', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await setForeign('IncomingMessage');
		await trigger.deactivate();
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});

	it('of another type is not changed by a second workflow', async () => {
		const first = await host({}, { id: 'one', register: {} });
		const second = await host({ events: ['message.status'] }, { id: 'two', register: {} });
		await first.activate();
		await second.activate();
		await first.deactivate();
		expect(await registered()).toEqual({
			DeliveryReceipt: address(second),
			OutgoingMessage: address(second),
		});
	});
});

describe('Deactivating', () => {
	it('disables what was not set before', async () => {
		const trigger = await host({ events: EVERYTHING }, { register: {} });
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('for one number disables what was not set for it before', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: LONG_CODE, country: 'US' };
		const trigger = await host({}, { register });
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered('ofNumber')).toEqual({});
	});

	it('after Register Automatically was turned off disables everything too', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		trigger.parameters = { ...trigger.parameters, registerAutomatically: false };
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('after the number was changed disables everything for the old one', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: LONG_CODE, country: 'US' };
		const trigger = await host({}, { register });
		await trigger.activate();
		trigger.parameters = { ...trigger.parameters, additionalFields: { scope: 'licenseKey' } };
		await trigger.deactivate();
		expect(await registered('ofNumber')).toEqual({});
	});

	it('after another activation restores what was set before the first one', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: { replaceExisting: true } });
		await trigger.activate();
		trigger.parameters = { ...trigger.parameters, events: ['message.received', 'message.status'] };
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});

	it('after static data was lost, and another activation, disables everything', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		trigger.staticData = {};
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});
});

describe('When CDYNE fails during the activation', () => {
	const order: Omit<FaultOrder, 'kind'> = { contains: 'OutgoingMessage', times: 'always' };

	it.each([
		['SetPostbackUrlForLicenseKey', 'status'],
		['SetPostbackEnabledForLicenseKey', 'status'],
		['SetPostbackUrlForLicenseKey', 'html'],
		['GetPostbackSettingsForLicenseKey', 'empty'],
	] as const)('at %s (%s), activating fails', async (operation, kind) => {
		const contains = operation.startsWith('Get') ? '' : order.contains;
		fault({ ...order, contains, operation, kind });
		const trigger = await host({ events: EVERYTHING }, { register: {} });
		await expect(trigger.activate()).rejects.toThrow(/Expected .*, got HTTP/);
	});

	it.each(['SetPostbackUrlForLicenseKey', 'SetPostbackEnabledForLicenseKey'])(
		'at %s, nothing is changed',
		async (operation) => {
			await setForeign('IncomingMessage');
			fault({ ...order, operation, kind: 'status' });
			const register = { replaceExisting: true };
			const trigger = await host({ events: EVERYTHING }, { register });
			await trigger.activate().catch(() => undefined);
			expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
		},
	);

	it('a trigger that failed to activate registers when it is activated again', async () => {
		fault({ ...order, operation: 'SetPostbackUrlForLicenseKey', kind: 'status' });
		const trigger = await host({ events: ['message.status'] }, { register: {} });
		await trigger.activate().catch(() => undefined);
		sandbox.faults.clear();
		await trigger.activate();
		expect(Object.keys(await registered())).toEqual(['OutgoingMessage', 'DeliveryReceipt']);
	});

	it('the error contains no secret', async () => {
		fault({ ...order, operation: 'SetPostbackUrlForLicenseKey', kind: 'status' });
		const trigger = await host({ events: EVERYTHING }, { register: {} });
		const error: unknown = await trigger.activate().catch((thrown: unknown) => thrown);
		expect(JSON.stringify(error)).not.toMatch(new RegExp(`${TOKEN}|${GOOD_STANDING}`));
	});
});

describe('A test run', () => {
	it('registers its URL and removes it again', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate(true);
		const during = await registered();
		await trigger.deactivate(true);
		expect([during, await registered()]).toEqual([{ IncomingMessage: address(trigger, true) }, {}]);
	});

	it('restores the URL of the active workflow', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.activate(true);
		await trigger.deactivate(true);
		expect(await registered()).toEqual({ IncomingMessage: address(trigger) });
	});

	it('beside an active workflow leaves nothing enabled after both have ended', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.activate(true);
		await trigger.deactivate(true);
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('before publishing leaves nothing enabled after both have ended', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate(true);
		await trigger.activate();
		await trigger.deactivate(true);
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('does not replace a foreign URL', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: {} });
		await expect(trigger.activate(true)).rejects.toThrow('to another URL');
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});
});

describe('Status Updates set to the trigger in the workflow', () => {
	const updates = { statusUpdates: 'trigger', message: 'Hi' };

	it('reach the trigger by the URL that it stored in the static data', async () => {
		const trigger = await host({ events: ['message.status'] });
		await trigger.activate();
		const { json } = await send(updates, trigger.staticData);
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions[0]).toMatchObject([
			{ event: 'message.status', messageId: json[0].messageId, status: 'sent' },
		]);
	});

	it('contain the token although the static data does not', async () => {
		const trigger = await host({ events: ['message.status'] });
		await trigger.activate();
		await send(updates, trigger.staticData);
		await until(() => sandbox.postbacks.list().length > 0);
		expect(sandbox.postbacks.list()[0].url).toBe(address(trigger));
	});

	it('are an error after the trigger was deactivated', async () => {
		const trigger = await host();
		await trigger.activate();
		await trigger.deactivate();
		const { error } = await send(updates, trigger.staticData);
		expect(error?.message).toContain('it has no active trigger');
	});

	it('are an error if the trigger only had a test run', async () => {
		const trigger = await host();
		await trigger.activate(true);
		const { error } = await send(updates, trigger.staticData);
		expect(error?.message).toContain('it has no active trigger');
	});
});

describe('A postback', () => {
	it.each([
		['SMSSent', 'message.status', { status: 'sent', providerStatus: 'SMSSent=1' }],
		['MMSSent', 'message.status', { status: 'sent', providerStatus: 'MMSSent=1' }],
		['SMSResponse', 'message.received', { text: 'Yes please', from: HANDSET }],
		['MMSResponse', 'message.received', { text: 'Yes please', from: HANDSET }],
		['DeliveryReceipt', 'message.status', { status: 'delivered', isFinal: true }],
		['MMSDeliveryReceipt', 'message.status', { status: 'delivered', isFinal: true }],
	])('%s starts the workflow as %s', async (kind, event, fields) => {
		const trigger = await host({ events: [event] });
		fire(kind, address(trigger));
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions).toMatchObject([[{ provider: 'cdyne', event, ...fields }]]);
	});

	it.each([
		['STOP', 'contact.optedOut'],
		['RESUME', 'contact.optedIn'],
	])('of the text %s starts the workflow as %s', async (Message, event) => {
		const trigger = await host({ events: [event] });
		fire('SMSResponse', address(trigger), { Message });
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions).toMatchObject([[{ event, from: HANDSET }]]);
	});

	it.each<[string, object, string[]]>([
		[
			'one that ignores them',
			{ additionalFields: { ignoreSystemWords: true } },
			['contact.optedOut'],
		],
		[
			'one that does not',
			{ additionalFields: { ignoreSystemWords: false } },
			['message.received', 'contact.optedOut'],
		],
		[
			'one from which the field was removed',
			{ additionalFields: {} },
			['message.received', 'contact.optedOut'],
		],
	])('of a system word starts the workflow of %s as %j %j', async (_, parameters, expected) => {
		const events = ['message.received', 'contact.optedOut'];
		const trigger = await host({ events, ...parameters });
		fire('SMSResponse', address(trigger), { Message: 'STOP' });
		await until(() => trigger.executions.length > 0);
		const [emitted] = trigger.executions;
		expect(emitted.map(({ event, systemWord }) => [event, systemWord])).toEqual(
			expected.map((event) => [event, 'stop']),
		);
	});

	it('of a reply contains the ID of the message it replies to', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		const { json } = await send({ message: 'Coming?' });
		await until(() => sandbox.messages.list().some(({ status }) => status !== 'queued'));
		await sandbox.simulators.get('cdyne')?.reply?.({ from: HANDSET, text: 'Yes' });
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions).toMatchObject([[{ text: 'Yes', inReplyTo: json[0].messageId }]]);
	});

	it.each([
		['no', ''],
		['an empty', '?token='],
		['a wrong', '?token=guessed'],
		['a doubled', `?token=${TOKEN}x`],
	])('with %s token is rejected and starts nothing', async (_name, query) => {
		const trigger = await host({ events: EVERYTHING });
		const status = await post(`${trigger.address()}${query}`);
		expect([status, trigger.executions]).toEqual([401, []]);
	});

	it('needs no token if none is set', async () => {
		const trigger = await host({}, { token: '' });
		const status = await post(trigger.address());
		expect([status, trigger.executions.length]).toEqual([200, 1]);
	});

	it('that was not selected gets the response 200 and starts nothing', async () => {
		const trigger = await host({ events: ['message.status'] });
		const status = await post(address(trigger));
		expect([status, trigger.executions]).toEqual([200, []]);
	});

	it.each(['', 'no form', '{"SMSResponse":1}', '\u0000', '<xml/>', '&=&=&'])(
		'with the body %j gets the response 200 and is an unknown event',
		async (body) => {
			const trigger = await host({ events: ['unknown'] });
			expect(await post(address(trigger), body)).toBe(200);
			expect(trigger.executions).toMatchObject([[{ event: 'unknown', raw: body }]]);
		},
	);

	it('that is repeated has the same event ID', async () => {
		const trigger = await host();
		await post(address(trigger));
		await post(address(trigger));
		const [[first], [repeated]] = trigger.executions;
		expect(repeated.eventId).toBe(first.eventId);
	});

	it('with unknown fields has them in raw', async () => {
		const trigger = await host();
		await post(address(trigger), `${REPLY}&Sentiment=glad`);
		expect(trigger.executions).toMatchObject([[{ text: 'Hi', raw: { Sentiment: 'glad' } }]]);
	});
});

describe('The response to a postback', () => {
	const failToStore = async () => await Promise.reject(new Error('the database is unavailable'));

	it.each([
		['not set', {}, 500],
		['When Stored', { answer: 'whenStored' }, 500],
		['At Once', { answer: 'atOnce' }, 200],
	])(
		'with Respond %s to an event that n8n cannot store',
		async (_name, additionalFields, status) => {
			const trigger = await host({ additionalFields });
			trigger.store = failToStore;
			expect(await post(address(trigger))).toBe(status);
		},
	);

	it.each(['whenStored', 'atOnce'])('%s is 200 for a stored event', async (answer) => {
		const trigger = await host({ additionalFields: { answer } });
		const status = await post(address(trigger));
		expect([status, trigger.executions.length]).toEqual([200, 1]);
	});

	it('to an event that is not selected does not depend on the database', async () => {
		const trigger = await host({ events: ['message.status'] });
		trigger.store = failToStore;
		expect(await post(address(trigger))).toBe(200);
	});
});

describe('two triggers that replace each other', () => {
	const CUSTOMERS = 'https://customer.example/postbacks?key=of-the-customer';
	const replacing = { replaceExisting: true };

	async function both() {
		await cdyne('SetPostbackUrlForLicenseKey', { PostBackType: 'IncomingMessage', Url: CUSTOMERS });
		await cdyne('SetPostbackEnabledForLicenseKey', {
			PostbackType: 'IncomingMessage',
			Enabled: 'true',
		});
		const a = await host({}, { id: 'hook-a', register: replacing });
		const b = await host({}, { id: 'hook-b', register: replacing });
		await a.activate();
		await b.activate();
		expect((await registered()).IncomingMessage).toBe(address(b));
		return { a, b };
	}

	it('A on, B on, A off, B off: the URL of the customer is restored', async () => {
		const { a, b } = await both();
		await a.deactivate();
		expect((await registered()).IncomingMessage).toBe(address(b));
		await b.deactivate();
		expect((await registered()).IncomingMessage).toBe(CUSTOMERS);
	});

	it('A on, B on, B off, A off: A gets its postbacks in between', async () => {
		const { a, b } = await both();
		await b.deactivate();
		expect((await registered()).IncomingMessage).toBe(address(a));
		await a.deactivate();
		expect((await registered()).IncomingMessage).toBe(CUSTOMERS);
	});

	it('static data contains no secret of the customer', async () => {
		const { a, b } = await both();
		expect(JSON.stringify([a.staticData, b.staticData])).not.toContain('of-the-customer');
		await b.deactivate();
		await a.deactivate();
	});

	it('without Replace Existing URL the error says where CDYNE posts to, and what to do', async () => {
		const a = await host({}, { id: 'hook-a', register: replacing });
		const b = await host({}, { id: 'hook-b', register: {} });
		await a.activate();
		await expect(b.activate()).rejects.toThrow(
			/already posts IncomingMessage to another URL, http.*hook-a.* of the workflow ".+"\. Turn on Replace Existing URL/,
		);
		await expect(b.activate()).rejects.not.toThrow(TOKEN);
		await a.deactivate();
	});
});
