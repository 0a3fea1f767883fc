import { NamirialSms } from '../../nodes/Namirial/NamirialSms.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { PASSWORD, STATUS_KEY, USERNAME } from '../../sandbox/namirial/settings';
import { runNode, type RunOptions, type RunResult } from './engine';

const TO = '+393335550142';
const WORD = 'example-word-1';
const node = new NamirialSms();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, clockScale: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

type Extra = Partial<RunOptions> & { without?: string };

const credentials = () => ({
	namirialSmsGatewayApi: {
		baseUrl: `${sandbox.url}/namirial/gateway`,
		username: USERNAME,
		password: PASSWORD,
		postbackToken: WORD,
	},
	namirialSmsStatusApi: { baseUrl: `${sandbox.url}/namirial/status/api`, apiKey: STATUS_KEY },
});

async function run(parameters: RunOptions['parameters'], { without, ...options }: Extra = {}) {
	const has = Object.entries(credentials()).filter(([type]) => type !== without);
	return await runNode({ node, parameters, credentials: Object.fromEntries(has), ...options });
}

const SEND = { resource: 'message', operation: 'send', to: TO, message: 'Hi' };
const ON_BEHALF = { ...SEND, operation: 'sendOnBehalf', account: 'branch' };
const BY_KEY = { resource: 'message', operation: 'getManyByReference', returnAll: true };
const BY_NUMBER = { resource: 'message', operation: 'getManyByPhoneNumber', phoneNumber: TO };
const HEALTH = { resource: 'service', operation: 'getHealth' };
const REFERENCE = { referenceService: 'ECOMMERCE', referenceAction: 'PAID', referenceKey: 'a/b+c' };
const goOn = { settings: { onError: 'continueRegularOutput' as const } };
const arrived = () => sandbox.messages.list({ provider: 'namirial' });
const asked = (operation: string) => sandbox.requests.count('namirial', operation);
const errors = ({ json }: RunResult) => json.map(({ error }) => error);
const hints = ({ run: { data } }: RunResult) =>
	(data.resultData.runData.Node?.[0].hints ?? []).map(({ message }) => message);
const lose = (operation = 'Services/send', when: 'before' | 'after' = 'after') =>
	sandbox.faults.add({ kind: 'reset', provider: 'namirial', operation, when });
const rest = { from: null, errorCode: null, errorMessage: null, updatedAt: null };

describe('Send', () => {
	it('gives the message that arrives', async () => {
		const { json } = await run({ ...SEND, to: '0039 (333) 555-0142', options: REFERENCE });
		const [message] = arrived();
		expect(json).toEqual([
			{
				provider: 'namirial',
				messageId: message.id,
				referenceId: 'a/b+c',
				to: TO,
				status: 'queued',
				isFinal: false,
				providerStatus: 'accepted',
				sentAt: null,
				segments: 1,
				encoding: 'GSM-7',
				...rest,
			},
		]);
		expect(message).toMatchObject({ text: 'Hi', to: TO, reference: 'a/b+c' });
	});

	it('counts the segments of a long text with an emoji', async () => {
		const { json } = await run({ ...SEND, message: `${'a'.repeat(69)}😀` });
		expect(json[0].segments).toBe(2);
	});

	it('shows the provider’s answer without Simplify, with the upstream provider if Detailed', async () => {
		const { json } = await run({ ...SEND, simplify: false, options: { detailed: true } });
		expect(json[0].raw).toEqual({
			message: '0: Accepted for delivery',
			id: json[0].messageId,
			provider: 'PROVIDER1',
		});
	});

	it('tells by a hint that a message has no id', async () => {
		sandbox.configure('namirial', { droppedHasId: false, duplicateLimit: 0 });
		const result = await run(SEND);
		expect(result.json[0].messageId).toBeNull();
		expect(hints(result)).toEqual([expect.stringContaining('gave no ID')]);
	});

	it('tells by a hint that a number gets the same text for the third time', async () => {
		const two = await run(SEND, { items: [{}, {}] });
		expect(hints(two)).toEqual([]);
		sandbox.reset();
		const four = await run(SEND, { items: [{}, {}, {}, {}] });
		expect(hints(four)).toEqual([expect.stringContaining(`the same text went to ${TO}`)]);
		expect(arrived()).toHaveLength(2);
	});

	it('on Behalf names the account and the registration authority', async () => {
		const { json } = await run({ ...ON_BEHALF, options: { lra: 12, businessRelationId: 'br-1' } });
		const [{ body }] = sandbox.requests.list({ operation: 'Admin/send' });
		expect(JSON.parse(body)).toEqual({
			destination: TO,
			text: 'Hi',
			account: 'branch',
			lra: 12,
			businessRelationId: 'br-1',
		});
		expect(json[0].messageId).toBe(arrived()[0].id);
	});
});

