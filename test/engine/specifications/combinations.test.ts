import type { IDataObject } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { FaultOrder } from '../../../sandbox/faults';
import { runAgent } from '../harness/agent';
import type { RunOptions } from '../harness/engine';
import { PROVIDERS, runProvider } from '../tables/operations';
import type { ProviderName } from '../tables/operations';

/** Sends that combine tries, retries, contradictory responses and shared references. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

const A = '17575550142';
const B = '17575550143';
const C = '17575550145';
const OPTED_OUT = '17575550164';
/** The ID of a message that the sandbox does not know. */
const ID = '9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a11';

const run = async (
	provider: ProviderName,
	parameters: IDataObject,
	more: Partial<RunOptions> = {},
) =>
	await runProvider(
		provider,
		sandbox,
		{ resource: 'message', operation: 'send', message: 'Hi', ...parameters } as never,
		more,
	);
const continueOnFail = { onError: 'continueRegularOutput' as const };
const threeTries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const triedThrice = { settings: { ...continueOnFail, ...threeTries } };

const texted = () =>
	sandbox.messages
		.list({ direction: 'out' })
		.map(({ to }) => to)
		.sort();
const requests = (operation: string) => sandbox.requests.list({ operation }).length;
const details = (json: IDataObject) => json.details as IDataObject;

/** Makes a provider respond with a body: an object as JSON, a text as XML. */
const respondWith = (operation: string, body: unknown, more: Partial<FaultOrder> = {}) =>
	sandbox.faults.add({
		kind: 'status',
		when: 'after',
		status: 200,
		operation,
		times: 'always',
		...(typeof body === 'string'
			? { body: `<?xml version="1.0"?><RESPONSE>${body}</RESPONSE>` }
			: { body: JSON.stringify(body) }),
		headers: { 'Content-Type': typeof body === 'string' ? 'text/xml' : 'application/json' },
		...more,
	});
const loseResponse = (operation: string) =>
	sandbox.faults.add({ kind: 'reset', when: 'after', operation });
const loseRequest = (operation: string, contains?: string) =>
	sandbox.faults.add({ kind: 'reset', when: 'before', operation, contains });

const WOOXY = { domain: 'shop.example', to: '+37255512345' };
const NAMIRIAL = { to: '+393331112233' };
const SUBSCRIBE = {
	resource: 'subscriber',
	operation: 'subscribe',
	mobile: A,
	campaignRef: 'Campaign123',
};

describe('an option that is not valid is found before the send', () => {
	it('Send Again If Not Found', async () => {
		const { json } = await run(
			'cdyne',
			{ to: '={{ $json.to }}', options: { sendAgainIfNotFound: 'maybe' } },
			{ items: [{ to: A }], settings: continueOnFail },
		);
		expect(texted().length === 0 || json[0].messageId !== undefined).toBe(true);
	});

	it('Send Again If Not Found, with several recipients', async () => {
		const { json } = await run(
			'cdyne',
			{ to: `${A}, ${OPTED_OUT}`, options: { sendAgainIfNotFound: '={{ "maybe" }}' } },
			triedThrice,
		);
		expect(details(json[0]).nothingSent).toBe(true);
		expect(texted()).toEqual([]);
	});

	it('Help Text of Send and Wait for Reply', async () => {
		await run(
			'cdyne',
			{ operation: 'sendAndWait', to: A, options: { helpText: '={{ { a: 1 } }}' } },
			{ settings: continueOnFail },
		);
		expect(texted()).toEqual([]);
	});
});

describe('a contradictory response', () => {
	it.each([
		[{ result: false, errors: ['Domain not found'], sms_id: '98765' }],
		[{ result: false, errors: ['Access token check failed', 'Internal server error'] }],
		[{ result: false, errors: ['Domain not found', 'Something that nobody published'] }],
	])('of Wooxy, %j, is not a certain rejection', async (body) => {
		respondWith('sms/send', body);
		const { json } = await run('wooxy', WOOXY, triedThrice);
		expect(details(json[0]).nothingSent).toBe(false);
		expect(texted()).toHaveLength(1);
	});

	it('of CDYNE, an accepted message under HTTP 400, is not a certain rejection', async () => {
		const result = { SMSError: 0, MessageID: ID, Queued: true, Sent: false, ReferenceID: 'r' };
		respondWith('AdvancedSMSsend', [result], { status: 400 });
		const { json } = await run('cdyne', { to: A, options: { referenceId: 'r' } }, triedThrice);
		expect(texted()).toEqual([A]);
		expect(details(json[0])?.nothingSent ?? false).toBe(false);
	});

	it('of CDYNE, an error with Sent: true, is not a certain rejection', async () => {
		respondWith('SimpleSMSsend', { SMSError: 3, MessageID: ID, Queued: false, Sent: true });
		const { json } = await run('cdyne', { operation: 'sendSimple', to: A }, triedThrice);
		expect(details(json[0]).nothingSent).toBe(false);
	});

	it('of CDYNE, an MMS that failed in the network, is no reason to send it again', async () => {
		// CDYNE had accepted the MMS: FailedByProvider comes from the network
		respondWith('SendMessage', [{ MessageID: ID, MessageStatus: 508, To: A, From: '55512' }]);
		await run('cdyne', { operation: 'sendMms', to: A }, triedThrice);
		expect(texted()).toHaveLength(1);
	});

	it('of Namirial, an accepted message under HTTP 401, is not a certain rejection', async () => {
		respondWith('Services/send', { message: '0: OK', id: '77' }, { status: 401 });
		const { json } = await run('namirial', NAMIRIAL, triedThrice);
		expect(details(json[0]).nothingSent).toBe(false);
	});

	it('of Skycore, a rejected subscription under HTTP 500, is not a certain rejection', async () => {
		const body = '<STATUS>Failure</STATUS><ERRORCODE>E110</ERRORCODE><ERRORINFO>x</ERRORINFO>';
		respondWith('subscribe', body, { status: 500 });
		const { json } = await run('skycore', SUBSCRIBE, triedThrice);
		expect(details(json[0]).nothingSent).toBe(false);
	});
});

