import { LoadOptionsContext } from 'n8n-core';
import type { IDataObject, ILoadOptionsFunctions, INode } from 'n8n-workflow';
import { Wooxy } from '../../../nodes/Wooxy/Wooxy.node';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { FaultOrder } from '../../../sandbox/faults';
import { listId } from '../../../sandbox/wooxy/lists';
import { DISABLED_TOKEN, GOOD_TOKEN, MISMATCHED_TOKEN } from '../../../sandbox/wooxy/settings';
import { additionalDataFor, runNode, workflowWith } from '../harness/engine';
import type { RunOptions } from '../harness/engine';
import { QUEUED } from '../harness/queued';

const HANDSET = '+37255512345';
const OTHER = '+37255512346';
const DOMAIN = 'shop.example';
const CUSTOMERS = listId(DOMAIN, 'Customers');
const UNKNOWN_ID = '64f000000000000000000002';
const BAD_TOKEN = 'bm8tc3VjaC1rZXk';
const node = new Wooxy();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, clockScale: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

type ExtraOptions = Partial<RunOptions> & { accessToken?: string };

function credentialsFor(accessToken: string) {
	return { wooxyApi: { baseUrl: `${sandbox.url}/wooxy`, accessToken } };
}

async function run(parameters: RunOptions['parameters'], extra: ExtraOptions = {}) {
	const { accessToken = GOOD_TOKEN, ...options } = extra;
	return await runNode({ node, parameters, credentials: credentialsFor(accessToken), ...options });
}

const SEND = { resource: 'message', operation: 'send', domain: DOMAIN };
const TO_CONTACT = {
	resource: 'message',
	operation: 'sendToContact',
	contactListId: CUSTOMERS,
	contact: 'u-17',
};
const GET_STATUS = { resource: 'message', operation: 'getStatus', messageId: '={{ $json.id }}' };
const text = { to: HANDSET, message: 'Code 1234' };
const INTERNAL_ERROR = '{"result":false,"errors":["Internal server error"]}';
/** An expression with an empty result: n8n itself rejects a required field that is left empty. */
const EMPTY = '={{ "" }}';
const continueOnFail = { settings: { onError: 'continueRegularOutput' as const } };

const arrived = (handset?: string) =>
	sandbox.messages.list({ direction: 'out', ...(handset && { handset }) });
const countRequests = (operation: string) => sandbox.requests.count('wooxy', operation);
const bodies = (operation: string): IDataObject[] =>
	sandbox.requests.list({ provider: 'wooxy', operation }).map(({ body }) => JSON.parse(body));
const addFault = (order: Omit<FaultOrder, 'provider'>) =>
	sandbox.faults.add({ provider: 'wooxy', ...order });

/** Sends this many texts, without the node under test. */
async function texts(count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		const response = await fetch(`${sandbox.url}/wooxy/v3/sms/send`, {
			method: 'POST',
			headers: { 'Access-Token': GOOD_TOKEN, 'Content-Type': 'application/json' },
			body: JSON.stringify({ domain: DOMAIN, phoneNumber: HANDSET, text: `Text ${index}` }),
		});
		ids.push(((await response.json()) as { sms_id: string }).sms_id);
	}
	return ids;
}

