import type { IDataObject } from 'n8n-workflow';
import type { Api } from '../../nodes/Namirial/api/connection';
import { sendItem } from '../../nodes/Namirial/sending';
import type { Failure } from '../../nodes/shared/errors/failure';
import { createBatches } from '../../nodes/shared/http/batcher';
import { Item } from '../../nodes/shared/input/item';
import { ItemSends } from '../../nodes/shared/sending/itemSends';
import { Ledger } from '../../nodes/shared/sending/ledger';
import { thrownBy } from '../engine/harness/canned';
import { contextWith, itemWith } from '../engine/harness/contexts';
import { notedSends } from '../engine/harness/notedSends';
import { apiWith, ID, MESSAGE, type SentRequest } from './namirial';

/** What an item sends, what is an error before that, and which look-ups follow a lost response. */

const TO = '+393331112233';
const ACCEPTED = { message: '0: Accepted for delivery', id: ID };
const KEYED = { referenceService: 'S', referenceKey: 'k' };
const parametersWith = (options: IDataObject = {}, more: IDataObject = {}) => ({
	to: TO,
	message: 'Hi',
	options,
	...more,
});

/** The plan of an item, and the requests that following it makes. */
async function planned(
	parameters: IDataObject,
	{ changes, body = ACCEPTED, statusUrl }: Script = {},
) {
	const { sends, plans } = notedSends();
	const { api, requests } = apiWith(() => ({ status: 200, body }), changes);
	const outputs = await sendItem(itemWith(parameters), api, sends, { statusUrl });
	return { plan: plans[0], requests, outputs, api, sends };
}

interface Script {
	changes?: Partial<Api>;
	body?: object;
	statusUrl?: string;
}

describe('the plan of an item', () => {
	it('has its number and its reference key', async () => {
		const { plan } = await planned(parametersWith(KEYED));
		expect(plan).toMatchObject({
			intents: [{ recipient: TO, reference: 'k' }],
			isUserReference: true,
			find: expect.any(Function),
		});
	});

	it.each<[string, IDataObject, Partial<Api>]>([
		['a reference', {}, {}],
		['a reference key', { referenceService: 'S' }, {}],
		['the credential for look-ups', KEYED, { statusService: undefined }],
	])('has no look-up without %s', async (_, options, changes) => {
		const { plan } = await planned(parametersWith(options), { changes });
		expect(plan).toMatchObject({ intents: [{ recipient: TO }], isUserReference: false });
		expect(plan.find).toBeUndefined();
	});

	it('sends the message of the item', async () => {
		const { plan, requests } = await planned(
			parametersWith({ ...KEYED, referenceAction: 'A', detailed: true }),
			{ statusUrl: 'https://hooks.example/s' },
		);
		expect(await plan.send(plan.intents)).toMatchObject([
			{ kind: 'accepted', outputs: [{ json: { messageId: ID, referenceId: 'k', to: TO } }] },
		]);
		expect(JSON.parse(String(requests[0].body))).toEqual({
			destination: TO,
			text: 'Hi',
			reference: { service: 'S', action: 'A', key: 'k' },
			detailed: true,
			webhook: { url: 'https://hooks.example/s', authentication: { type: 'NONE' } },
		});
	});

	it.each<[string, IDataObject, Partial<Api>, string]>([
		['the reference', {}, {}, 'Set Reference Service and Reference Key in the options, choose a'],
		['the credential', KEYED, { statusService: undefined }, 'Choose a Namirial SMS Status API'],
	])('says after a lost response that %s is missing', async (_, options, changes, advice) => {
		const { plan } = await planned(parametersWith(options), { changes, body: {} });
		expect(await plan.send(plan.intents)).toMatchObject([
			{ kind: 'unknown', failure: { description: expect.stringContaining(advice) } },
		]);
	});

	it('says nothing of look-ups if they are possible, or if the message is rejected', async () => {
		const lost = (await planned(parametersWith(KEYED), { body: {} })).plan;
		const body = { code: 8, message: 'x' };
		const rejected = (await planned(parametersWith(), { body })).plan;
		const outcomes = [await lost.send(lost.intents), await rejected.send(rejected.intents)].flat();
		expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'refused']);
		expect(JSON.stringify(outcomes)).not.toContain('will look up');
	});

	it('warns about the third text that is the same, because Namirial discards it', async () => {
		const { plan } = await planned(parametersWith());
		const warnings: unknown[] = [];
		for (let time = 0; time < 3; time++) {
			const [outcome] = await plan.send(plan.intents);
			warnings.push(outcome.kind === 'accepted' && outcome.outputs[0].json.warning);
		}
		expect(warnings).toEqual([
			undefined,
			undefined,
			expect.stringContaining('the same text was sent to +393331112233 more than twice'),
		]);
	});
});