describe('Status Updates', () => {
	const urlOfWebhook = () => {
		const [{ body }] = sandbox.requests.list({ operation: 'Services/send' });
		return (JSON.parse(body) as { webhook?: { url: string } }).webhook?.url;
	};

	it('to nowhere ask for nothing', async () => {
		await run(SEND);
		expect(urlOfWebhook()).toBeUndefined();
	});

	it('to an address go there', async () => {
		const statusUrl = 'https://hooks.example.org/a1b2';
		await run({ ...SEND, statusUpdates: 'url', statusUrl });
		expect(urlOfWebhook()).toBe(statusUrl);
	});

	it('to the trigger of the workflow carry its token', async () => {
		const type = 'n8n-nodes-sms-gateways.namirialSmsTrigger';
		const staticData = {
			global: { smsTriggers: { [type]: { t: 'https://n8n.example/webhook/1' } } },
		};
		await run({ ...SEND, statusUpdates: 'trigger' }, { staticData });
		expect(urlOfWebhook()).toBe('https://n8n.example/webhook/1?token=example-word-1');
	});

	it('to a trigger that is not there are an error', async () => {
		const { error } = await run({ ...SEND, statusUpdates: 'trigger' });
		expect(error?.message).toContain('it has none that is active');
		expect(asked('Services/send')).toBe(0);
	});

	it('over http are refused before the call', async () => {
		const { error } = await run({
			...SEND,
			statusUpdates: 'url',
			statusUrl: 'http://hooks.example.org/a1b2',
		});
		expect(error?.message).toBe(
			'Namirial posts status updates to https addresses only, and "http://hooks.example.org" is not one [Item 0]',
		);
		expect(error?.description).toContain('WEBHOOK_URL');
		expect(asked('Services/send')).toBe(0);
	});

	it('over http to this machine are let through, for the sandbox', async () => {
		await run({ ...SEND, statusUpdates: 'url', statusUrl: 'http://localhost:9/hook' });
		expect(arrived()).toHaveLength(1);
	});
});

describe('bad input', () => {
	it('gives each item its own error, before any request, while the others go through', async () => {
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
			{ ...goOn, items },
		);
		expect(errors(result)).toEqual([
			undefined,
			'"12" cannot be a phone number: its length or country code is impossible [Item 1]',
			'The message is empty [Item 2]',
			'The message has 1601 characters, and Namirial takes no more than 1600 [Item 3]',
			'Reference Key is set without a Reference Service, which Namirial refuses [Item 4]',
			'Reference Action is set without a Reference Service, which Namirial refuses [Item 5]',
			'Skip If Reference Exists is on, but the message has no Reference Key [Item 6]',
			undefined,
		]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		expect(asked('Services/send')).toBe(2);
	});

	it.each([
		[{ account: ' ' }, 'The account is empty [Item 0]'],
		[{ options: { lra: 1.5 } }, 'The LRA "1.5" is not a whole number [Item 0]'],
	])('of Send on Behalf, %j, is an error', async (change, message) => {
		const { error } = await run({ ...ON_BEHALF, ...change });
		expect(error?.message).toBe(message);
	});

	it.each([
		[
			{ resource: 'message', operation: 'getStatus', messageId: '42' },
			'"42" is not a message ID of Namirial [Item 0]',
		],
		[{ ...BY_NUMBER, phoneNumber: '={{ $json.none }}' }, 'The phone number is empty [Item 0]'],
		[{ ...BY_KEY, referenceKey: '={{ $json.none }}' }, 'The reference key is empty [Item 0]'],
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
			'Looking messages up needs the credential "Namirial SMS Status API"',
		],
		[
			BY_NUMBER,
			'namirialSmsStatusApi',
			'Looking messages up needs the credential "Namirial SMS Status API"',
		],
	])('that %j lacks is named', async (parameters, without, message) => {
		const { error } = await run(parameters, { without });
		expect(error?.message).toBe(`${message}, and this node has none [Item 0]`);
	});

	it('for sending alone is enough to send', async () => {
		const { json } = await run(SEND, { without: 'namirialSmsStatusApi' });
		expect(json[0].status).toBe('queued');
	});

	it.each([[500], [401]])('with a wrong password is an error, under HTTP %i', async (status) => {
		sandbox.configure('namirial', { password: 'another', authenticationStatus: status });
		const { error } = await run(SEND);
		expect(error?.message).toBe(
			'Namirial refused the message with code 63 "Authentication error": the username or password is missing or wrong [Item 0]',
		);
	});

	it('with a wrong key is an error of the look-up', async () => {
		sandbox.configure('namirial', { apiKey: 'another' });
		const { error } = await run(BY_NUMBER);
		expect(error?.message).toContain('Namirial refused the API key');
	});

	it('shows in no error that echoes it', async () => {
		const login = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');
		const body = `<html>${PASSWORD} ${login} ${STATUS_KEY}</html>`;
		sandbox.faults.add({ kind: 'status', status: 400, body, times: 'always' });
		const results = [await run(SEND), await run(BY_NUMBER), await run(HEALTH)];
		const shown = JSON.stringify(results.map(({ error }) => [error?.message, error?.description]));
		expect(shown).toContain('*** *** ***');
		for (const secret of [PASSWORD, login, STATUS_KEY]) expect(shown).not.toContain(secret);
	});
});

