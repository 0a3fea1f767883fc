import { sleep } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { Cdyne } from '../../nodes/Cdyne/Cdyne.node';
import { CdyneTrigger } from '../../nodes/Cdyne/CdyneTrigger.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { GOOD_STANDING, LONG_CODE } from '../../sandbox/cdyne/settings';
import type { FaultOrder } from '../../sandbox/faults';
import { runNode } from './engine';
import { TriggerHost } from './trigger';

const HANDSET = '17575550142';
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

interface More {
	id?: string;
	token?: string;
	/** Register Automatically and what goes with it; undefined leaves it off. */
	register?: INodeParameters;
}

const credentialsWith = (token: string) => ({
	cdyneApi: {
		baseUrl: `${sandbox.url}/cdyne/Messaging.svc`,
		licenseKey: GOOD_STANDING,
		postbackToken: token,
	},
});

async function host(parameters: INodeParameters = {}, more: More = {}): Promise<TriggerHost> {
	const { id = 'hook-1', token = TOKEN, register } = more;
	const additionalFields = register ? { registerAutomatically: true, ...register } : {};
	const all = { events: ['message.received'], additionalFields, ...parameters };
	const made = await new TriggerHost(node, credentialsWith(token), all, id).listen();
	hosts.push(made);
	return made;
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

/** Where CDYNE posts to, by type, without asking through the node; only what is switched on. */
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

async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; tries < 400 && !condition(); tries++) await sleep(5);
}

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
	it('activating asks nothing of CDYNE', async () => {
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
	])('for %s registers the types that bring it, and no others', async (event, types) => {
		const trigger = await host({ events: [event] }, { register: {} });
		await trigger.activate();
		expect(await registered()).toEqual(
			Object.fromEntries(types.map((type) => [type, address(trigger)])),
		);
	});

	it('registers a plain address where no token is set', async () => {
		const trigger = await host({}, { register: {}, token: '' });
		await trigger.activate();
		expect(await registered()).toEqual({ IncomingMessage: trigger.address() });
	});

	it('leaves no token and no license key in the static data', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		const kept = JSON.stringify(trigger.staticData);
		expect(kept).not.toMatch(new RegExp(`${TOKEN}|${GOOD_STANDING}`));
	});

	it('for one number registers there, and not for the whole license key', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: '+1 757 555 0100', country: 'US' };
		const trigger = await host({}, { register });
		await trigger.activate();
		expect(await registered('ofNumber')).toEqual({ IncomingMessage: address(trigger) });
		expect(await registered()).toEqual({});
	});

	it('again changes nothing when all is as it should be', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.activate();
		expect(sandbox.requests.count('cdyne', 'SetPostbackUrlForLicenseKey')).toBe(1);
	});

	it('again after somebody switched it off registers again', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await setForeign('IncomingMessage', address(trigger), false);
		await trigger.activate();
		expect(await registered()).toEqual({ IncomingMessage: address(trigger) });
	});

	it('for a number of somebody else fails in CDYNE’s words', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: '17575559999', country: 'US' };
		const trigger = await host({}, { register });
		await expect(trigger.activate()).rejects.toThrow(
			'What is named here was not found at this license key (CDYNE: NotFound)',
		);
	});

	it('without a number says so', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: '' };
		const trigger = await host({}, { register });
		await expect(trigger.activate()).rejects.toThrow('The phone number is empty');
	});
});

describe('An address of somebody else', () => {
	it('stops the activation', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: {} });
		await expect(trigger.activate()).rejects.toThrow(
			'CDYNE already posts IncomingMessage to another address',
		);
	});

	it('is left alone, and so is everything else', async () => {
		await setForeign('OutgoingMessage');
		const trigger = await host({ events: ['message.status'] }, { register: {} });
		await trigger.activate().catch(() => undefined);
		expect(await registered()).toEqual({ OutgoingMessage: FOREIGN });
	});

	it('of a type that is not wanted does not matter', async () => {
		await setForeign('OutgoingMessage');
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		expect(await registered()).toEqual({
			IncomingMessage: address(trigger),
			OutgoingMessage: FOREIGN,
		});
	});

	it('gives way where the user wants that', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: { replaceExisting: true } });
		await trigger.activate();
		expect(await registered()).toEqual({ IncomingMessage: address(trigger) });
	});

	it('that gave way is back after deactivating', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: { replaceExisting: true } });
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});

	it('that was switched off is back, and still off, after deactivating', async () => {
		await setForeign('IncomingMessage', FOREIGN, false);
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.deactivate();
		expect(await cdyne('GetPostbackSettingsForLicenseKey')).toMatchObject([
			{ PostbackUrl: FOREIGN, PostbackEnabled: false },
		]);
	});

	it('that came while the workflow was active is left alone by deactivating', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await setForeign('IncomingMessage');
		await trigger.deactivate();
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});

	it('is kept apart for each of two workflows', async () => {
		const one = await host({}, { id: 'one', register: {} });
		const two = await host({ events: ['message.status'] }, { id: 'two', register: {} });
		await one.activate();
		await two.activate();
		await one.deactivate();
		expect(await registered()).toEqual({
			DeliveryReceipt: address(two),
			OutgoingMessage: address(two),
		});
	});
});

