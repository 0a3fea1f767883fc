import { startSandbox, type Sandbox } from '../../sandbox';
import { credentialOf, sandboxCredentials } from '../../sandbox/n8n/credentials.mjs';
import { node, startN8n, type N8n, type Run } from './instance';

/** Valid and invalid postbacks to the triggers in a real n8n. */

interface Provider {
	name: string;
	trigger: string;
	credential: string;
	events: string[];
	parameters?: Record<string, unknown>;
	contentType: string;
	/** A readable postback, identified by its number, with an unknown field. */
	body(number: number): string;
	/** The fields of its event that identify it. */
	idOf(number: number): Record<string, unknown>;
	/** Every kind of postback of the sandbox, with the events that it becomes. */
	kinds: Array<[kind: string, events: string[], fields?: Record<string, string | null>]>;
}

const FORM = 'application/x-www-form-urlencoded';
const STATUS = ['message.status'];
const UNKNOWN = ['unknown'];

const PROVIDERS: Provider[] = [
	{
		name: 'CDYNE',
		trigger: 'cdyneTrigger',
		credential: 'cdyneApi',
		events: [
			'message.received',
			'message.status',
			'contact.optedIn',
			'contact.optedOut',
			'unknown',
		],
		// as in a workflow that was made before there was the field
		parameters: { additionalFields: {} },
		contentType: FORM,
		body: (number) =>
			`SMSResponse=1&MessageID=m-${number}&FromPhoneNumber=1&ToPhoneNumber=2&Message=Hi&New=1`,
		idOf: (number) => ({ event: 'message.received', messageId: `m-${number}` }),
		kinds: [
			['SMSSent', STATUS],
			['MMSSent', STATUS],
			['DeliveryReceipt', STATUS],
			['MMSDeliveryReceipt', STATUS],
			['SMSResponse', ['message.received']],
			['MMSResponse', ['message.received']],
			['SMSResponse', ['message.received', 'contact.optedOut'], { Message: 'STOP' }],
			['SMSResponse', ['message.received', 'contact.optedIn'], { Message: 'RESUME' }],
		],
	},
	{
		name: 'Namirial',
		trigger: 'namirialSmsTrigger',
		credential: 'namirialSmsGatewayApi',
		events: ['message.status', 'unknown'],
		contentType: 'application/json',
		body: (number) =>
			JSON.stringify({
				id: `n-${number}`,
				type: 'STATUS_UPDATE',
				createdAt: '2026-03-01T10:00:00Z',
				message: {
					id: `m-${number}`,
					status: 'DELIVERED',
					statusChangedAt: '2026-03-01T10:00:00Z',
				},
				news: 1,
			}),
		idOf: (number) => ({ event: 'message.status', messageId: `m-${number}` }),
		kinds: [
			['STATUS_UPDATE', STATUS],
			['SENT', STATUS],
			['DELIVERED', STATUS],
			['READ', STATUS],
			['UNDELIVERED', STATUS],
			['REJECTED', STATUS],
		],
	},
	{
		name: 'Wooxy',
		trigger: 'wooxyTrigger',
		credential: 'wooxyApi',
		events: ['message.status', 'link.clicked', 'contact.optedIn', 'contact.optedOut', 'unknown'],
		parameters: { domain: 'shop.example' },
		contentType: 'application/json',
		body: (number) => JSON.stringify({ event: 'sms_delivered', id: `m-${number}`, news: 1 }),
		idOf: (number) => ({ event: 'message.status', messageId: `m-${number}` }),
		kinds: [
			['sms_delivered', STATUS],
			['sms-clicked', ['link.clicked']],
			['sms-subscribed', ['contact.optedIn']],
			['sms-unsubscribed', ['contact.optedOut']],
			['read', UNKNOWN],
			['malformed', UNKNOWN],
		],
	},
	{
		name: 'Skycore',
		trigger: 'skycoreTrigger',
		credential: 'skycoreApi',
		events: [
			'message.received',
			'message.status',
			'contact.optedIn',
			'contact.optedOut',
			'media.ready',
			'media.failed',
			'unknown',
		],
		contentType: 'text/xml',
		body: (number) =>
			'<POSTBACK><ORIGIN>SMS_MT</ORIGIN><CODE>N202</CODE><FROM>60856</FROM><TO>17575550142</TO>' +
			`<TRACKINGID>m-${number}</TRACKINGID><STATUS>Message Delivered</STATUS><NEWS>1</NEWS></POSTBACK>`,
		idOf: (number) => ({ event: 'message.status', messageId: `m-${number}` }),
		kinds: [
			['SMS_MT:N201', STATUS],
			['SMS_MT:N202', STATUS],
			['SMS_MT:E201', STATUS],
			['SMS_MT:E202', STATUS],
			['MMS_MT:N101', STATUS],
			['MMS_MT:E102', STATUS],
			['SMS_MO:N211', ['message.received']],
			['MMS_MO:N401', ['message.received']],
			['SUB:N301', ['contact.optedIn']],
			['SUB:N302', ['contact.optedOut']],
			['MMS_MT:N003', ['media.ready']],
			['MMS_MT:E002', ['media.failed']],
			['MMS_MT:N501', UNKNOWN],
			['malformed:N201', UNKNOWN],
		],
	},
];

let sandbox: Sandbox;
let n8n: N8n;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
	n8n = await startN8n({ sandbox });
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