describe('a refusal', () => {
	it('by the number is the error of its item, while the others go through', async () => {
		const numbers = ['+393335550108', TO, '+393335550161', '+393335550174'];
		const result = await run(
			{ ...SEND, to: '={{ $json.to }}' },
			{ ...goOn, items: numbers.map((to) => ({ to })) },
		);
		expect(errors(result)).toEqual([
			'Namirial refused the message with code 8 "Wrong number": the number cannot receive texts [Item 0]',
			undefined,
			expect.stringContaining('code 61'),
			expect.stringContaining('code 74'),
		]);
		expect(asked('Services/send')).toBe(4);
		expect(arrived()).toHaveLength(1);
	});

	it('by an unknown reference service names it and what to do', async () => {
		const { error } = await run({ ...SEND, options: { referenceService: 'SHOP' } });
		expect(error?.message).toContain('code 59');
		expect(error?.description).toContain('Set Reference Service');
	});

	it('with code 64 is tried again up to three times, and texts nobody', async () => {
		const { error } = await run({ ...SEND, to: '+393335550164' });
		expect(error?.message).toContain('its upstream provider is out of order for the moment');
		expect(asked('Services/send')).toBe(4);
		expect(arrived()).toHaveLength(0);
	});

	it('for flooding is not tried again', async () => {
		sandbox.configure('namirial', { volumeLimit: 1, duplicateLimit: 9 });
		const result = await run(SEND, { ...goOn, items: [{}, {}] });
		expect(errors(result)).toEqual(
			expect.arrayContaining([undefined, expect.stringContaining('(try again in 3600 seconds)')]),
		);
		expect(asked('Services/send')).toBe(2);
	});
});