describe('Deactivating', () => {
	it('where nothing stood before leaves nothing switched on', async () => {
		const trigger = await host({ events: EVERYTHING }, { register: {} });
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('for one number leaves nothing switched on there', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: LONG_CODE, country: 'US' };
		const trigger = await host({}, { register });
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered('ofNumber')).toEqual({});
	});

	it('after Register Automatically was turned off leaves nothing switched on', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		trigger.parameters = { ...trigger.parameters, additionalFields: {} };
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('after the number was changed leaves nothing switched on at the old one', async () => {
		const register = { scope: 'phoneNumber', phoneNumber: LONG_CODE, country: 'US' };
		const trigger = await host({}, { register });
		await trigger.activate();
		const additionalFields = { registerAutomatically: true, scope: 'licenseKey' };
		trigger.parameters = { ...trigger.parameters, additionalFields };
		await trigger.deactivate();
		expect(await registered('ofNumber')).toEqual({});
	});

	it('after another activation puts back what stood there before the first', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: { replaceExisting: true } });
		await trigger.activate();
		trigger.parameters = { ...trigger.parameters, events: ['message.received', 'message.status'] };
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});

	it('after static data was lost, and another activation, leaves nothing switched on', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		trigger.staticData = {};
		await trigger.activate();
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});
});

describe('When CDYNE fails halfway', () => {
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

	it('what fails to activate is not taken for active later', async () => {
		fault({ ...order, operation: 'SetPostbackUrlForLicenseKey', kind: 'status' });
		const trigger = await host({ events: ['message.status'] }, { register: {} });
		await trigger.activate().catch(() => undefined);
		sandbox.faults.clear();
		await trigger.activate();
		expect(Object.keys(await registered())).toEqual(['OutgoingMessage', 'DeliveryReceipt']);
	});

	it('no secret is in the error', async () => {
		fault({ ...order, operation: 'SetPostbackUrlForLicenseKey', kind: 'status' });
		const trigger = await host({ events: EVERYTHING }, { register: {} });
		const error: unknown = await trigger.activate().catch((thrown: unknown) => thrown);
		expect(JSON.stringify(error)).not.toMatch(new RegExp(`${TOKEN}|${GOOD_STANDING}`));
	});
});

describe('A test run', () => {
	it('registers its own address and takes it away again', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate(true);
		const during = await registered();
		await trigger.deactivate(true);
		expect([during, await registered()]).toEqual([{ IncomingMessage: address(trigger, true) }, {}]);
	});

	it('gives the address back to the active workflow', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.activate(true);
		await trigger.deactivate(true);
		expect(await registered()).toEqual({ IncomingMessage: address(trigger) });
	});

	it('beside an active workflow leaves nothing switched on once both have ended', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		await trigger.activate(true);
		await trigger.deactivate(true);
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('that is overtaken by publishing leaves nothing switched on once both have ended', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate(true);
		await trigger.activate();
		await trigger.deactivate(true);
		await trigger.deactivate();
		expect(await registered()).toEqual({});
	});

	it('does not take the place of somebody else', async () => {
		await setForeign('IncomingMessage');
		const trigger = await host({}, { register: {} });
		await expect(trigger.activate(true)).rejects.toThrow('to another address');
		expect(await registered()).toEqual({ IncomingMessage: FOREIGN });
	});
});