describe.each(['all200', 'mapped'] as const)('with HTTP statuses %s', (statusMode) => {
	beforeEach(() => sandbox.configure('wooxy', { statusMode }));

	it('Send returns the message that arrives', async () => {
		const { json } = await run({ ...SEND, ...text, to: '+372 5551-2345' });
		const [message] = arrived(HANDSET);
		expect(json).toEqual([
			{
				...QUEUED,
				provider: 'wooxy',
				messageId: message.id,
				to: HANDSET,
				providerStatus: 'accepted',
				segments: 1,
				encoding: 'GSM-7',
			},
		]);
		expect(message.text).toBe('Code 1234');
	});

	it('a rejection is an error with Wooxy’s text', async () => {
		const { error } = await run({ ...SEND, ...text, domain: 'unverified.example' });
		expect(error?.message).toBe(
			'Wooxy responded: Domain not found in your account or not verified [Item 0]',
		);
		expect(error?.description).toContain('Choose the domain from the list');
	});

	it.each([
		['an unknown', BAD_TOKEN, 'Wooxy responded: no matches found for access token ***'],
		[
			'a foreign',
			MISMATCHED_TOKEN,
			'Wooxy responded: access token check failed for key/secret 1042/***',
		],
		['a disabled', DISABLED_TOKEN, 'Wooxy responded: user 1042 not enabled'],
	])(
		'%s key is an error of the credential that does not show the key',
		async (_name, key, message) => {
			const { error, run: execution } = await run({ ...SEND, ...text }, { accessToken: key });
			expect(error?.message).toBe(`${message} [Item 0]`);
			expect(error?.context?.kind).toBe('credential');
			expect(JSON.stringify(execution.data.resultData)).not.toContain(key);
		},
	);

	it('an unknown contact is an error', async () => {
		const { error } = await run({ ...TO_CONTACT, contact: 'nobody', message: 'Hi' });
		expect(error?.message).toBe('Wooxy responded: Contact not found [Item 0]');
	});

	it('an unknown message is an item with found: false', async () => {
		const { json } = await run(GET_STATUS, { items: [{ id: UNKNOWN_ID }] });
		expect(json).toMatchObject([
			{
				messageId: UNKNOWN_ID,
				found: false,
				status: 'unknown',
				isFinal: false,
				errorMessage: `SMS ${UNKNOWN_ID} not found`,
			},
		]);
	});
});