describe('a lost answer', () => {
	const known = { ...SEND, options: REFERENCE };

	it('is made up for by the reference, with the real id', async () => {
		lose();
		const { json } = await run(known);
		expect(json).toMatchObject([
			{ messageId: arrived()[0].id, referenceId: 'a/b+c', to: TO, status: 'queued' },
		]);
		expect(json[0].providerStatus).toBe('PROVIDER_ACCEPTANCE');
		expect(asked('Services/send')).toBe(1);
	});

	it.each(['reset', 'truncate', 'empty', 'html', 'status'] as const)(
		'by %s is looked up, and the number texted once',
		async (kind) => {
			sandbox.faults.add({ kind, operation: 'Services/send', when: 'after', status: 500 });
			const { json } = await run(known);
			expect(json[0].messageId).toBe(arrived()[0].id);
			expect(arrived()).toHaveLength(1);
			expect(asked('Services/send')).toBe(1);
		},
	);

	it('of a send that never arrived says that the reference is not known', async () => {
		lose('Services/send', 'before');
		const { error } = await run(known);
		expect(error?.message).toContain('but the provider does not know its reference "a/b+c"');
		expect(asked('Services/send')).toBe(1);
		expect(arrived()).toHaveLength(0);
	});

	it('is sent once more where the user allows it and nothing was found', async () => {
		lose('Services/send', 'before');
		const options = { ...REFERENCE, sendAgainIfNotFound: true };
		const { json } = await run({ ...SEND, options });
		expect(json[0].messageId).toBe(arrived()[0].id);
		expect(arrived()).toHaveLength(1);
	});

	it('is not taken for another item’s message with the same reference', async () => {
		await run({ ...known, to: '+393335550143' });
		lose('Services/send', 'before');
		const { error } = await run(known);
		expect(error?.message).toContain('does not know its reference');
	});

	it('is not taken for a message of the same run', async () => {
		sandbox.faults.add({ kind: 'reset', operation: 'Services/send', contains: 'Ho' });
		const result = await run(
			{ ...known, message: '={{ $json.text }}', options: { ...REFERENCE, concurrency: 1 } },
			{ ...goOn, items: [{ text: 'Hi' }, { text: 'Ho' }] },
		);
		expect(errors(result)).toEqual([
			undefined,
			expect.stringContaining('does not know its reference'),
		]);
	});

	it('is not taken for an old message with the same reference', async () => {
		sandbox.configure('namirial', { providerTime: '2026-01-01T10:00:00Z' });
		await run(known);
		sandbox.configure('namirial', { providerTime: null });
		lose('Services/send', 'before');
		const { error } = await run({ ...known, message: 'Ho' });
		expect(error?.message).toContain('does not know its reference');
	});

	it('without a reference says that the message may be out, and what would have helped', async () => {
		lose();
		const { error } = await run(SEND);
		expect(error?.message).toContain('The message may have gone out');
		expect(error?.description).toContain('Set Reference Service and Reference Key');
		expect(asked('messagestatus/reference')).toBe(0);
	});

	it('without the credential for look-ups names it', async () => {
		lose();
		const { error } = await run(known, { without: 'namirialSmsStatusApi' });
		expect(error?.description).toContain('Choose a Namirial SMS Status API credential');
	});

	it('that cannot be looked up either says why', async () => {
		lose();
		sandbox.configure('namirial', { apiKey: 'another' });
		const { error } = await run(known);
		expect(error?.message).toContain('and looking it up failed: Namirial refused the API key');
	});

	it('of a plain HTTP 500 is not sent again', async () => {
		const { error } = await run({ ...SEND, to: '+393335550191' });
		expect(error?.message).toContain('Internal Server Error');
		expect(error?.message).toContain('The message may have gone out');
		expect(asked('Services/send')).toBe(1);
	});

	it('texts nobody twice with Retry On Fail', async () => {
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
				settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
			},
		);
		expect(result.error?.message).toContain('The message may have gone out');
		const texts = arrived().map(({ text }) => text);
		expect(new Set(texts).size).toBe(texts.length);
	});
});

describe('Skip If Reference Exists', () => {
	const options = { ...REFERENCE, skipIfReferenceExists: true };

	it('returns the message that is there and sends nothing', async () => {
		const { json: first } = await run({ ...SEND, options });
		const { json: second } = await run({ ...SEND, message: 'Hi again', options });
		expect(second).toMatchObject([{ messageId: first[0].messageId, alreadySent: true }]);
		expect(arrived()).toHaveLength(1);
	});

	it('sends where only another service or action has the key', async () => {
		await run({ ...SEND, options });
		await run({ ...SEND, options: { ...options, referenceAction: 'SHIPPED' } });
		expect(arrived()).toHaveLength(2);
	});
});

describe('Get Status', () => {
	const look = { resource: 'message', operation: 'getStatus' };

	it('follows a message to its end', async () => {
		const { json } = await run({ ...SEND, to: '+393335550102', options: REFERENCE });
		const { messageId } = json[0] as { messageId: string };
		expect((await run({ ...look, messageId })).json[0]).toMatchObject({
			found: true,
			status: 'queued',
			providerStatus: 'PROVIDER_ACCEPTANCE',
			referenceId: 'a/b+c',
			segments: 1,
		});
		await sandbox.clock.advance();
		const { json: end } = await run({ ...look, messageId, simplify: false });
		expect(end[0]).toMatchObject({ found: true, status: 'undelivered', isFinal: true });
		expect(end[0].errorCode).toBeTruthy();
		expect(end[0].errorMessage).toBeTruthy();
		expect(end[0].raw).toMatchObject({ message: { id: messageId, status: 'UNDELIVERED' } });
	});

	it('of an RCS message is not final before it is read', async () => {
		const { json } = await run({ ...SEND, to: '+393335550105' });
		await sandbox.clock.advance();
		const { json: now } = await run({ ...look, messageId: json[0].messageId as string });
		expect(now).toMatchObject([{ status: 'delivered', isFinal: false }]);
	});

	it('of a text that was discarded is found false, with the reason it may have', async () => {
		const { json } = await run(SEND, { items: [{}, {}, {}] });
		const items = json.map(({ messageId }) => ({ messageId }));
		const { json: now } = await run({ ...look, messageId: '={{ $json.messageId }}' }, { items });
		const found = now.filter(({ found: is }) => is);
		const lost = now.filter(({ found: is }) => !is);
		expect([found.length, lost.length]).toEqual([2, 1]);
		expect(lost[0]).toMatchObject({ status: 'unknown', isFinal: false });
		expect(lost[0].errorMessage).toContain('discards a text');
	});
});

