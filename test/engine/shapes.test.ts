import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { readEvents } from '../../nodes/shared/event';
import { startSandbox, type Sandbox } from '../../sandbox';
import { givenBy, PROVIDERS, runProvider, type ProviderName } from './operations';
import { misfits, missing } from './shape';

/** What waits and triggers give, against their output schemas. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());

const wait = { resource: 'message', operation: 'sendAndWaitForDelivery', message: 'Hi' };

const WAITS: Array<[string, ProviderName, INodeParameters]> = [
	['CDYNE, delivery', 'cdyne', { ...wait, to: '+17575550142' }],
	['CDYNE, reply', 'cdyne', { ...wait, operation: 'sendAndWait', to: '+17575550142' }],
	['Namirial, delivery', 'namirial', { ...wait, to: '+393335550142' }],
	['Wooxy, delivery', 'wooxy', { ...wait, domain: 'shop.example', to: '+37255550142' }],
];

describe('what leaves at the end of a wait', () => {
	it.each(WAITS)('%s', async (_title, provider, parameters) => {
		// so that nothing is parked: the limit passes while the message is sent
		sandbox.faults.add({ provider, kind: 'delay', ms: 1_000 });
		const maxDateAndTime = new Date(Date.now() + 500).toISOString();
		const limit = { limitType: 'atSpecifiedTime', maxDateAndTime };
		const result = await runProvider(provider, sandbox, { ...parameters, ...limit });
		const items = result.outputs.flat().map(({ json }) => json);
		expect(result.error).toBeUndefined();
		expect(items).toMatchObject([{ outcome: expect.any(String) }]);
		const gives = givenBy(provider, parameters);
		expect(misfits(gives, items)).toEqual([]);
		expect(missing(gives, items)).toEqual([]);
	});
});

/** Bodies that the sandbox posts, by the names of their kinds. */
const FIRED: Array<[ProviderName, string, IDataObject?]> = [
	['cdyne', 'SMSSent'],
	['cdyne', 'SMSResponse'],
	['cdyne', 'MMSResponse'],
	['cdyne', 'DeliveryReceipt'],
	['cdyne', 'DeliveryReceipt', { Code: '024', BackupMessageID: crypto.randomUUID() }],
	['cdyne', 'DeliveryReceipt', { Code: '777' }],
	['namirial', 'STATUS_UPDATE'],
	['namirial', 'UNDELIVERED'],
	['wooxy', 'sms_delivered'],
	['wooxy', 'sms-subscribed', { email: 'anna@example.com', userId: 'u-17' }],
	['skycore', 'SMS_MT:N202'],
	['skycore', 'MMS_MT:E102'],
	['skycore', 'N211'],
	['skycore', 'N301'],
	['skycore', 'N302'],
	['skycore', 'N003'],
	['skycore', 'N501'],
	['skycore', 'malformed:N201'],
];

const url = 'http://127.0.0.1:9/';
const fired = FIRED.map(([provider, kind, fields]) => {
	const body = () =>
		sandbox.simulators.get(provider)!.fire!({ kind, url, fields: fields as never }).body;
	return [`${provider} ${kind} ${Object.keys(fields ?? {})}`, provider, body] as const;
});
const unreadable = (Object.keys(PROVIDERS) as ProviderName[]).map((provider) => {
	return [`${provider} what cannot be read`, provider, () => '<'] as const;
});

/** Fields that only some events have. */
const SOMETIMES: Record<ProviderName, string[]> = {
	cdyne: ['errorMessage', 'continuesAs'],
	namirial: ['errorMessage'],
	wooxy: ['email', 'userId'],
	skycore: ['errorMessage', 'mmsId', 'campaignRef'],
};

describe('what triggers emit', () => {
	const seen = new Set<string>();

	it.each([...fired, ...unreadable])('%s', (_title, name, body) => {
		const { postbacks } = PROVIDERS[name].provider;
		const postback = { text: body(), contentType: '', headers: {} };
		const now = new Date().toISOString();
		const events = readEvents({ provider: name, read: postbacks.read }, postback, now);
		const items = events.map((event) => ({ ...event }) as unknown as IDataObject);
		expect(misfits(postbacks.gives, items)).toEqual([]);
		const absent = missing(postbacks.gives, items);
		expect(absent.filter((field) => !SOMETIMES[name].includes(field))).toEqual([]);
		items.flatMap(Object.keys).forEach((field) => seen.add(`${name} ${field}`));
	});

	it('no schema has a field that no event has', () => {
		const promised = Object.entries(PROVIDERS).flatMap(([name, { provider }]) =>
			Object.keys(provider.postbacks.gives).map((field) => `${name} ${field}`),
		);
		expect(promised.filter((one) => !seen.has(one))).toEqual([]);
	});
});