const NO_GATEWAY = { gateway: undefined };
const withGateway = (values: object) => ({
	gateway: { baseUrl: 'https://gateway.example', username: 'ann', password: 'p', ...values },
});
const SKIP = { skipIfReferenceExists: true };

it.each<[string, IDataObject, Script, string]>([
	['without a text', parametersWith({}, { message: '' }), {}, 'The message is empty'],
	[
		'with a text that is too long',
		parametersWith({}, { message: 'x'.repeat(1_601) }),
		{},
		'The message has 1601 characters',
	],
	['with an invalid number', parametersWith({}, { to: '12' }), {}, '"12" cannot be a phone number'],
	[
		'with a number that is too short',
		parametersWith({}, { to: '+49 1234' }),
		{},
		'does not have 7 to 15 digits',
	],
	[
		'with a reference key alone',
		parametersWith({ referenceKey: 'k' }),
		{},
		'Reference Key is set without a Reference Service',
	],
	[
		'with a reference action alone',
		parametersWith({ referenceAction: 'A' }),
		{},
		'Reference Action is set without a Reference Service',
	],
	[
		'with a status URL that is not https',
		parametersWith(),
		{ statusUrl: 'http://hooks.example/s' },
		'"http://hooks.example" is not one',
	],
	['without the credential for sending', parametersWith(), { changes: NO_GATEWAY }, 'Gateway API'],
	[
		'with a colon in its username',
		parametersWith(),
		{ changes: withGateway({ username: 'a:b' }) },
		'contains a colon',
	],
	[
		'with an invalid Base URL',
		parametersWith(),
		{ changes: withGateway({ baseUrl: 'x' }) },
		'is not a web address',
	],
	[
		'with Skip If Reference Exists and no reference',
		parametersWith(SKIP),
		{},
		'the message has no Reference Key',
	],
	[
		'with Skip If Reference Exists and an empty key',
		parametersWith({ ...SKIP, ...KEYED, referenceKey: '' }),
		{},
		'the message has no Reference Key',
	],
	[
		'with Skip If Reference Exists and a key that cannot be looked up',
		parametersWith({ ...SKIP, ...KEYED, referenceKey: '..' }),
		{},
		'".." cannot be looked up',
	],
	[
		'with Skip If Reference Exists, without the credential for look-ups',
		parametersWith({ ...SKIP, ...KEYED }),
		{ changes: { statusService: undefined } },
		'Looking up messages needs the credential',
	],
	[
		'with Skip If Reference Exists and an invalid Base URL for look-ups',
		parametersWith({ ...SKIP, ...KEYED }),
		{ changes: { statusService: { baseUrl: 'x', apiKey: 'key-1' } } },
		'of the Namirial SMS Status API credential is not a web address',
	],
])(
	'%s an item is an error before the send, and in a dry run',
	async (_, parameters, script, words) => {
		const send = await thrownBy(async () => await planned(parameters, script));
		expect(send).toMatchObject({ message: expect.stringContaining(words), nothingAccepted: true });
		const options = { ...(parameters.options as IDataObject), dryRun: true };
		const dryRun = await thrownBy(async () => await planned({ ...parameters, options }, script));
		expect(dryRun).toEqual(send);
	},
);

it.each([
	['1,600 characters', 'x'.repeat(1_600)],
	['1,600 characters of two units each', '😀'.repeat(1_600)],
])('a text of %s may be sent', async (_, message) => {
	expect((await planned(parametersWith({}, { message }))).plan).toBeDefined();
});

it.each([
	'http://localhost:5678/s',
	'http://n8n.localhost/s',
	'http://127.0.0.1/s',
	'http://[::1]/s',
])('the status URL %s of this machine may be used', async (statusUrl) => {
	expect((await planned(parametersWith(), { statusUrl })).plan).toBeDefined();
});

it('a dry run outputs the message and sends nothing', async () => {
	const { plan, requests, outputs } = await planned(parametersWith({ ...KEYED, dryRun: true }));
	expect(outputs).toMatchObject([
		{ json: { provider: 'namirial', to: TO, referenceId: 'k', segments: 1, dryRun: true } },
	]);
	expect([plan, requests]).toEqual([undefined, []]);
});