describe('a tool whose text contains the time', () => {
	const message = '={{ "Alarm " + $now.toMillis() }}';
	// agents of version 3 have n8n's engine run it
	const asEngineTool = {
		settings: { ...triedThrice.settings, type: 'n8n-nodes-sms-gateways.wooxyTool' },
	};

	it('is not sent twice by its Retry On Fail', async () => {
		loseResponse('sms/send');
		const { node, credentials } = PROVIDERS.wooxy;
		await runAgent(
			{
				node,
				parameters: {
					resource: 'message',
					operation: 'send',
					...WOOXY,
					message: "={{ $fromAI('message', '', 'string') }} ({{ $now.toMillis() }})",
				},
				credentials: credentials(sandbox.url),
				settings: threeTries,
			},
			async (connect) => [await (await connect()).call({ message: 'Alarm' })],
		);
		expect(texted()).toHaveLength(1);
	});

	it('is not sent twice if n8n’s engine runs it', async () => {
		loseResponse('sms/send');
		await run('wooxy', { ...WOOXY, message }, asEngineTool);
		expect(texted()).toHaveLength(1);
	});

	it('does not say that nothing was sent if a try before the rejection was lost', async () => {
		loseResponse('sms/send');
		respondWith('sms/send', { result: false, errors: ['Domain not found'] }, { when: 'before' });
		const { json } = await run('wooxy', { ...WOOXY, message }, asEngineTool);
		expect(details(json[0]).nothingSent).toBe(false);
	});
});

describe('a reference that several messages use', () => {
	it('of Namirial is another one with another Reference Action', async () => {
		await run(
			'namirial',
			{
				to: '={{ $json.to }}',
				message: '={{ $json.action }}',
				options: {
					referenceService: 'AUTHENTICATION',
					referenceAction: '={{ $json.action }}',
					referenceKey: 'order-1234',
					skipIfReferenceExists: true,
				},
			},
			{
				items: [
					{ to: '+393331112233', action: 'PAID' },
					{ to: '+393331112244', action: 'SHIPPED' },
				],
			},
		);
		expect(texted()).toHaveLength(2);
	});

	it('does not make an older message that is still scheduled the result of a lost request', async () => {
		const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
		const first = await run('cdyne', {
			to: A,
			message: 'Tomorrow at nine',
			options: { referenceId: 'order-7', scheduledAt },
		});
		loseRequest('AdvancedSMSsend');
		const { json } = await run(
			'cdyne',
			{ to: A, message: 'Cancelled!', options: { referenceId: 'order-7' } },
			{ settings: continueOnFail },
		);
		expect(json[0].messageId).not.toBe(first.json[0].messageId);
	});

	it('Skip If Reference Exists waits for an item that sends without it', async () => {
		sandbox.faults.add({ kind: 'delay', ms: 300, operation: 'AdvancedSMSsend' });
		await run(
			'cdyne',
			{
				to: A,
				options: { referenceId: 'r', skipIfReferenceExists: '={{ $json.skip }}', concurrency: 5 },
			},
			{ items: [{ skip: false }, { skip: true }] },
		);
		expect(texted()).toEqual([A]);
	});

	it('Skip If Reference Exists does not say that nothing was sent after a lost message', async () => {
		// CDYNE accepts the message, but its look-up does not know it yet
		loseResponse('AdvancedSMSsend');
		respondWith('GetMessageStatusByReferenceID', []);
		const { json } = await run(
			'cdyne',
			{ to: A, options: { referenceId: 'order-7', skipIfReferenceExists: true } },
			{ items: [{}, {}], settings: continueOnFail },
		);
		expect(texted()).toEqual([A]);
		expect(json.map((item) => details(item).nothingSent)).toEqual([false, false]);
	});

	it('Skip If Reference Exists does not say that nothing was sent if the look-up is inconclusive', async () => {
		await run('cdyne', { to: B, options: { referenceId: 'order-7' } });
		respondWith('GetMessageStatusByReferenceID', [
			{ SMSError: 8, MessageID: null, ReferenceID: 'order-7' },
		]);
		const { json } = await run(
			'cdyne',
			{ to: A, options: { referenceId: 'order-7', skipIfReferenceExists: true } },
			{ settings: continueOnFail },
		);
		expect(details(json[0]).nothingSent).toBe(false);
	});
});

