import { NamirialSms } from '../../../nodes/Namirial/NamirialSms.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { PASSWORD, STATUS_KEY, USERNAME } from '../../../sandbox/namirial/settings';
import { runNode } from '../harness/engine';
import type { RunOptions, RunResult } from '../harness/engine';

const TO = '+393335550142';
const TOKEN = 'example-word-1';
const node = new NamirialSms();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, clockScale: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

type Options = Partial<RunOptions> & { without?: string };

const credentials = () => ({
	namirialSmsGatewayApi: {
		baseUrl: `${sandbox.url}/namirial/gateway`,
		username: USERNAME,
		password: PASSWORD,
		postbackToken: TOKEN,
	},
	namirialSmsStatusApi: { baseUrl: `${sandbox.url}/namirial/status/api`, apiKey: STATUS_KEY },
});

async function run(parameters: RunOptions['parameters'], { without, ...options }: Options = {}) {
	const selected = Object.entries(credentials()).filter(([type]) => type !== without);
	return await runNode({ node, parameters, credentials: Object.fromEntries(selected), ...options });
}

const SEND = { resource: 'message', operation: 'send', to: TO, message: 'Hi' };
const ON_BEHALF = { ...SEND, operation: 'sendOnBehalf', account: 'branch' };
const BY_KEY = { resource: 'message', operation: 'getManyByReference', returnAll: true };
const BY_NUMBER = { resource: 'message', operation: 'getManyByPhoneNumber', phoneNumber: TO };
const HEALTH = { resource: 'service', operation: 'getHealth' };
const REFERENCE = { referenceService: 'ECOMMERCE', referenceAction: 'PAID', referenceKey: 'a/b+c' };
const continueOnError = { settings: { onError: 'continueRegularOutput' as const } };
const received = () => sandbox.messages.list({ provider: 'namirial' });
const requestCount = (operation: string) => sandbox.requests.count('namirial', operation);
const errors = ({ json }: RunResult) => json.map(({ error }) => error);
const hints = ({ run: { data } }: RunResult) =>
	(data.resultData.runData.Node?.[0].hints ?? []).map(({ message }) => message);
const loseResponse = (operation = 'Services/send', when: 'before' | 'after' = 'after') =>
	sandbox.faults.add({ kind: 'reset', provider: 'namirial', operation, when });
const NULL_FIELDS = { from: null, errorCode: null, errorMessage: null, updatedAt: null };

describe('Send', () => {
	it('returns the message that is received', async () => {
		const { json } = await run({ ...SEND, to: '0039 (333) 555-0142', options: REFERENCE });
		const [message] = received();
		expect(json).toEqual([
			{
				provider: 'namirial',
				messageId: message.id,
				referenceId: 'a/b+c',
				to: TO,
				status: 'queued',
				isFinal: false,
				providerStatus: 'accepted',
				createdAt: null,
				sentAt: null,
				segments: 1,
				encoding: 'GSM-7',
				...NULL_FIELDS,
			},
		]);
		expect(message).toMatchObject({ text: 'Hi', to: TO, reference: 'a/b+c' });
	});

	it('counts the segments of a long text with an emoji', async () => {
		const { json } = await run({ ...SEND, message: `${'a'.repeat(69)}😀` });
		expect(json[0].segments).toBe(2);
	});

	it('returns the response without Simplify, with the upstream provider if Detailed is on', async () => {
		const { json } = await run({ ...SEND, simplify: false, options: { detailed: true } });
		expect(json[0].raw).toEqual({
			message: '0: Accepted for delivery',
			id: json[0].messageId,
			provider: 'PROVIDER1',
		});
	});

	it('shows a hint if a message has no ID', async () => {
		sandbox.configure('namirial', { droppedHasId: false, duplicateLimit: 0 });
		const result = await run(SEND);
		expect(result.json[0].messageId).toBeNull();
		expect(hints(result)).toEqual([expect.stringContaining('returned no ID')]);
	});

	it('shows a hint if a number gets the same text for the third time', async () => {
		const two = await run(SEND, { items: [{}, {}] });
		expect(hints(two)).toEqual([]);
		sandbox.reset();
		const four = await run(SEND, { items: [{}, {}, {}, {}] });
		expect(hints(four)).toEqual([expect.stringContaining(`the same text was sent to ${TO}`)]);
		expect(received()).toHaveLength(2);
	});

	it('on Behalf sends the account and the registration authority', async () => {
		const { json } = await run({ ...ON_BEHALF, options: { lra: 12, businessRelationId: 'br-1' } });
		const [{ body }] = sandbox.requests.list({ operation: 'Admin/send' });
		expect(JSON.parse(body)).toEqual({
			destination: TO,
			text: 'Hi',
			account: 'branch',
			lra: 12,
			businessRelationId: 'br-1',
		});
		expect(json[0].messageId).toBe(received()[0].id);
	});
});

