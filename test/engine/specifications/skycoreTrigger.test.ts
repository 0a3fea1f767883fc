import { sleep } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';
import { SkycoreTrigger } from '../../../nodes/Skycore/SkycoreTrigger.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { Postback } from '../../../sandbox/postbacks';
import { ACCOUNT_KEY } from '../../../sandbox/skycore/settings';
import { TriggerHost } from '../harness/trigger';

const TOKEN = 'a-secret-of-the-user';
const ALL_EVENTS = [
	'message.received',
	'message.status',
	'contact.optedIn',
	'contact.optedOut',
	'media.ready',
	'media.failed',
	'unknown',
];
const node = new SkycoreTrigger();

let sandbox: Sandbox;
let host: TriggerHost;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(async () => {
	await host.close();
	sandbox.reset();
});

async function listen(parameters: INodeParameters = { events: ALL_EVENTS }, token = '') {
	const credentials = { skycoreApi: { baseUrl: '', apiKey: '', postbackToken: token } };
	host = await new TriggerHost(node, credentials, parameters).listen();
	await host.activate();
}

/** Makes the sandbox post, and waits for the response. */
async function fire(kind: string, options: Record<string, unknown> = {}): Promise<Postback> {
	const url = host.address();
	const postback = sandbox.simulators.get('skycore')!.fire!({ kind, url, ...options });
	for (let waited = 0; postback.attempts.length === 0 && waited < 3_000; waited += 5) {
		await sleep(5);
	}
	return postback;
}

const statusesOf = ({ attempts }: Postback) => attempts.map(({ status }) => status);
const configure = (changes: Record<string, unknown>) => sandbox.configure('skycore', changes);

describe('each kind of postback', () => {
	it.each([
		['SMS_MT:N201', 'message.status', 'sent'],
		['SMS_MT:N202', 'message.status', 'delivered'],
		['SMS_MT:E201', 'message.status', 'failed'],
		['SMS_MT:E202', 'message.status', 'undelivered'],
		['MMS_MT:N101', 'message.status', 'sent'],
		['MMS_MT:N102', 'message.status', 'delivered'],
		['MMS_MT:N202', 'message.status', 'delivered'],
		['MMS_MT:N103', 'message.status', 'undelivered'],
		['MMS_MT:E101', 'message.status', 'failed'],
		['MMS_MT:E102', 'message.status', 'undelivered'],
		['N211', 'message.received', null],
		['N401', 'message.received', null],
		['N301', 'contact.optedIn', null],
		['N302', 'contact.optedOut', null],
		['N003', 'media.ready', null],
		['N013', 'media.ready', null],
		['E002', 'media.failed', null],
		['E003', 'media.failed', null],
		['E011', 'media.failed', null],
		['E012', 'media.failed', null],
		['E013', 'media.failed', null],
		['N501', 'unknown', null],
		['E502', 'unknown', null],
		['E999', 'unknown', null],
		['N303', 'unknown', null],
		['malformed:N201', 'unknown', null],
		['malformed:E201', 'unknown', null],
	])('%s gets HTTP 200 and starts the workflow with %s', async (kind, event, status) => {
		await listen();
		expect(statusesOf(await fire(kind))).toEqual([200]);
		expect(host.executions).toMatchObject([[{ provider: 'skycore', event, status }]]);
	});

	it('a batch starts the workflow once, with an item for each event', async () => {
		await listen();
		expect(statusesOf(await fire('batch'))).toEqual([200]);
		expect(host.executions).toHaveLength(1);
		expect(host.executions[0].map(({ status }) => status)).toEqual([
			'sent',
			'delivered',
			'undelivered',
		]);
	});

	it('a text is output exactly as it was typed', async () => {
		await listen();
		const text = '  <b>Fish</b> & "Chips"\n 0042 ✓ ';
		await fire('N211', { fields: { TEXT: text } });
		expect(host.executions).toMatchObject([[{ text, from: '+17575550142', to: '60856' }]]);
	});
});