const MEGABYTE = 1024 * 1024;

describe.each(PROVIDERS.map((provider) => [provider.name, provider] as const))(
	'%s:',
	(_name, provider) => {
		const { trigger, credential, events, parameters, contentType, body, idOf } = provider;
		let live: Awaited<ReturnType<N8n['publish']>>;
		let address: string;
		let good: string;
		let last = 0;
		beforeAll(async () => {
			live = await n8n.publish([node('Postback', trigger, { events, ...parameters })]);
			address = live.address('Postback');
			good = `${address}?token=${credentialOf('', credential).postbackToken}`;
		});
		afterAll(async () => await live?.unpublish());

		async function post(url: string, content: string | Buffer, type = contentType) {
			const headers = { 'content-type': type };
			const response = await fetch(url, { method: 'POST', headers, body: content as string });
			return response.status;
		}
		const eventsOf = (run: Run) => run.json('Postback');

		/**
		 * Posts a valid postback and returns its events with the expected ones. The next execution must be
		 * of this postback, which shows that the ones before started nothing.
		 */
		async function postNext() {
			const number = ++last;
			expect(await post(good, body(number))).toBe(200);
			return [eventsOf(await live.next()), [expect.objectContaining(idOf(number))]];
		}

		it.each([
			['no', ''],
			['an empty', '?token='],
			['a wrong', '?token=guessed'],
		])('a postback with %s token is rejected and starts nothing', async (_title, query) => {
			const before = await live.count();
			const status = await post(`${address}${query}`, body(0));
			expect([status, await live.count()]).toEqual([401, before]);
		});

		it('a valid postback after rejected ones starts the workflow', async () => {
			const [actual, expected] = await postNext();
			expect(actual).toEqual(expected);
		});

		it.each([
			['an empty body', ''],
			['plain text', 'there is nothing to read here'],
			['half a JSON object', '{"event":'],
			['half an XML document', '<POSTBACK><ORIGIN>SMS_'],
			['JSON that is null', 'null'],
			['bytes that are not text', Buffer.from([0, 255, 254, 1, 128])],
		])('%s is acknowledged and becomes an unknown event', async (_title, content) => {
			expect(await post(good, content)).toBe(200);
			expect(eventsOf(await live.next())).toEqual([expect.objectContaining({ event: 'unknown' })]);
		});

		it.each([
			'application/json',
			'text/xml',
			'text/plain; charset=nobody-knows',
			'multipart/form-data',
		])('garbage as %s is acknowledged and becomes an unknown event', async (type) => {
			expect(await post(good, 'garbage <& {', type)).toBe(200);
			expect(eventsOf(await live.next())).toEqual([expect.objectContaining({ event: 'unknown' })]);
		});

		it('20 MB are rejected as too large and start nothing', async () => {
			const before = await live.count();
			const status = await post(good, Buffer.alloc(20 * MEGABYTE, 'x'));
			expect([status, await live.count()]).toEqual([413, before]);
		});

		it('a valid postback after 20 MB starts the workflow', async () => {
			const [actual, expected] = await postNext();
			expect(actual).toEqual(expected);
		});

		it('ten concurrent postbacks are all acknowledged, and each is emitted once', async () => {
			const numbers = Array.from({ length: 10 }, (_, index) => 100 + index);
			const before = await live.count();
			const statuses = await Promise.all(
				numbers.map(async (number) => await post(good, body(number))),
			);
			expect(statuses).toEqual(numbers.map(() => 200));
			const emitted: ReturnType<typeof eventsOf> = [];
			while (emitted.length < numbers.length) emitted.push(...eventsOf(await live.next()));
			const ids = emitted.map(({ messageId }) => messageId).sort();
			expect(ids).toEqual(numbers.map((number) => `m-${number}`));
			expect(await live.count()).toBe(before + numbers.length);
		});

		it('an unknown field is kept', async () => {
			const [events] = await postNext();
			expect(JSON.stringify(events[0].raw)).toMatch(/"(New|news|NEWS)"/);
		});

		const kinds = provider.kinds.map(
			([kind, expected, fields]) => [kind, expected, fields ?? {}] as const,
		);
		it.each(kinds)('%s of the sandbox becomes %j', async (kind, expected, fields) => {
			const response = await fetch(`${sandbox.url}/control/fire`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ provider: provider.name.toLowerCase(), kind, url: good, fields }),
			});
			expect(response.status).toBe(200);
			const emitted = eventsOf(await live.next());
			expect(emitted.map(({ event }) => event)).toEqual(expected);
		});

		it('every event that can be selected occurred', () => {
			const tested = new Set([
				...provider.kinds.flatMap(([, kindEvents]) => kindEvents),
				'unknown',
			]);
			expect([...tested].sort()).toEqual([...events].sort());
		});
	},
);

describe('after all postbacks', () => {
	const secrets = sandboxCredentials('').flatMap(({ type, data }) =>
		Object.entries(data)
			.filter(([name]) => !['baseUrl', 'username'].includes(name))
			.map(([name, value]) => [type, name, value]),
	);

	it.each(secrets)(
		'no trace of %s.%s is in the database or in a log',
		async (_type, _name, secret) => {
			expect(await n8n.traces(secret)).toEqual([]);
		},
	);

	it('the posted text is in the database', async () => {
		expect(await n8n.traces('there is nothing to read here')).not.toEqual([]);
	});
});