describe('Status Updates', () => {
	const urlOfWebhook = () => {
		const [{ body }] = sandbox.requests.list({ operation: 'Services/send' });
		return (JSON.parse(body) as { webhook?: { url: string } }).webhook?.url;
	};

	it('that are not selected send no URL', async () => {
		await run(SEND);
		expect(urlOfWebhook()).toBeUndefined();
	});

	it('to a URL send that URL', async () => {
		const statusUrl = 'https://hooks.example.org/a1b2';
		await run({ ...SEND, statusUpdates: 'url', statusUrl });
		expect(urlOfWebhook()).toBe(statusUrl);
	});

	it('to the trigger of the workflow send its URL with the token', async () => {
		const type = 'n8n-nodes-sms-gateways.namirialSmsTrigger';
		const staticData = {
			global: { smsTriggers: { [type]: { t: 'https://n8n.example/webhook/1' } } },
		};
		await run({ ...SEND, statusUpdates: 'trigger' }, { staticData });
		expect(urlOfWebhook()).toBe('https://n8n.example/webhook/1?token=example-word-1');
	});

	it('to a trigger that does not exist are an error', async () => {
		const { error } = await run({ ...SEND, statusUpdates: 'trigger' });
		expect(error?.message).toContain('it has no active trigger');
		expect(requestCount('Services/send')).toBe(0);
	});

	it('over http are rejected before the request', async () => {
		const { error } = await run({
			...SEND,
			statusUpdates: 'url',
			statusUrl: 'http://hooks.example.org/a1b2',
		});
		expect(error?.message).toBe(
			'Namirial posts status updates to https URLs only, and "http://hooks.example.org" is not one [Item 0]',
		);
		expect(error?.description).toContain('WEBHOOK_URL');
		expect(requestCount('Services/send')).toBe(0);
	});

	it('over http to this machine are allowed, for the sandbox', async () => {
		await run({ ...SEND, statusUpdates: 'url', statusUrl: 'http://localhost:9/hook' });
		expect(received()).toHaveLength(1);
	});
});