describe('each way to post', () => {
	const BODIES = [
		'textXml',
		'applicationXml',
		'plain',
		'rawAsForm',
		'withoutType',
		'form',
		'formUpperCase',
		'multipart',
		'multipartLowerCase',
	];
	it.each(BODIES)('the body %s has the same event', async (postbackBody) => {
		configure({ postbackBody });
		await listen();
		const fields = { STATUSDETAILS: 'a+b &amp; c%20d' };
		expect(statusesOf(await fire('SMS_MT:N202', { fields }))).toEqual([200]);
		expect(host.executions).toMatchObject([
			[
				{
					status: 'delivered',
					messageId: 'DrXAFP-Ylpc-JZL',
					occurredAt: expect.any(String),
					raw: fields,
				},
			],
		]);
	});

	const ENVELOPES = [
		'flat',
		'flatNamespaced',
		'notification',
		'notificationLowerCase',
		'nested',
		'statusAttributes',
		'json',
	];
	it.each(ENVELOPES)('the envelope %s has the same event', async (postbackEnvelope) => {
		configure({ postbackEnvelope });
		await listen();
		await fire('SMS_MT:N202');
		expect(host.executions).toMatchObject([
			[{ status: 'delivered', messageId: 'DrXAFP-Ylpc-JZL', from: '60856', to: '+17575550142' }],
		]);
	});

	it.each(['iso', 'micro', 'short', 'old'])('a time in the form %s is read', async (form) => {
		configure({ postbackTimestamps: form });
		await listen();
		await fire('SMS_MT:N202');
		const { occurredAt } = host.executions[0][0];
		expect(Math.abs(Date.parse(String(occurredAt)) - Date.now())).toBeLessThan(5_000);
	});

	it('a repeated postback has the same event ID, and another postback has another', async () => {
		await listen();
		await fire('SMS_MT:N202');
		await fire('SMS_MT:N202');
		await fire('SMS_MT:N201');
		const [first, repeated, other] = host.executions.map(([{ eventId }]) => eventId);
		expect(repeated).toBe(first);
		expect(other).not.toBe(first);
	});
});

describe('the statuses of a message', () => {
	it('are posted to the trigger whose address the account has', async () => {
		await listen();
		configure({ postbackUrl: host.address(), postbackEveryMs: 0 });
		sandbox.clock.scale = 100;
		const form = new URLSearchParams({
			xml: `<REQUEST><ACTION>sendSMS</ACTION><API_KEY>${ACCOUNT_KEY}</API_KEY><TO>17575550142</TO><FROM>60856</FROM><TEXT>Hi</TEXT></REQUEST>`,
		});
		await fetch(`${sandbox.url}/skycore/API/wxml/1.3/index.php`, { method: 'POST', body: form });
		for (let waited = 0; host.executions.length < 2 && waited < 3_000; waited += 5) {
			await sleep(5);
		}
		const [{ id }] = sandbox.messages.list({ direction: 'out' });
		expect(host.executions.flat().map(({ messageId, status }) => [messageId, status])).toEqual([
			[id, 'sent'],
			[id, 'delivered'],
		]);
	});
});

describe('filtering and verification', () => {
	it('an event that is not selected gets HTTP 200 and starts nothing', async () => {
		await listen({ events: ['message.received'] });
		expect(statusesOf(await fire('SMS_MT:N202'))).toEqual([200]);
		expect(host.executions).toEqual([]);
	});

	it.each([
		['without a token', ''],
		['with a wrong token', '?token=guess'],
	])('a postback %s gets HTTP 401 and starts nothing', async (_what, query) => {
		await listen({ events: ALL_EVENTS }, TOKEN);
		const postback = await fire('SMS_MT:N202', { url: `${host.address()}${query}` });
		expect(postback.attempts[0].status).toBe(401);
		expect(host.executions).toEqual([]);
	});

	it('a postback with the token starts the workflow, with the token masked', async () => {
		await listen({ events: ALL_EVENTS }, TOKEN);
		const url = `${host.address()}?token=${TOKEN}`;
		const body = `<POSTBACK><CODE>N211</CODE><TEXT>${TOKEN}</TEXT></POSTBACK>`;
		expect(statusesOf(await fire('N211', { url, body }))).toEqual([200]);
		expect(host.executions).toMatchObject([[{ event: 'message.received', text: '***' }]]);
	});

	it.each([
		['an empty body', ''],
		['a text', 'hello'],
		['a truncated document', '<POSTBACK><CODE>N2'],
		['an HTML page', '<!DOCTYPE html><html><body>Hi<br></body></html>'],
	])('%s gets HTTP 200 and is output as unknown with the raw text', async (_what, body) => {
		await listen();
		const response = await fetch(host.address(), { method: 'POST', body });
		expect(response.status).toBe(200);
		expect(host.executions).toMatchObject([[{ event: 'unknown', raw: body }]]);
	});

	it('the response is sent at once if the user wants that', async () => {
		await listen({ events: ALL_EVENTS, additionalFields: { answer: 'atOnce' } });
		expect(statusesOf(await fire('SMS_MT:N202'))).toEqual([200]);
		expect(host.executions).toHaveLength(1);
	});
});