describe('Status Updates set to the trigger in the workflow', () => {
	const updates = { statusUpdates: 'trigger', message: 'Hi' };

	it('reach the trigger by the address it left in the static data', async () => {
		const trigger = await host({ events: ['message.status'] });
		await trigger.activate();
		const { json } = await send(updates, trigger.staticData);
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions[0]).toMatchObject([
			{ event: 'message.status', messageId: json[0].messageId, status: 'sent' },
		]);
	});

	it('carry the token although the static data has none', async () => {
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
		expect(error?.message).toContain('it has none that is active');
	});

	it('are an error where the trigger only had a test run', async () => {
		const trigger = await host();
		await trigger.activate(true);
		const { error } = await send(updates, trigger.staticData);
		expect(error?.message).toContain('it has none that is active');
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

	it('of an answer names the message that is answered', async () => {
		const trigger = await host({}, { register: {} });
		await trigger.activate();
		const { json } = await send({ message: 'Coming?' });
		await sleep(60);
		await sandbox.simulators.get('cdyne')?.reply?.({ from: HANDSET, text: 'Yes' });
		await until(() => trigger.executions.length > 0);
		expect(trigger.executions).toMatchObject([[{ text: 'Yes', inReplyTo: json[0].messageId }]]);
	});

	it.each([
		['no', ''],
		['an empty', '?token='],
		['a wrong', '?token=guessed'],
		['a doubled', `?token=${TOKEN}x`],
	])('with %s token is refused and starts nothing', async (_name, query) => {
		const trigger = await host({ events: EVERYTHING });
		const status = await post(`${trigger.address()}${query}`);
		expect([status, trigger.executions]).toEqual([401, []]);
	});

	it('needs no token where none is set', async () => {
		const trigger = await host({}, { token: '' });
		const status = await post(trigger.address());
		expect([status, trigger.executions.length]).toEqual([200, 1]);
	});

	it('that was not asked for is answered 200 and starts nothing', async () => {
		const trigger = await host({ events: ['message.status'] });
		const status = await post(address(trigger));
		expect([status, trigger.executions]).toEqual([200, []]);
	});

	it.each(['', 'no form', '{"SMSResponse":1}', '\u0000', '<xml/>', '&=&=&'])(
		'with the body %j is answered 200 and kept for those who want the unknown',
		async (body) => {
			const trigger = await host({ events: ['unknown'] });
			expect(await post(address(trigger), body)).toBe(200);
			expect(trigger.executions).toMatchObject([[{ event: 'unknown', raw: body }]]);
		},
	);

	it('that comes twice has the same event id', async () => {
		const trigger = await host();
		await post(address(trigger));
		await post(address(trigger));
		const [[one], [two]] = trigger.executions;
		expect(one.eventId).toBe(two.eventId);
	});

	it('is kept with fields that nobody knows', async () => {
		const trigger = await host();
		await post(address(trigger), `${REPLY}&Sentiment=glad`);
		expect(trigger.executions).toMatchObject([[{ text: 'Hi', raw: { Sentiment: 'glad' } }]]);
	});
});

describe('The answer to a postback', () => {
	const outOfOrder = async () => await Promise.reject(new Error('the database is out of order'));

	it.each([
		['not given', {}, 500],
		['When Stored', { answer: 'whenStored' }, 500],
		['At Once', { answer: 'atOnce' }, 200],
	])(
		'with Answer %s to an event that n8n cannot store',
		async (_name, additionalFields, status) => {
			const trigger = await host({ additionalFields });
			trigger.store = outOfOrder;
			expect(await post(address(trigger))).toBe(status);
		},
	);

	it.each(['whenStored', 'atOnce'])('%s is 200 once it is stored', async (answer) => {
		const trigger = await host({ additionalFields: { answer } });
		const status = await post(address(trigger));
		expect([status, trigger.executions.length]).toEqual([200, 1]);
	});

	it('of an event that nobody wants does not depend on the database', async () => {
		const trigger = await host({ events: ['message.status'] });
		trigger.store = outOfOrder;
		expect(await post(address(trigger))).toBe(200);
	});
});

describe('two triggers that replace one another', () => {
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

	it('A on, B on, A off, B off: the customer has the address back', async () => {
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

	it('static data holds no secret of the customer', async () => {
		const { a, b } = await both();
		expect(JSON.stringify([a.staticData, b.staticData])).not.toContain('of-the-customer');
		await b.deactivate();
		await a.deactivate();
	});

	it('the error of one that may not replace says where CDYNE posts to, and what to do', async () => {
		const a = await host({}, { id: 'hook-a', register: replacing });
		const b = await host({}, { id: 'hook-b', register: {} });
		await a.activate();
		await expect(b.activate()).rejects.toThrow(
			/already posts IncomingMessage to another address, http.*hook-a.*Turn on Replace Existing URL/,
		);
		await expect(b.activate()).rejects.not.toThrow(TOKEN);
		await a.deactivate();
	});
});