describe('invalid input', () => {
	it('is an error of its item, before any request, while the other items succeed', async () => {
		const items = [
			{},
			{ to: '12' },
			{ message: ' ' },
			{ message: 'a'.repeat(1_601) },
			{ key: 'k' },
			{ action: 'a' },
			{ skip: true },
			{ message: 'Ho' },
		];
		const result = await run(
			{
				...SEND,
				to: `={{ $json.to ?? "${TO}" }}`,
				message: '={{ $json.message ?? "Hi" }}',
				options: {
					referenceKey: '={{ $json.key }}',
					referenceAction: '={{ $json.action }}',
					skipIfReferenceExists: '={{ $json.skip }}',
				},
			},
			{ ...continueOnError, items },
		);
		expect(errors(result)).toEqual([
			undefined,
			'"12" cannot be a phone number: its length or country code is wrong [Item 1]',
			'The message is empty [Item 2]',
			'The message has 1601 characters, and Namirial accepts no more than 1600 [Item 3]',
			'Reference Key is set without a Reference Service, which Namirial rejects [Item 4]',
			'Reference Action is set without a Reference Service, which Namirial rejects [Item 5]',
			'Skip If Reference Exists is on, but the message has no Reference Key [Item 6]',
			undefined,
		]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(requestCount('Services/send')).toBe(2);
	});

	it.each([
		[{ account: ' ' }, 'The Account is empty [Item 0]'],
		[
			{ options: { lra: 1.5 } },
			'Registration Authority (LRA) "1.5" is not a whole number [Item 0]',
		],
	])('of Send on Behalf, %j, is an error', async (change, message) => {
		const { error } = await run({ ...ON_BEHALF, ...change });
		expect(error?.message).toBe(message);
	});

	it.each([
		[
			{ resource: 'message', operation: 'getStatus', messageId: '42' },
			'"42" is not a Namirial message ID [Item 0]',
		],
		[{ ...BY_NUMBER, phoneNumber: '={{ $json.none }}' }, 'The phone number is empty [Item 0]'],
		[{ ...BY_KEY, referenceKey: '={{ $json.none }}' }, 'The Reference Key is empty [Item 0]'],
	])('of a look-up, %j, is an error', async (parameters, message) => {
		const { error } = await run(parameters);
		expect(error?.message).toBe(message);
	});
});

describe('a credential', () => {
	it.each([
		[
			SEND,
			'namirialSmsGatewayApi',
			'This operation needs the credential "Namirial SMS Gateway API"',
		],
		[
			HEALTH,
			'namirialSmsGatewayApi',
			'This operation needs the credential "Namirial SMS Gateway API"',
		],
		[
			{ ...BY_KEY, referenceKey: 'k' },
			'namirialSmsStatusApi',
			'Looking up messages needs the credential "Namirial SMS Status API"',
		],
		[
			BY_NUMBER,
			'namirialSmsStatusApi',
			'Looking up messages needs the credential "Namirial SMS Status API"',
		],
	])('that is missing for %j is named', async (parameters, without, message) => {
		const { error } = await run(parameters, { without });
		expect(error?.message).toBe(`${message}, which this node does not have [Item 0]`);
	});

	it('for sending is enough to send', async () => {
		const { json } = await run(SEND, { without: 'namirialSmsStatusApi' });
		expect(json[0].status).toBe('queued');
	});

	it.each([[500], [401]])('with a wrong password is an error, with HTTP %i', async (status) => {
		sandbox.configure('namirial', { password: 'another', authenticationStatus: status });
		const { error } = await run(SEND);
		expect(error?.message).toBe(
			'Namirial rejected the message with code 63 "Authentication error": the username or password is missing or wrong [Item 0]',
		);
	});

	it('with a wrong key is an error of the look-up', async () => {
		sandbox.configure('namirial', { apiKey: 'another' });
		const { error } = await run(BY_NUMBER);
		expect(error?.message).toContain('Namirial rejected the API key');
	});

	it('is masked in an error that quotes it', async () => {
		const login = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');
		const body = `<html>${PASSWORD} ${login} ${STATUS_KEY}</html>`;
		sandbox.faults.add({ kind: 'status', status: 400, body, times: 'always' });
		const results = [await run(SEND), await run(BY_NUMBER), await run(HEALTH)];
		const shown = JSON.stringify(results.map(({ error }) => [error?.message, error?.description]));
		expect(shown).toContain('*** *** ***');
		for (const secret of [PASSWORD, login, STATUS_KEY]) expect(shown).not.toContain(secret);
	});
});

describe('a rejection', () => {
	it('of a number is the error of its item, while the other items succeed', async () => {
		const numbers = ['+393335550108', TO, '+393335550161', '+393335550174'];
		const result = await run(
			{ ...SEND, to: '={{ $json.to }}' },
			{ ...continueOnError, items: numbers.map((to) => ({ to })) },
		);
		expect(errors(result)).toEqual([
			'Namirial rejected the message with code 8 "Wrong number": the number cannot receive texts [Item 0]',
			undefined,
			expect.stringContaining('code 61'),
			expect.stringContaining('code 74'),
		]);
		expect(requestCount('Services/send')).toBe(4);
		expect(received()).toHaveLength(1);
	});

	it('of an unknown reference service says what to do', async () => {
		const { error } = await run({ ...SEND, options: { referenceService: 'SHOP' } });
		expect(error?.message).toContain('code 59');
		expect(error?.description).toContain('Set Reference Service');
	});

	it('with code 64 is retried up to three times, and nothing is sent', async () => {
		const { error } = await run({ ...SEND, to: '+393335550164' });
		expect(error?.message).toContain('the upstream provider is temporarily unavailable');
		expect(requestCount('Services/send')).toBe(4);
		expect(received()).toHaveLength(0);
	});

	it('because of flooding is not retried', async () => {
		sandbox.configure('namirial', { volumeLimit: 1, duplicateLimit: 9 });
		const result = await run(SEND, { ...continueOnError, items: [{}, {}] });
		expect(errors(result)).toEqual(
			expect.arrayContaining([undefined, expect.stringContaining('(try again in 3600 seconds)')]),
		);
		expect(requestCount('Services/send')).toBe(2);
	});
});

describe('a lost response', () => {
	const withReference = { ...SEND, options: REFERENCE };

	it('is replaced by a look-up of the reference, with the real message ID', async () => {
		loseResponse();
		const { json } = await run(withReference);
		expect(json).toMatchObject([
			{ messageId: received()[0].id, referenceId: 'a/b+c', to: TO, status: 'queued' },
		]);
		expect(json[0].providerStatus).toBe('PROVIDER_ACCEPTANCE');
		expect(requestCount('Services/send')).toBe(1);
	});

	it.each(['reset', 'truncate', 'empty', 'html', 'status'] as const)(
		'because of %s is looked up, and the number is texted once',
		async (kind) => {
			sandbox.faults.add({ kind, operation: 'Services/send', when: 'after', status: 500 });
			const { json } = await run(withReference);
			expect(json[0].messageId).toBe(received()[0].id);
			expect(received()).toHaveLength(1);
			expect(requestCount('Services/send')).toBe(1);
		},
	);

	it('to a send that was not accepted is an error that says that the reference is unknown', async () => {
		loseResponse('Services/send', 'before');
		const { error } = await run(withReference);
		expect(error?.message).toContain('but the provider does not know its reference "a/b+c"');
		expect(requestCount('Services/send')).toBe(1);
		expect(received()).toHaveLength(0);
	});

	it('with Send Again If Not Found sends again if nothing was found', async () => {
		loseResponse('Services/send', 'before');
		const options = { ...REFERENCE, sendAgainIfNotFound: true };
		const { json } = await run({ ...SEND, options });
		expect(json[0].messageId).toBe(received()[0].id);
		expect(received()).toHaveLength(1);
	});

	it('is not replaced by a message to another number with the same reference', async () => {
		await run({ ...withReference, to: '+393335550143' });
		loseResponse('Services/send', 'before');
		const { error } = await run(withReference);
		expect(error?.message).toContain('does not know its reference');
	});

	it('is not replaced by the message of another item', async () => {
		sandbox.faults.add({ kind: 'reset', operation: 'Services/send', contains: 'Ho' });
		const result = await run(
			{ ...withReference, message: '={{ $json.text }}', options: { ...REFERENCE, concurrency: 1 } },
			{ ...continueOnError, items: [{ text: 'Hi' }, { text: 'Ho' }] },
		);
		expect(errors(result)).toEqual([
			undefined,
			expect.stringContaining('does not know its reference'),
		]);
	});

	it('is not replaced by an earlier message with the same reference', async () => {
		sandbox.configure('namirial', { providerTime: '2026-01-01T10:00:00Z' });
		await run(withReference);
		sandbox.configure('namirial', { providerTime: null });
		loseResponse('Services/send', 'before');
		const { error } = await run({ ...withReference, message: 'Ho' });
		expect(error?.message).toContain('does not know its reference');
	});

	it('without a reference is an error that says how such messages can be looked up', async () => {
		loseResponse();
		const { error } = await run(SEND);
		expect(error?.message).toContain('The message may have gone out');
		expect(error?.description).toContain('Set Reference Service and Reference Key');
		expect(requestCount('messagestatus/reference')).toBe(0);
	});

	it('without the credential for look-ups is an error that names it', async () => {
		loseResponse();
		const { error } = await run(withReference, { without: 'namirialSmsStatusApi' });
		expect(error?.description).toContain('Choose a Namirial SMS Status API credential');
	});

	it('that cannot be looked up is an error that says why', async () => {
		loseResponse();
		sandbox.configure('namirial', { apiKey: 'another' });
		const { error } = await run(withReference);
		expect(error?.message).toContain('and looking it up failed: Namirial rejected the API key');
	});

	it('with HTTP 500 and no code is not retried', async () => {
		const { error } = await run({ ...SEND, to: '+393335550191' });
		expect(error?.message).toContain('Internal Server Error');
		expect(error?.message).toContain('The message may have gone out');
		expect(requestCount('Services/send')).toBe(1);
	});

	it('with Retry On Fail texts nobody twice', async () => {
		sandbox.faults.add({
			kind: 'reset',
			operation: 'Services/send',
			contains: 'Ho',
			when: 'after',
		});
		const result = await run(
			{ ...SEND, message: '={{ $json.text }}' },
			{
				items: [{ text: 'Hi' }, { text: 'Ho' }, { text: 'Hu' }],
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			},
		);
		expect(result.error?.message).toContain('The message may have gone out');
		const texts = received().map(({ text }) => text);
		expect(new Set(texts).size).toBe(texts.length);
	});
});

describe('Skip If Reference Exists', () => {
	const options = { ...REFERENCE, skipIfReferenceExists: true };

	it('returns the existing message and sends nothing', async () => {
		const { json: first } = await run({ ...SEND, options });
		const { json: second } = await run({ ...SEND, message: 'Hi again', options });
		expect(second).toMatchObject([{ messageId: first[0].messageId, alreadySent: true }]);
		expect(received()).toHaveLength(1);
	});

	it('sends if the key exists only with another service or action', async () => {
		await run({ ...SEND, options });
		await run({ ...SEND, options: { ...options, referenceAction: 'SHIPPED' } });
		expect(received()).toHaveLength(2);
	});
});

describe('Get Status', () => {
	const getStatus = { resource: 'message', operation: 'getStatus' };

	it('follows a message to its end', async () => {
		const { json } = await run({ ...SEND, to: '+393335550102', options: REFERENCE });
		const { messageId } = json[0] as { messageId: string };
		expect((await run({ ...getStatus, messageId })).json[0]).toMatchObject({
			found: true,
			status: 'queued',
			providerStatus: 'PROVIDER_ACCEPTANCE',
			referenceId: 'a/b+c',
			segments: 1,
		});
		await sandbox.clock.advance();
		const { json: end } = await run({ ...getStatus, messageId, simplify: false });
		expect(end[0]).toMatchObject({ found: true, status: 'undelivered', isFinal: true });
		expect(end[0].errorCode).toBeTruthy();
		expect(end[0].errorMessage).toBeTruthy();
		expect(end[0].raw).toMatchObject({ message: { id: messageId, status: 'UNDELIVERED' } });
	});

	it('of a delivered RCS message is not final', async () => {
		const { json } = await run({ ...SEND, to: '+393335550105' });
		await sandbox.clock.advance();
		const { json: now } = await run({ ...getStatus, messageId: json[0].messageId as string });
		expect(now).toMatchObject([{ status: 'delivered', isFinal: false }]);
	});

	it('of a discarded text is not found, with a possible reason', async () => {
		const { json } = await run(SEND, { items: [{}, {}, {}] });
		const items = json.map(({ messageId }) => ({ messageId }));
		const { json: now } = await run(
			{ ...getStatus, messageId: '={{ $json.messageId }}' },
			{ items },
		);
		const missing = now.filter(({ found }) => !found);
		expect([now.length, missing.length]).toEqual([3, 1]);
		expect(missing[0]).toMatchObject({ status: 'unknown', isFinal: false });
		expect(missing[0].errorMessage).toContain('discards it');
	});
});

describe('Get Many', () => {
	it('by Reference finds messages with a key that contains a slash and a plus', async () => {
		await run({ ...SEND, options: REFERENCE });
		await run({ ...SEND, options: { ...REFERENCE, referenceKey: 'a' } });
		const { json } = await run({ ...BY_KEY, referenceKey: 'a/b+c' });
		expect(json).toMatchObject([{ referenceId: 'a/b+c', messageId: received()[0].id, to: null }]);
	});

	it('by Phone Number returns the messages of that number', async () => {
		await run(SEND);
		await run({ ...SEND, to: '+393335550143' });
		const { json } = await run({
			...BY_NUMBER,
			phoneNumber: '333 555 0142',
			options: { defaultCountry: 'IT' },
		});
		expect(json).toMatchObject([{ messageId: received()[0].id, to: TO }]);
	});

	it('that finds nothing returns no items', async () => {
		const { json, error } = await run(BY_NUMBER);
		expect(json).toEqual([]);
		expect(error).toBeUndefined();
	});

	it('is retried after HTTP 503', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, operation: 'messagestatus/phonenumber' });
		const { error } = await run(BY_NUMBER);
		expect(error).toBeUndefined();
		expect(requestCount('messagestatus/phonenumber')).toBe(2);
	});

	describe.each([[false], [true]])('with a bound that is inclusive: %s', (sendDateInclusive) => {
		const sendAt = async (times: string[], each: number) => {
			sandbox.configure('namirial', { sendDateInclusive, volumeLimit: 1_000 });
			for (const providerTime of times) {
				sandbox.configure('namirial', { providerTime });
				const items = Array.from({ length: each }, (_, n) => ({ text: `${providerTime} ${n}` }));
				const options = { ...REFERENCE, concurrency: 20 };
				await run({ ...SEND, message: '={{ $json.text }}', options }, { items });
			}
		};
		const idsOf = (values: Array<{ id?: string; messageId?: unknown }>) =>
			values.map(({ id, messageId }) => String(id ?? messageId)).sort();

		it('Return All returns every message once across equal times', async () => {
			await sendAt(['2026-03-01T10:00:00Z', '2026-03-01T10:00:01Z', '2026-03-01T10:00:02Z'], 70);
			const result = await run({ ...BY_KEY, referenceKey: 'a/b+c' });
			expect(idsOf(result.json)).toEqual(idsOf(received()));
			expect(hints(result)).toEqual([]);
		});

		it('shows a hint if more than 100 messages have the same time', async () => {
			await sendAt(['2026-03-01T10:00:00Z', '2026-03-01T10:00:01Z'], 110);
			const result = await run({ ...BY_NUMBER, returnAll: true });
			expect(hints(result)).toHaveLength(2);
			expect(hints(result)[0]).toContain('100 messages were accepted at 2026-03-01T10:00:01.000Z');
		});

		it('Limit and Sent Before are observed', async () => {
			await sendAt(['2026-03-01T10:00:00Z', '2026-03-01T10:00:05Z'], 4);
			const sentBefore = '2026-03-01T10:00:05Z';
			const options = { sentBefore };
			const { json } = await run({ ...BY_NUMBER, returnAll: false, limit: 3, options });
			expect(json).toHaveLength(3);
			if (!sendDateInclusive) {
				expect(new Set(json.map(({ createdAt }) => createdAt))).toEqual(
					new Set(['2026-03-01T10:00:00.000Z']),
				);
			}
		});
	});
});