describe('Get Many', () => {
	it('by Reference finds what has the key, with slash and plus', async () => {
		await run({ ...SEND, options: REFERENCE });
		await run({ ...SEND, options: { ...REFERENCE, referenceKey: 'a' } });
		const { json } = await run({ ...BY_KEY, referenceKey: 'a/b+c' });
		expect(json).toMatchObject([{ referenceId: 'a/b+c', messageId: arrived()[0].id, to: null }]);
	});

	it('by Phone Number gives the messages of that number', async () => {
		await run(SEND);
		await run({ ...SEND, to: '+393335550143' });
		const { json } = await run({
			...BY_NUMBER,
			phoneNumber: '333 555 0142',
			options: { defaultCountry: 'IT' },
		});
		expect(json).toMatchObject([{ messageId: arrived()[0].id, to: TO }]);
	});

	it('that finds nothing gives no items', async () => {
		const { json, error } = await run(BY_NUMBER);
		expect(json).toEqual([]);
		expect(error).toBeUndefined();
	});

	it('is tried again after HTTP 503', async () => {
		sandbox.faults.add({ kind: 'status', status: 503, operation: 'messagestatus/phonenumber' });
		const { error } = await run(BY_NUMBER);
		expect(error).toBeUndefined();
		expect(asked('messagestatus/phonenumber')).toBe(2);
	});

	describe.each([[false], [true]])('with a bound that is inclusive: %s', (sendDateInclusive) => {
		const fill = async (times: string[], each: number) => {
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

		it('Return All brings every message once across equal times', async () => {
			await fill(['2026-03-01T10:00:00Z', '2026-03-01T10:00:01Z', '2026-03-01T10:00:02Z'], 70);
			const result = await run({ ...BY_KEY, referenceKey: 'a/b+c' });
			expect(idsOf(result.json)).toEqual(idsOf(arrived()));
			expect(hints(result)).toEqual([]);
		});

		it('says that more than 100 share a moment', async () => {
			await fill(['2026-03-01T10:00:00Z', '2026-03-01T10:00:01Z'], 110);
			const result = await run({ ...BY_NUMBER, returnAll: true });
			expect(hints(result)).toHaveLength(2);
			expect(hints(result)[0]).toContain('100 messages were taken at 2026-03-01T10:00:01.000Z');
		});

		it('Limit and Sent Before are kept', async () => {
			await fill(['2026-03-01T10:00:00Z', '2026-03-01T10:00:05Z'], 4);
			const sentBefore = '2026-03-01T10:00:05Z';
			const options = { sentBefore };
			const { json } = await run({ ...BY_NUMBER, returnAll: false, limit: 3, options });
			expect(json).toHaveLength(3);
			if (!sendDateInclusive) {
				expect(new Set(json.map(({ sentAt }) => sentAt))).toEqual(
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
	])('with %j asks %s', async (options, operation) => {
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
		expect(asked(operation)).toBe(1);
	});

	it('believes the body rather than HTTP 200', async () => {
		sandbox.configure('namirial', { healthy: false });
		const { json } = await run(HEALTH);
		expect(json).toMatchObject([{ healthy: false, errorMessage: 'Database is not reachable' }]);
	});

	it('of the admin service says who may ask', async () => {
		sandbox.configure('namirial', { admin: false });
		const { error } = await run({ ...HEALTH, options: { admin: true } });
		expect(error?.message).toContain('Namirial refused the username and password');
		expect(error?.description).toContain('administrators only');
	});
});

describe('several items', () => {
	it('have no more than five requests in flight, and come out in their order', async () => {
		sandbox.faults.add({ kind: 'delay', ms: 30, operation: 'Services/send', times: 'always' });
		const items = Array.from({ length: 20 }, (_, n) => ({ text: `Text ${n}` }));
		const { json } = await run({ ...SEND, message: '={{ $json.text }}' }, { items });
		const texts = json.map(({ messageId }) => arrived().find(({ id }) => id === messageId)?.text);
		expect(texts).toEqual(items.map(({ text }) => text));
		expect(sandbox.requests.summary().inFlight.namirial.max).toBe(5);
	});
});