describe('Send', () => {
	it('sends the sender and the tags', async () => {
		const options = { from: 'Shop 24', tags: 'otp, login' };
		const { json } = await run({ ...SEND, ...text, options });
		expect(bodies('sms/send')).toEqual([
			{
				domain: DOMAIN,
				phoneNumber: HANDSET,
				fromName: 'Shop 24',
				text: 'Code 1234',
				tags: ['otp', 'login'],
			},
		]);
		expect(json).toMatchObject([{ from: 'Shop 24' }]);
	});

	it('leaves out an empty sender and empty tags', async () => {
		await run({ ...SEND, ...text, options: { from: ' ', tags: '' } });
		const [body] = bodies('sms/send');
		expect(Object.keys(body).sort()).toEqual(['domain', 'phoneNumber', 'text']);
	});

	it('accepts a number in any format as the sender', async () => {
		await run({ ...SEND, ...text, options: { from: '+372 5551 2300' } });
		expect(bodies('sms/send')).toMatchObject([{ fromName: '+37255512300' }]);
	});

	it('reads numbers in the default country', async () => {
		await run({ ...SEND, message: 'Hi', to: '5551 2345', options: { defaultCountry: 'EE' } });
		expect(arrived(HANDSET)).toHaveLength(1);
	});

	it('adds the response with Simplify off', async () => {
		const { json } = await run({ ...SEND, ...text, simplify: false });
		expect(json[0].raw).toEqual({ result: true, sms_id: json[0].messageId });
	});

	it.each([
		['a plain text', DOMAIN],
		['an expression', '={{ $json.domain }}'],
		['a choice of the list', { __rl: true, mode: 'list', value: DOMAIN }],
		['a name', { __rl: true, mode: 'name', value: DOMAIN }],
		['an expression as a name', { __rl: true, mode: 'name', value: '={{ $json.domain }}' }],
	])('accepts the domain as %s', async (_name, domain) => {
		await run({ ...SEND, ...text, domain }, { items: [{ domain: DOMAIN }] });
		expect(bodies('sms/send')).toMatchObject([{ domain: DOMAIN }]);
	});

	it('keeps results in item order and pairs them', async () => {
		addFault({ kind: 'delay', operation: 'sms/send', contains: 'Text 0', ms: 150 });
		const items = Array.from({ length: 25 }, (_, index) => ({ message: `Text ${index}` }));
		const { items: out } = await run(
			{ ...SEND, to: HANDSET, message: '={{ $json.message }}' },
			{ items },
		);
		const byId = new Map(arrived().map(({ id, text: sent }) => [id, sent]));
		expect(out.map(({ json }) => byId.get(String(json.messageId)))).toEqual(
			items.map(({ message }) => message),
		);
		expect(out.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
	});

	it('has at most ten requests in flight, even with a higher Concurrency', async () => {
		addFault({ kind: 'delay', operation: 'sms/send', times: 'always', ms: 20 });
		const items = Array.from({ length: 60 }, () => ({}));
		await run({ ...SEND, ...text, options: { concurrency: 50 } }, { items });
		expect(sandbox.requests.summary().inFlight.wooxy.max).toBe(10);
		expect(arrived()).toHaveLength(60);
	});

	const BAD: Array<[string, IDataObject, string]> = [
		['an impossible number', { to: '+372 12' }, '"+372 12" cannot be a phone number'],
		['no number', { to: '' }, 'The phone number is empty'],
		['two numbers', { to: `${HANDSET}, ${OTHER}` }, 'is more than one number'],
		['an empty text', { message: '  ' }, 'The message is empty'],
		['no domain', { domain: '' }, 'The Domain is empty'],
		['a long sender', { from: 'Shop of Anna' }, 'From "Shop of Anna" is neither a name'],
		['a sender with a hyphen', { from: 'Shop-24' }, 'From "Shop-24" is neither a name'],
		['a reserved tag', { tags: '_otp' }, 'The tag "_otp" begins with an underscore'],
		['a long tag', { tags: 'x'.repeat(51) }, 'has 51 characters, and the maximum is 50'],
		['an empty tag', { tags: ['otp', ''] }, 'One of the tags is empty'],
	];
	const FIELDS = {
		...SEND,
		domain: '={{ $json.domain }}',
		to: '={{ $json.to }}',
		message: '={{ $json.message }}',
		options: { from: '={{ $json.from }}', tags: '={{ $json.tags }}' },
	};
	const good = { domain: DOMAIN, to: HANDSET, message: 'Hi', from: 'Shop 24', tags: 'otp' };

	it.each(BAD)('rejects %s before any request', async (_name, bad, message) => {
		const { error } = await run(FIELDS, { items: [{ ...good, ...bad }] });
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[Item 0]');
		expect(countRequests('sms/send')).toBe(0);
	});

	it('sends the valid items among invalid ones with Continue On Fail', async () => {
		const items = BAD.flatMap(([, bad]) => [{ ...good, ...bad }, good]);
		const { json } = await run(FIELDS, { items, ...continueOnFail });
		expect(json.filter(({ error }) => error === undefined)).toHaveLength(BAD.length);
		BAD.forEach(([, , message], index) => {
			expect(json[2 * index].error).toContain(message);
			expect(json[2 * index].error).toContain(`[Item ${2 * index}]`);
		});
		expect(arrived()).toHaveLength(BAD.length);
	});
});

describe('Send to Contact', () => {
	it.each(['u-17', 'anna@example.com', HANDSET])('reaches the contact %s', async (contact) => {
		const { json } = await run({ ...TO_CONTACT, contact, message: 'Hello {{name}}' });
		const [message] = arrived(HANDSET);
		expect(message.text).toBe('Hello Anna');
		expect(json).toMatchObject([{ messageId: message.id, status: 'queued' }]);
	});

	it('sends variables, which Wooxy fills in', async () => {
		const variables = { variable: [{ name: 'city', value: 'Tartu' }] };
		await run({ ...TO_CONTACT, message: 'From {{city}}', options: { variables } });
		expect(arrived(HANDSET)).toMatchObject([{ text: 'From Tartu' }]);
	});

	it('accepts expressions as the values of variables', async () => {
		const variables = { variable: [{ name: 'city', value: '={{ $json.city }}' }] };
		const items = [{ city: 'Tartu' }];
		await run({ ...TO_CONTACT, message: 'From {{city}}', options: { variables } }, { items });
		expect(arrived(HANDSET)).toMatchObject([{ text: 'From Tartu' }]);
	});

	it.each([
		['list', { contactListId: '' }, 'The Contact List is empty'],
		['contact', { contact: EMPTY }, 'The Contact is empty'],
		['text', { message: EMPTY }, 'The message is empty'],
	])('rejects an empty %s before any request', async (_name, bad, message) => {
		const { error } = await run({ ...TO_CONTACT, message: 'Hi', ...bad });
		expect(error?.message).toBe(`${message} [Item 0]`);
		expect(countRequests('sms/trigger')).toBe(0);
	});
});

describe.each([
	['sms/send', { ...SEND, ...text }],
	['sms/trigger', { ...TO_CONTACT, message: 'Code 1234' }],
])('A send by %s', (operation, parameters) => {
	it.each([
		[
			'lost connection',
			{ kind: 'reset' as const },
			'broke before the complete response was received',
		],
		['HTML page', { kind: 'html' as const, status: 502 }, 'HTTP 502 with an HTML page'],
		['empty body', { kind: 'empty' as const }, 'HTTP 200 with an empty body'],
		['truncated body', { kind: 'truncate' as const }, 'Expected JSON'],
		['broken body', { kind: 'truncate' as const, broken: true }, 'broke before'],
		['empty 500', { kind: 'empty' as const, status: 500 }, 'HTTP 500 with an empty body'],
	])('that gets a %s may have gone out and is not retried', async (_name, order, reason) => {
		addFault({ ...order, operation, when: 'after' });
		const { error } = await run(parameters);
		expect(error?.message).toContain(reason);
		expect(error?.message).toContain('The message may have gone out');
		expect(error?.context?.kind).toBe('ambiguous');
		expect(arrived(HANDSET)).toHaveLength(1);
	});

	it('that causes an internal error may have gone out and is not retried', async () => {
		addFault({ kind: 'status', status: 500, body: INTERNAL_ERROR, operation, when: 'after' });
		const { error } = await run(parameters);
		expect(error?.message).toContain('Wooxy responded: Internal server error');
		expect(error?.message).toContain('The message may have gone out');
		expect(countRequests(operation)).toBe(1);
	});

	it('that exceeds a rate limit is retried after the delay', async () => {
		const body = '{"result":false,"errors":["Too many requests"]}';
		addFault({ kind: 'status', status: 429, headers: { 'Retry-After': '0' }, body, operation });
		const { json } = await run(parameters);
		expect(json).toMatchObject([{ status: 'queued' }]);
		expect(arrived(HANDSET)).toHaveLength(1);
	});

	it('is not repeated by Retry On Fail', async () => {
		addFault({ kind: 'html', operation, when: 'after', every: 3 });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const items = [{}, {}, {}, {}, {}];
		const options = { concurrency: 1 };
		await run({ ...parameters, options }, { settings, items });
		expect(arrived(HANDSET)).toHaveLength(3);
	});
});

describe('Get Status', () => {
	it('follows a message to the handset', async () => {
		const [id] = await texts(1);
		const seen: unknown[] = [];
		for (const milliseconds of [0, 300, 300, 1800]) {
			await sandbox.clock.advance(milliseconds);
			const { json } = await run(GET_STATUS, { items: [{ id }] });
			seen.push([json[0].providerStatus, json[0].status, json[0].isFinal]);
		}
		expect(seen).toEqual([
			['new', 'queued', false],
			['queued', 'queued', false],
			['sent', 'sent', false],
			['delivered', 'delivered', true],
		]);
	});

	it('returns the message with its time and its text', async () => {
		const [id] = await texts(1);
		const { json } = await run({ ...GET_STATUS, simplify: false }, { items: [{ id }] });
		expect(json).toMatchObject([
			{ found: true, messageId: id, to: HANDSET, from: 'Wooxy', text: 'Text 0', raw: { id } },
		]);
		expect(Math.abs(Date.parse(String(json[0].createdAt)) - Date.now())).toBeLessThan(60_000);
	});

	it.each([
		['undelivered', '+37255500161', 'undelivered', true],
		['failed', '+37255500163', 'failed', true],
		['a status that is not documented', '+37255512399', 'unknown', false],
	])('returns %s', async (providerStatus, number, status, isFinal) => {
		if (status === 'unknown') sandbox.numbers.set(number, providerStatus);
		const { json: sent } = await run({ ...SEND, message: 'Hi', to: number });
		await sandbox.clock.advance(5_000);
		const { json } = await run(GET_STATUS, { items: [{ id: sent[0].messageId }] });
		expect(json).toMatchObject([{ status, isFinal, providerStatus }]);
	});

	it('reads a response with the published errors: keys that contain spaces or differ from the ID', async () => {
		const ids = await texts(3);
		sandbox.configure('wooxy', { infoBlankKeys: true, infoAlteredKeys: true });
		const items = [...ids, UNKNOWN_ID].map((id) => ({ id }));
		const { json } = await run(GET_STATUS, { items });
		expect(json.map(({ messageId, found }) => [messageId, found])).toEqual([
			...ids.map((id) => [id, true]),
			[UNKNOWN_ID, false],
		]);
	});

	it.each(['emptyArray', 'null', 'absent'])('finds nothing if data is %s', async (form) => {
		sandbox.configure('wooxy', { infoUnmatched: form });
		const { json } = await run(GET_STATUS, { items: [{ id: UNKNOWN_ID }] });
		expect(json).toMatchObject([{ found: false, messageId: UNKNOWN_ID }]);
	});

	it('requests an ID once, and returns it for each item that has it', async () => {
		const [id] = await texts(1);
		const { json, items } = await run(GET_STATUS, { items: [{ id }, { id: ` ${id} ` }, { id }] });
		expect(json.map(({ messageId, found }) => [messageId, found])).toEqual(
			Array.from({ length: 3 }, () => [id, true]),
		);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(bodies('sms/info')).toEqual([{ ids: [id] }]);
	});

	it('looks up 1000 IDs in 10 requests and 2 retries, with 37 unknown IDs', async () => {
		const existing = await texts(963);
		const ids = [...existing];
		for (let index = 0; index < 37; index++) {
			ids.splice(index * 27, 0, `64f0000000000000000e${String(index).padStart(4, '0')}`);
		}
		sandbox.requests.clear();
		addFault({ kind: 'delay', operation: 'sms/info', contains: ids[0], ms: 100 });
		addFault({ kind: 'html', operation: 'sms/info', contains: ids[500], times: 2 });
		const { json, items } = await run(GET_STATUS, { items: ids.map((id) => ({ id })) });
		expect(json.map(({ messageId }) => messageId)).toEqual(ids);
		expect(json.map(({ found }) => found)).toEqual(ids.map((id) => existing.includes(id)));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(countRequests('sms/info')).toBe(12);
		expect(bodies('sms/info').map(({ ids: chunk }) => (chunk as string[]).length)).toEqual(
			Array.from({ length: 12 }, () => 100),
		);
		expect(sandbox.requests.summary().inFlight.wooxy.max).toBeLessThanOrEqual(10);
	});

	it('has as many requests in flight as Concurrency says', async () => {
		addFault({ kind: 'delay', operation: 'sms/info', times: 'always', ms: 20 });
		const items = Array.from({ length: 450 }, (_, index) => ({ id: `id-${index}` }));
		await run({ ...GET_STATUS, options: { concurrency: 2 } }, { items });
		expect(countRequests('sms/info')).toBe(5);
		expect(sandbox.requests.summary().inFlight.wooxy.max).toBe(2);
	});

	it('fails only the items of a request that fails', async () => {
		const ids = Array.from({ length: 150 }, (_, index) => `id-${index}`);
		addFault({ kind: 'status', status: 404, contains: 'id-149', times: 'always' });
		const { json } = await run(GET_STATUS, { items: ids.map((id) => ({ id })), ...continueOnFail });
		expect(json.map(({ found }) => found)).toEqual(
			ids.map((_, index) => (index < 100 ? false : undefined)),
		);
		expect(json[100].error).toContain('[Item 100]');
	});

	it('fails only the item without an ID', async () => {
		const { json } = await run(GET_STATUS, {
			items: [{ id: '' }, { id: UNKNOWN_ID }],
			...continueOnFail,
		});
		expect(json).toMatchObject([
			{ error: 'The Message ID is empty [Item 0]' },
			{ found: false, messageId: UNKNOWN_ID },
		]);
	});

	it('fails only the item whose expression fails', async () => {
		const parameters = { ...GET_STATUS, messageId: '={{ $json.id.trim() }}' };
		const { json } = await run(parameters, { items: [{}, { id: UNKNOWN_ID }], ...continueOnFail });
		expect(json[0].error).toContain('[Item 0]');
		expect(json[1]).toMatchObject({ found: false, messageId: UNKNOWN_ID });
	});

	it.each([
		['a lost connection', { kind: 'reset' as const }],
		['an HTML page', { kind: 'html' as const }],
		['an internal error', { kind: 'status' as const, status: 200, body: INTERNAL_ERROR }],
	])('is retried after %s', async (_name, order) => {
		addFault({ ...order, operation: 'sms/info' });
		const { json } = await run(GET_STATUS, { items: [{ id: UNKNOWN_ID }] });
		expect(json).toMatchObject([{ found: false }]);
		expect(countRequests('sms/info')).toBe(2);
	});
});

describe('Contacts', () => {
	const contact = { resource: 'contact', contactListId: CUSTOMERS };

	it.each(['u-17', 'anna@example.com', '+372 5551 2345'])('Get finds %s', async (key) => {
		const { json } = await run({ ...contact, operation: 'get', contact: key });
		expect(json).toMatchObject([
			{ provider: 'wooxy', contactListId: CUSTOMERS, name: 'Anna', phoneNumber: HANDSET },
		]);
	});

	it('Get of an unknown contact is an error', async () => {
		const { error } = await run({ ...contact, operation: 'get', contact: 'nobody' });
		expect(error?.message).toBe('Wooxy responded: Contact not found [Item 0]');
		expect(error?.context?.kind).toBe('notFound');
	});

	it('Create or Update creates, then updates, and Get Request Status reports it', async () => {
		const upsert = { ...contact, operation: 'upsert', contact: OTHER };
		const variables = { variable: [{ name: 'city', value: 'Tartu' }] };
		const { json } = await run({ ...upsert, fields: { name: 'Berta', smsSubscribe: true } });
		expect(json).toEqual([
			{
				provider: 'wooxy',
				requestId: expect.any(String),
				contactListId: CUSTOMERS,
				contact: OTHER,
			},
		]);
		const status = {
			resource: 'contact',
			operation: 'getRequestStatus',
			requestId: json[0].requestId as string,
		};
		expect((await run(status)).json).toMatchObject([{ status: 'new', succeeded: [] }]);
		await sandbox.clock.advance(1_000);
		await run({ ...upsert, fields: { firstName: 'Berta', contactBirthday: '' }, variables });
		await sandbox.clock.advance(1_000);
		expect((await run(status)).json).toMatchObject([
			{
				requestId: json[0].requestId,
				status: 'done',
				succeeded: [{ phone: OTHER }],
				failed: [],
			},
		]);
		const { json: updated } = await run({ ...contact, operation: 'get', contact: OTHER });
		expect(updated).toMatchObject([
			{
				name: 'Berta',
				firstName: 'Berta',
				phoneNumber: OTHER,
				smsSubscribe: true,
				variables: [{ name: 'city', value: 'Tartu' }],
			},
		]);
	});

	it('Create or Update rejects a birthday that is not a date', async () => {
		const upsert = { ...contact, operation: 'upsert', contact: 'u-17' };
		const { error } = await run({ ...upsert, fields: { contactBirthday: '31 January' } });
		expect(error?.message).toBe('Birthday "31 January" is not a date [Item 0]');
	});

	it('Delete removes the contact a moment later', async () => {
		const { json } = await run({ ...contact, operation: 'delete', contact: 'u-17' });
		expect(json).toMatchObject([{ requestId: expect.any(String), contact: 'u-17' }]);
		await sandbox.clock.advance(1_000);
		const { error } = await run({ ...contact, operation: 'get', contact: 'u-17' });
		expect(error?.context?.kind).toBe('notFound');
	});

	it('Get Request Status of an unknown ID is an error', async () => {
		const status = { resource: 'contact', operation: 'getRequestStatus', requestId: UNKNOWN_ID };
		const { error } = await run(status);
		expect(error?.message).toBe(`Wooxy has no request "${UNKNOWN_ID}" [Item 0]`);
	});

	it('Get Request Status without an ID is an error', async () => {
		const status = { resource: 'contact', operation: 'getRequestStatus', requestId: EMPTY };
		const { error } = await run(status);
		expect(error?.message).toBe('The Request ID is empty [Item 0]');
	});

	it.each(['get', 'upsert', 'delete'])('%s without a contact is an error', async (operation) => {
		const { error } = await run({ ...contact, operation, contact: EMPTY });
		expect(error?.message).toBe('The Contact is empty [Item 0]');
	});

	it('a change whose response is lost is repeated, which is harmless', async () => {
		addFault({ kind: 'reset', operation: 'contacts/update', when: 'after' });
		const upsert = { ...contact, operation: 'upsert', contact: 'u-17' };
		const { json } = await run({ ...upsert, fields: { name: 'Anne' } });
		expect(json).toMatchObject([{ requestId: expect.any(String) }]);
		expect(countRequests('contacts/update')).toBe(2);
	});
});

describe('Blocked numbers', () => {
	const blocked = { resource: 'blockedNumber', phoneNumber: '+372 5551 2345' };

	it('are added, found and deleted', async () => {
		const { json: added } = await run({ ...blocked, operation: 'add' });
		expect(added).toEqual([
			{ provider: 'wooxy', phoneNumber: HANDSET, rejectType: 'import', blocked: true },
		]);
		const { json: found } = await run({ ...blocked, operation: 'getMany' });
		expect(found).toEqual([
			{
				provider: 'wooxy',
				phoneNumber: HANDSET,
				rejectType: 'import',
				blockedAt: expect.stringMatching(/^\d{4}-.*Z$/),
			},
		]);
		const { json: deleted } = await run({ ...blocked, operation: 'delete' });
		expect(deleted).toEqual([{ provider: 'wooxy', phoneNumber: HANDSET, blocked: false }]);
		expect((await run({ ...blocked, operation: 'getMany' })).json).toEqual([]);
	});

	it('are found by their reject type alone, if Wooxy allows it', async () => {
		sandbox.configure('wooxy', { blackListFindNeedsNumber: false });
		await run({ ...blocked, operation: 'add', rejectType: 'unsubscribe' });
		await run({ ...blocked, operation: 'add', phoneNumber: OTHER });
		const getMany = { resource: 'blockedNumber', operation: 'getMany', rejectType: 'unsubscribe' };
		expect((await run(getMany)).json).toMatchObject([{ phoneNumber: HANDSET }]);
	});

	it.each(['add', 'delete', 'getMany'])('%s rejects an impossible number', async (operation) => {
		const { error } = await run({ ...blocked, operation, phoneNumber: '12' });
		expect(error?.message).toContain('"12" cannot be a phone number');
		expect(sandbox.requests.summary().total).toBe(0);
	});
});

describe('Account, domains and contact lists', () => {
	it('the account has a name and a balance', async () => {
		const { json } = await run({ resource: 'account', operation: 'get' });
		expect(json).toEqual([{ provider: 'wooxy', accountName: 'Sandbox Shop', accountBalance: 100 }]);
	});

	it.each([true, false])('domains are listed, with isTrial as text: %s', async (isTrialAsText) => {
		sandbox.configure('wooxy', { isTrialAsText });
		const { json } = await run({ resource: 'domain', operation: 'getMany' });
		expect(json).toMatchObject([
			{ domain: 'shop.example', isTrial: false, createdAt: '2024-05-01T10:20:30.000Z' },
			{ domain: 'news.example', isTrial: false },
		]);
	});

	const MANY = Array.from({ length: 45 }, (_, index) => `d${index}.example`);

	it('all of many domains are read with Return All', async () => {
		sandbox.configure('wooxy', { domains: MANY });
		const { json } = await run({ resource: 'domain', operation: 'getMany', returnAll: true });
		expect(json.map(({ domain }) => domain)).toEqual(MANY);
	});

	it('as many domains are read as Limit says', async () => {
		sandbox.configure('wooxy', { domains: MANY });
		const { json } = await run({ resource: 'domain', operation: 'getMany', limit: 21 });
		expect(json.map(({ domain }) => domain)).toEqual(MANY.slice(0, 21));
	});

	it('all domains are read even if Wooxy’s pages are smaller than requested', async () => {
		sandbox.configure('wooxy', { domains: MANY, maximumLimit: 10 });
		const { json } = await run({ resource: 'domain', operation: 'getMany', returnAll: true });
		expect(json.map(({ domain }) => domain)).toEqual(MANY);
	});

	it('the contact lists of a domain are listed', async () => {
		const lists = { resource: 'contactList', operation: 'getMany' };
		const { json } = await run({ ...lists, domain: DOMAIN });
		expect(json).toMatchObject([
			{
				contactListId: CUSTOMERS,
				contactListName: 'Customers',
				domain: DOMAIN,
				smsFromName: 'Shop 24',
				isDefault: true,
				customVariables: [{ name: 'city', type: 'string' }],
			},
			{ contactListName: 'Suppliers', isDefault: false },
		]);
	});

	it('contact lists need a domain', async () => {
		const { error } = await run({ resource: 'contactList', operation: 'getMany' });
		expect(error?.message).toBe('The Domain is empty [Item 0]');
	});
});

describe('The drop-down', () => {
	function context(accessToken = GOOD_TOKEN): ILoadOptionsFunctions {
		const credentials = credentialsFor(accessToken);
		const workflow = workflowWith({ node, parameters: SEND, credentials });
		return new LoadOptionsContext(
			workflow,
			workflow.getNode('Node') as INode,
			additionalDataFor(credentials),
			'parameters.domain',
		);
	}
	const { searchDomains, searchContactLists } = node.methods.listSearch;
	type Search = typeof searchDomains;

	/** All pages, as shown to somebody who scrolls to the end. */
	async function scroll(search: Search, filter?: string) {
		const pages: string[][] = [];
		let token: string | undefined;
		do {
			const page = await search.call(context(), filter, token);
			pages.push(page.results.map(({ name }) => name));
			token = page.paginationToken as string | undefined;
		} while (token !== undefined);
		return pages;
	}

	it('of domains has pages', async () => {
		const domains = Array.from({ length: 45 }, (_, index) => `d${index}.example`);
		sandbox.configure('wooxy', { domains });
		const pages = await scroll(searchDomains);
		expect(pages.map(({ length }) => length)).toEqual([20, 20, 5]);
		expect(pages.flat()).toEqual(domains);
	});

	it('of domains finds a part of a name on a later page', async () => {
		const domains = [...Array.from({ length: 45 }, (_, index) => `d${index}.example`), 'shop.test'];
		sandbox.configure('wooxy', { domains });
		expect(await scroll(searchDomains, 'SHOP')).toEqual([['shop.test']]);
	});

	it('of domains may find nothing', async () => {
		expect(await searchDomains.call(context(), 'nowhere')).toEqual({ results: [] });
	});

	it('of contact lists goes through all domains', async () => {
		expect((await scroll(searchContactLists)).flat()).toEqual([
			'Customers (shop.example)',
			'Suppliers (shop.example)',
			'Readers (news.example)',
		]);
	});

	it('of contact lists has the ID as its value', async () => {
		const { results } = await searchContactLists.call(context(), 'custom');
		expect(results).toEqual([{ name: 'Customers (shop.example)', value: CUSTOMERS }]);
	});

	it('of contact lists goes through the pages of a domain', async () => {
		const contactLists = Array.from({ length: 25 }, (_, index) => ({
			contactListName: `List ${index}`,
			domain: index < 22 ? 'shop.example' : 'news.example',
			smsFromName: 'Shop',
			customVariables: [],
		}));
		sandbox.configure('wooxy', { contactLists });
		const pages = await scroll(searchContactLists);
		expect(pages.map(({ length }) => length)).toEqual([20, 2, 3]);
	});

	it('shows why it failed, without the key', async () => {
		await expect(searchDomains.call(context(BAD_TOKEN))).rejects.toThrow(
			'Wooxy responded: no matches found for access token ***',
		);
	});
});