describe('Get Health', () => {
	it.each([
		[{}, 'Services/checkServiceStatus'],
		[{ admin: true }, 'Admin/checkServiceStatus'],
	])('with %j requests %s', async (options, operation) => {
		const { json } = await run({ ...HEALTH, options });
		expect(json).toEqual([
			{
				provider: 'namirial',
				healthy: true,
				database: true,
				services: true,
				errorMessage: null,
				version: '27.1.0.2',
			},
		]);
		expect(requestCount(operation)).toBe(1);
	});

	it('trusts the body rather than HTTP 200', async () => {
		sandbox.configure('namirial', { healthy: false });
		const { json } = await run(HEALTH);
		expect(json).toMatchObject([{ healthy: false, errorMessage: 'Database is not reachable' }]);
	});

	it('of the admin service says who may use it', async () => {
		sandbox.configure('namirial', { admin: false });
		const { error } = await run({ ...HEALTH, options: { admin: true } });
		expect(error?.message).toContain('Namirial rejected the username and password');
		expect(error?.description).toContain('for administrators only');
	});
});

describe('several items', () => {
	it('have up to five requests in flight, and are output in their order', async () => {
		sandbox.faults.add({ kind: 'delay', ms: 30, operation: 'Services/send', times: 'always' });
		const items = Array.from({ length: 20 }, (_, n) => ({ text: `Text ${n}` }));
		const { json } = await run({ ...SEND, message: '={{ $json.text }}' }, { items });
		const texts = json.map(({ messageId }) => received().find(({ id }) => id === messageId)?.text);
		expect(texts).toEqual(items.map(({ text }) => text));
		expect(sandbox.requests.summary().inFlight.namirial.max).toBe(5);
	});
});