describe('a message with a reference key', () => {
	const START = Date.parse('2030-01-01T12:00:00Z');
	beforeEach(() => void jest.useFakeTimers({ now: START }));
	afterEach(() => void jest.useRealTimers());

	interface Existing {
		id: string;
		/** Seconds since the start. */
		at: number;
		status?: string;
		/** A message to another number is not in the list of this one. */
		toOther?: boolean;
	}

	/** Sends to a gateway and a status API that has these messages. */
	async function play(existing: Existing[], script: PlayScript = {}) {
		const { options = {}, response = { status: 502, body: '' }, hasClock = true, mode } = script;
		const date = () => (hasClock ? new Date(Date.now()).toUTCString() : undefined);
		const { api, requests } = apiWith(({ url }: SentRequest) => {
			if (url.includes('/send')) return response;
			const listed = existing.filter(({ toOther }) => !toOther || url.includes('/reference/'));
			const messages = listed.map(({ id, at, status = 'SENT' }) => ({
				message: {
					...MESSAGE,
					id,
					status,
					reference: { service: 'S', key: 'k' },
					providerAcceptanceAt: new Date(START + at * 1_000).toISOString(),
				},
			}));
			return { status: 200, body: { messages }, date: date() };
		});
		const context = contextWith(parametersWith({ ...KEYED, ...options }), {
			getMode: () => mode ?? 'trigger',
			evaluateExpression: () => 'https://n8n.example/7?signature=s',
			getExecutionContext: () => ({ establishedAt: START - 60_000, source: 'trigger' }),
		});
		const item = new Item(context, 0);
		const sends = new ItemSends(
			item,
			new Ledger(context, 'namirial', (value) => value),
			createBatches(1),
		);
		const result = sendItem(item, api, sends).then(
			(outputs) => ({ json: outputs[0].json, error: undefined }),
			(error: Failure) => ({ json: undefined, error }),
		);
		await jest.advanceTimersByTimeAsync(60_000);
		const sent = requests.filter(({ url }) => url.includes('/send')).length;
		return { ...(await result), sent };
	}

	interface PlayScript {
		options?: IDataObject;
		response?: { status: number; body: string | object };
		hasClock?: boolean;
		mode?: string;
	}

	const accepting = { status: 200, body: ACCEPTED };

	it.each<[string, Existing]>([
		['sent', { id: 'new', at: 0 }],
		['rejected', { id: 'new', at: 1, status: 'REJECTED' }],
	])('whose response is lost is found after it was %s', async (_, message) => {
		const { json, sent } = await play([{ id: 'old', at: -3_600 }, message]);
		expect(json).toMatchObject({ messageId: 'new', to: TO, referenceId: 'k' });
		expect(json).not.toHaveProperty('alreadySent');
		expect(sent).toBe(1);
	});

	it.each<[string, Existing]>([
		['an old rejected one', { id: 'old', at: -3_600, status: 'REJECTED' }],
		['an old one', { id: 'old', at: -3_600 }],
		['one to another number', { id: 'other', at: 0, toOther: true }],
	])('is not found if there is only %s', async (_, message) => {
		const { error, sent } = await play([message]);
		expect(error).toMatchObject({
			kind: 'ambiguous',
			message: expect.stringContaining('but the provider does not know its reference "k"'),
		});
		expect(sent).toBe(1);
	});

	it.each<[string, Existing, boolean]>([
		['a few seconds old', { id: 'old', at: -4, status: 'REJECTED' }, true],
		['old by a clock that is unknown', { id: 'old', at: -3_600, status: 'REJECTED' }, false],
	])('may be one that is %s', async (_, message, hasClock) => {
		const { error, sent } = await play([message], { hasClock });
		expect(error).toMatchObject({
			kind: 'ambiguous',
			message: expect.stringContaining('is older than this call'),
		});
		expect(sent).toBe(1);
	});

	it.each<[string, Existing[], object]>([
		['an old one', [{ id: 'old', at: -3_600 }], { messageId: 'old', alreadySent: true }],
		['only a rejected one', [{ id: 'old', at: -3_600, status: 'REJECTED' }], { messageId: ID }],
		['none', [], { messageId: ID }],
	])('with Skip If Reference Exists is sent or not if there is %s', async (...row) => {
		const [, existing, expected] = row;
		const { json, sent } = await play(existing, { options: SKIP, response: accepting });
		expect(json).toMatchObject(expected);
		expect(sent).toBe('alreadySent' in expected ? 0 : 1);
	});

	it('in a retry is sent again only if it was rejected', async () => {
		const retry = { mode: 'retry', response: accepting };
		const earlier = { id: 'earlier', at: -30 };
		expect((await play([earlier], retry)).json).toMatchObject({
			messageId: 'earlier',
			alreadySent: true,
		});
		const rejected = await play([{ ...earlier, status: 'REJECTED' }], retry);
		expect(rejected.json).toMatchObject({ messageId: ID });
		expect(rejected.sent).toBe(1);
	});
});