describe('a retry of an execution that crashed', () => {
	const token = { resumeToken: 'token-of-this-execution' };

	it.each([
		['another order', [{ to: A }, { to: B }], [{ to: B }, { to: A }]],
		['a new item in front of the others', [{ to: A }], [{ to: B }, { to: A }]],
	])('texts nobody twice if its input has %s', async (_, items, retried) => {
		await run('cdyne', { to: '={{ $json.to }}' }, { items, ...token });
		await run('cdyne', { to: '={{ $json.to }}' }, { items: retried, mode: 'retry', ...token });
		expect(texted()).toEqual([A, B]);
	});

	it('warns that a number may have been subscribed before', async () => {
		await run('skycore', SUBSCRIBE);
		const result = await run('skycore', SUBSCRIBE, { mode: 'retry' });
		const hints = result.run.data.resultData.runData.Node?.at(-1)?.hints ?? [];
		expect(requests('subscribe')).toBe(2);
		expect(JSON.stringify([result.json, hints])).toMatch(/before|retry/i);
	});

	it('has its warning beside that of a text that the provider may have discarded', async () => {
		respondWith('Services/send', { message: '0: OK' });
		const { json } = await run('namirial', NAMIRIAL, { mode: 'retry' });
		expect(json[0].warning).toMatch(/no ID/);
		expect(json[0].warning).toMatch(/retry/);
	});
});

describe('the next try of several items', () => {
	it('does not fail because of a group whose response left open who got the message', async () => {
		const subscribers = [
			['G1', '17575553002'],
			['G1', '17575553003'],
			['G2', '17575553004'],
		].map(([subscriberRef, mobile]) => ({ campaignRef: 'Campaign123', subscriberRef, mobile }));
		sandbox.configure('skycore', { subscribers });
		const members = subscribers
			.slice(0, 2)
			.map(({ mobile }) => `<SUBSCRIBER><TO>${mobile}</TO><STATUS>Success</STATUS></SUBSCRIBER>`);
		const operation = 'sendMessageBySubscriberRef';
		respondWith(operation, `<STATUS>Success</STATUS>${members.join('')}`, {
			contains: 'G1',
			times: 1,
		});
		respondWith(operation, '<STATUS>Failure</STATUS><ERRORCODE>E111</ERRORCODE>', {
			when: 'before',
			contains: 'G2',
			times: 1,
		});
		const { error } = await run(
			'skycore',
			{
				resource: 'sms',
				operation: 'sendToSubscriber',
				subscriberRef: '={{ $json.ref }}',
				campaignRef: 'Campaign123',
			},
			{ items: [{ ref: 'G1' }, { ref: 'G2' }], settings: threeTries },
		);
		expect(error).toBeUndefined();
	});

	it('does not give a recipient of an MMS the message of another one', async () => {
		const once = { when: 'before', times: 1 } as const;
		const rejected = (to: string) => ({ MessageStatus: 400, MessageID: null, To: to });
		const lookup = 'GetMessageStatusByReferenceID';
		// first try: CDYNE leaves open whether it accepted the MMS to A, and rejects that to B
		const unclear = { MessageStatus: 999, MessageID: null, To: A };
		respondWith('SendMessage', [unclear, rejected(B)], { ...once, contains: A });
		respondWith(lookup, [], { ...once, times: 3 });
		// the other item is rejected, so n8n tries again
		respondWith('SendMessage', [rejected(C)], { ...once, contains: C });
		// second try: the MMS to B is lost on its way, and only that to A is found, without a number
		loseRequest('SendMessage', B);
		respondWith(lookup, [{ SMSError: 0, MessageID: ID, Queued: false, Sent: true }]);
		sandbox.faults.add({
			kind: 'html',
			status: 500,
			operation: 'ReadMessageStatus',
			times: 'always',
		});
		const { json, error } = await run(
			'cdyne',
			{ operation: 'sendMms', to: '={{ $json.to }}' },
			{ items: [{ to: `${A},${B}` }, { to: C }], settings: threeTries },
		);
		expect(error?.message).toContain('may have gone out');
		expect(JSON.stringify(json)).not.toContain(ID);
	});
});
