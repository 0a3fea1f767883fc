import { type IDataObject, sleep } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { createBatches } from '../../../nodes/shared/http/batcher';
import { Item } from '../../../nodes/shared/input/item';
import type { SmsMessage } from '../../../nodes/shared/model/message';
import { accepted, failed, type Outcome } from '../../../nodes/shared/model/outcome';
import { messageOutput } from '../../../nodes/shared/model/output';
import type { Found, FoundMessage } from '../../../nodes/shared/provider/sendPlan';
import { ItemSends } from '../../../nodes/shared/sending/itemSends';
import { Ledger } from '../../../nodes/shared/sending/ledger';
import { contextWith, messageWith } from '../../engine/harness/contexts';

/** Which messages are sent, looked up and sent again, and to which recipients. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const sentAs = (messageId: string): Outcome =>
	accepted([messageOutput(messageWith({ messageId, to: null }))]);
const lost = (message = 'No response') => failed(new Failure({ kind: 'ambiguous', message }));
const refused = (message = 'Rejected') =>
	failed(new Failure({ kind: 'rejected', message, nothingAccepted: true }));

const found = (
	messageId: string,
	recipient: string | null,
	fields: Partial<SmsMessage> = {},
): FoundMessage => ({ message: messageWith({ messageId, ...fields }), raw: {}, recipient });

interface Script {
	/** The references of the recipients `a`, `b`, … */
	references?: string[];
	isUserReference?: boolean;
	options?: IDataObject;
	mode?: string;
	/** By send: the outcome of each of its recipients, or the error that it throws. */
	sends?: Array<Outcome[] | Error>;
	/** By look-up; the last one is repeated. Undefined if nothing can be looked up. */
	finds?: Array<FoundMessage[] | Partial<Found> | Error>;
	/** By look-up: how long it takes, in milliseconds. */
	findMs?: number[];
	members?: object;
	invalid?: Record<string, Failure>;
	/** What earlier tries stored. */
	store?: object;
	index?: number;
	/** The ledger of the run, if it has several items. */
	ledger?: Ledger;
}

const NAMES = ['a', 'b', 'c', 'd'];

function contextOf({ options = {}, mode = 'trigger', members = {}, store = {} }: Script) {
	return contextWith(
		{ options },
		{
			getMode: () => mode,
			getContext: () => store,
			evaluateExpression: () => 'https://n8n.example/7?signature=s',
			...members,
		},
	);
}

/** Sends by a script. @returns the outputs or the error, and a log of the calls with their times */
async function play(script: Script) {
	const { references = ['r0'], isUserReference = false, sends = [], finds, index = 0 } = script;
	const { invalid = {} } = script;
	const log: unknown[][] = [];
	const counts = { sends: 0, finds: 0 };
	const now = () => Date.now() - START;
	const context = contextOf(script);
	const ledger = script.ledger ?? new Ledger(context, 'p', (value) => value);
	const itemSends = new ItemSends(new Item(context, index), ledger, createBatches(1));
	const find = async (reference: string, needsRecipients: boolean) => {
		log.push(['find', reference, needsRecipients, now()]);
		const ms = script.findMs?.[counts.finds];
		const response = finds?.[Math.min(counts.finds++, finds.length - 1)] ?? [];
		if (ms !== undefined) await sleep(ms);
		if (response instanceof Error) throw response;
		const facts = Array.isArray(response) ? { messages: response } : response;
		return { messages: [], isComplete: true, clock: { min: 0, max: 999 }, ...facts };
	};
	const result = itemSends.send({
		intents: references.map((reference, position) => {
			const recipient = NAMES[position];
			return { recipient, reference, invalid: invalid[recipient] };
		}),
		isUserReference,
		send: async (intents) => {
			log.push(['send', intents.map(({ recipient }) => recipient).join(''), now()]);
			const response = sends[counts.sends++] ?? intents.map(() => sentAs(`new ${counts.sends}`));
			if (response instanceof Error) throw response;
			return response;
		},
		...(finds && { find }),
	});
	const outcome = result.then(
		(outputs) => ({ jsons: outputs.map(({ json }) => json), error: undefined }),
		(error: Failure) => ({ jsons: undefined, error, failedAt: now() }),
	);
	await jest.advanceTimersByTimeAsync(60_000);
	const { nothingSent } = itemSends;
	const hasAccepted = itemSends.has('accepted');
	return { ...(await outcome), log, nothingSent, hasAccepted };
}

const ids = (jsons?: IDataObject[]) => jsons?.map(({ messageId, status }) => messageId ?? status);
const sendsOf = (log: unknown[][]) => log.filter(([what]) => what === 'send');

it('a failed look-up in a retry is an error once the other look-ups have ended, too', async () => {
	const { error, log, ...result } = await play({
		mode: 'retry',
		references: ['r', 's'],
		finds: [new Failure({ kind: 'unavailable', message: 'Rejected' }), []],
		findMs: [0, 2_000],
	});
	expect(error).toMatchObject({ message: 'Rejected' });
	expect(result).toMatchObject({ failedAt: 2_000 });
	expect(sendsOf(log)).toEqual([]);
});

describe('a send with a response', () => {
	it('makes one call', async () => {
		const { jsons, log } = await play({ sends: [[sentAs('m1')]], finds: [[]] });
		expect(ids(jsons)).toEqual(['m1']);
		expect(log).toEqual([['send', 'a', 0]]);
	});

	it('has a result for each recipient', async () => {
		const { jsons, nothingSent } = await play({
			references: ['r', 's'],
			sends: [[sentAs('m1'), refused()]],
		});
		expect(ids(jsons)).toEqual(['m1', 'failed']);
		expect(nothingSent).toBe(false);
	});

	it('is not looked up after a refusal', async () => {
		const { error, log, nothingSent } = await play({ sends: [[refused()]], finds: [[]] });
		expect(error).toMatchObject({ message: 'Rejected' });
		expect(log).toHaveLength(1);
		expect(nothingSent).toBe(true);
	});

	it('is unknown after an error that is no failure', async () => {
		const { error, nothingSent } = await play({ sends: [new TypeError('broken')] });
		expect(error).toMatchObject({ kind: 'ambiguous', message: expect.stringMatching(/^broken\./) });
		expect(nothingSent).toBe(false);
	});

	it('leaves out recipients to whom nothing can be sent', async () => {
		const invalid = { a: new Failure({ kind: 'rejected', message: 'x', nothingAccepted: true }) };
		const { jsons, log } = await play({ references: ['r', 's'], invalid });
		expect(ids(jsons)).toEqual(['failed', 'new 1']);
		expect(log).toEqual([['send', 'b', 0]]);
	});
});

describe('a lost response', () => {
	const lookups = (times: number[]) => times.map((at) => ['find', 'r0', false, at]);

	it('is looked up until the message is found', async () => {
		const { jsons, log } = await play({ sends: [[lost()]], finds: [[], [], [found('m1', null)]] });
		expect(jsons).toMatchObject([{ messageId: 'm1', to: 'a' }]);
		expect(jsons?.[0]).not.toHaveProperty('alreadySent');
		expect(log).toEqual([['send', 'a', 0], ...lookups([0, 1_000, 4_000])]);
	});

	it('stays unknown if the message is not found', async () => {
		const { error, log, nothingSent } = await play({ sends: [[lost()]], finds: [[]] });
		expect(error).toMatchObject({
			kind: 'ambiguous',
			message: 'No response, but the provider does not know its reference "r0"',
			description: expect.stringContaining('Most likely the message was not accepted'),
		});
		expect(nothingSent).toBe(false);
		expect(log).toEqual([['send', 'a', 0], ...lookups([0, 1_000, 4_000])]);
	});

	it('stays unknown if the look-up fails', async () => {
		const broken = new Failure({ kind: 'unavailable', message: 'Down' });
		const { error, log } = await play({ sends: [[lost()]], finds: [broken] });
		expect(error?.message).toBe('No response, and looking it up failed: Down');
		expect(log).toHaveLength(4);
	});

	it('stays unknown if it cannot be told which message it is', async () => {
		const finds = [{ isComplete: false }];
		const { error } = await play({ sends: [[lost()]], finds });
		expect(error?.message).toMatch(/^No response\. There may be more messages/);
	});

	it('stays unknown if the messages have no IDs', async () => {
		const without = found('', 'a');
		without.message.messageId = null;
		const { error } = await play({ sends: [[lost()]], finds: [[without]] });
		expect(error?.message).toMatch(/^No response\. There may be more messages/);
	});

	it('is not looked up if that is impossible', async () => {
		const { error, log } = await play({ sends: [[lost()]] });
		expect(error?.message).toBe('No response');
		expect(log).toHaveLength(1);
	});

	it('concerns only its recipients', async () => {
		const { jsons, log } = await play({
			references: ['r', 's', 't'],
			sends: [[sentAs('m1'), lost(), refused()]],
			finds: [[found('m2', null)]],
		});
		expect(ids(jsons)).toEqual(['m1', 'm2', 'failed']);
		expect(log.slice(1)).toEqual([['find', 's', false, 0]]);
	});

	it('needs recipients if several messages have one reference', async () => {
		const { jsons, log } = await play({
			references: ['r', 'r'],
			sends: [[lost(), lost()]],
			finds: [[found('m1', 'b'), found('m2', 'a')]],
		});
		expect(ids(jsons)).toEqual(['m2', 'm1']);
		expect(log[1]).toEqual(['find', 'r', true, 0]);
	});

	const user = { isUserReference: true, references: ['r'] };
	const at = (ms: number) => ({ sentAt: new Date(START + ms).toISOString() });

	it('is not an older message with the reference of the user', async () => {
		const { error } = await play({
			...user,
			sends: [[lost()]],
			finds: [[found('m1', 'a', at(-60_000))]],
		});
		expect(error?.message).toContain('does not know its reference "r"');
	});

	it('is a message since the call, by the clock of the provider', async () => {
		const clock = { min: -60_000, max: -59_000 };
		const finds = [{ messages: [found('m1', 'a', at(-59_500))], clock }];
		const { jsons } = await play({ ...user, sends: [[lost()]], finds });
		expect(ids(jsons)).toEqual(['m1']);
	});

	it('may be a message whose recipient is not told if nobody else uses the reference', async () => {
		const finds = [[found('m1', null, at(0))]];
		expect(ids((await play({ ...user, sends: [[lost()]], finds })).jsons)).toEqual(['m1']);
	});

	it('ends if the execution is cancelled', async () => {
		const cancel = new AbortController();
		cancel.abort();
		const members = { getExecutionCancelSignal: () => cancel.signal };
		const { error } = await play({ sends: [[lost()]], finds: [[]], members });
		expect(error?.message).toMatch(/does not know|cancelled/);
	});
});

describe('sending again', () => {
	const again = { options: { sendAgainIfNotFound: true }, finds: [[]] };

	it('happens once the message was looked up in vain', async () => {
		const { jsons, log } = await play({ ...again, sends: [[lost()], [sentAs('m2')]] });
		expect(ids(jsons)).toEqual(['m2']);
		expect(sendsOf(log)).toEqual([
			['send', 'a', 0],
			['send', 'a', 4_000],
		]);
	});

	it.each<[string, Script]>([
		['without the option', { finds: [[]] }],
		['if the message is found', { ...again, finds: [[found('m1', null)]] }],
		[
			'if the look-up fails',
			{ ...again, finds: [new Failure({ kind: 'rejected', message: 'x' })] },
		],
		['if it cannot be told', { ...again, finds: [{ isComplete: false }] }],
	])('does not happen %s', async (_, script) => {
		expect(sendsOf((await play({ ...script, sends: [[lost()]] })).log)).toHaveLength(1);
	});

	it('happens only for recipients whose message is not found', async () => {
		const { jsons, log } = await play({
			...again,
			references: ['r', 's', 't'],
			sends: [[sentAs('m1'), lost(), refused()], [sentAs('m2')]],
		});
		expect(ids(jsons)).toEqual(['m1', 'm2', 'failed']);
		expect(sendsOf(log).at(-1)).toEqual(['send', 'b', 4_000]);
	});

	it('happens only once', async () => {
		const { error, log } = await play({ ...again, sends: [[lost()], [lost('Gone')]] });
		expect(error?.message).toBe('Gone, but the provider does not know its reference "r0"');
		expect(sendsOf(log)).toHaveLength(2);
	});

	it('does not make the first send certain if the second one is refused', async () => {
		const { error, nothingSent } = await play({ ...again, sends: [[lost()], [refused()]] });
		expect(error).toMatchObject({
			kind: 'ambiguous',
			message:
				'No response, but the provider does not know its reference "r0". Sending again failed: Rejected',
		});
		expect(nothingSent).toBe(false);
	});

	it('takes a message of the first send for its own', async () => {
		const user = { ...again, isUserReference: true, references: ['r'] };
		const sentAt = new Date(START + 100).toISOString();
		const finds = [[], [], [], [found('m1', 'a', { sentAt })]];
		const { jsons } = await play({ ...user, finds, sends: [[lost()], [lost()]] });
		expect(ids(jsons)).toEqual(['m1']);
	});
});

describe('Skip If Reference Exists', () => {
	const skip = {
		isUserReference: true,
		references: ['r'],
		options: { skipIfReferenceExists: true },
	};

	it('looks the reference up first, and sends if it is new', async () => {
		const { jsons, log } = await play({ ...skip, finds: [[]] });
		expect(ids(jsons)).toEqual(['new 1']);
		expect(log).toEqual([
			['find', 'r', true, 0],
			['send', 'a', 0],
		]);
	});

	it('returns the message that exists', async () => {
		const { jsons, log, nothingSent } = await play({ ...skip, finds: [[found('m1', 'b')]] });
		expect(jsons).toMatchObject([{ messageId: 'm1', alreadySent: true }]);
		expect(log).toHaveLength(1);
		expect(nothingSent).toBe(false);
	});

	it('is an error if the look-up fails, before anything is sent', async () => {
		const finds = [new Failure({ kind: 'unavailable', message: 'Down' })];
		const { error, log, nothingSent } = await play({ ...skip, finds });
		expect(error?.message).toBe('Down');
		expect(sendsOf(log)).toEqual([]);
		expect(nothingSent).toBe(true);
	});

	it('does not send if it cannot be told whether the message exists', async () => {
		const { error, log } = await play({ ...skip, finds: [{ isComplete: false }] });
		expect(error?.kind).toBe('ambiguous');
		expect(sendsOf(log)).toEqual([]);
	});

	it('knows what other items have just sent, although the look-up does not', async () => {
		const ledger = new Ledger(contextOf(skip), 'p', (value) => value);
		const items = [0, 1, 2].map((index) => ({ ...skip, finds: [[]], ledger, index }));
		const results = await Promise.all(items.map(play));
		expect(results.flatMap(({ log }) => sendsOf(log))).toHaveLength(1);
		expect(results.map(({ jsons }) => ids(jsons))).toEqual([['new 1'], ['new 1'], ['new 1']]);
		expect(results.filter(({ jsons }) => jsons?.[0].alreadySent)).toHaveLength(2);
	});

	it('does not send what another item may have sent', async () => {
		const ledger = new Ledger(contextOf(skip), 'p', (value) => value);
		const script = { ...skip, finds: [[]], ledger };
		await play({ ...script, sends: [[lost()]] });
		const { error, log } = await play({ ...script, index: 1 });
		expect(error?.kind).toBe('ambiguous');
		expect(sendsOf(log)).toEqual([]);
	});
});

describe('a retry of an execution', () => {
	const retry = { mode: 'retry' };
	const user = { ...retry, isUserReference: true, references: ['r'] };

	it('sends only what it does not find', async () => {
		const { jsons, log } = await play({
			...retry,
			references: ['r', 's'],
			finds: [[found('m1', null)], []],
		});
		expect(jsons).toMatchObject([{ messageId: 'm1', to: 'a', alreadySent: true }, {}]);
		expect(sendsOf(log)).toEqual([['send', 'b', 0]]);
	});

	it('knows that nothing was sent if it finds nothing under the reference and is refused', async () => {
		const refusedNow = { ...retry, isUserReference: true, sends: [[refused()]] };
		expect((await play({ ...refusedNow, finds: [[]] })).nothingSent).toBe(true);
		expect((await play({ ...refusedNow })).nothingSent).toBe(false);
		// it may have sent to another number
		const toAnother = [found('m1', 'z')];
		expect((await play({ ...refusedNow, finds: [toAnother] })).nothingSent).toBe(false);
		const generated = { ...refusedNow, isUserReference: false };
		expect((await play({ ...generated, finds: [[]] })).nothingSent).toBe(false);
	});

	it('fails without a send if the look-up fails', async () => {
		const finds = [new Failure({ kind: 'unavailable', message: 'Down' })];
		const { error, log, nothingSent } = await play({ ...retry, finds });
		expect(error?.message).toBe('Down');
		expect(sendsOf(log)).toEqual([]);
		expect(nothingSent).toBe(false);
	});

	it('sends again what was rejected', async () => {
		const finds = [[found('m1', 'a', { status: 'failed' })]];
		expect(ids((await play({ ...user, finds })).jsons)).toEqual(['new 1']);
	});

	it('gives each message to one item', async () => {
		const ledger = new Ledger(contextOf(user), 'p', (value) => value);
		const finds = [[found('m1', 'a')]];
		const items = [0, 1].map((index) => ({ ...user, finds, ledger, index }));
		const results = await Promise.all(items.map(play));
		expect(results.map(({ jsons }) => ids(jsons))).toEqual([['m1'], ['new 1']]);
	});

	it('does not give a message of an earlier try, run or node to another item', async () => {
		const store = {};
		await play({ isUserReference: true, references: ['r'], store, sends: [[sentAs('m1')]] });
		const another = { ...user, store, finds: [[found('m1', 'a')]] };
		expect(ids((await play({ ...another, index: 1 })).jsons)).toEqual(['new 1']);
		const nextRun = { getWorkflowDataProxy: () => ({ $runIndex: 1 }) };
		expect(ids((await play({ ...another, members: nextRun })).jsons)).toEqual(['new 1']);
		const otherNode = { getNode: () => ({ id: 'other', type: 'cdyne', parameters: {} }) };
		expect(ids((await play({ ...another, members: otherNode })).jsons)).toEqual(['new 1']);
	});

	it('does not take an older message for one of the execution that it repeats', async () => {
		const began = { establishedAt: START - 3_600_000, source: 'webhook' };
		const members = { getExecutionContext: () => began };
		const at = (hours: number) => new Date(START - hours * 3_600_000).toISOString();
		const of = (hours: number) => [[found('m1', 'a', { sentAt: at(hours) })]];
		expect(ids((await play({ ...user, members, finds: of(24) })).jsons)).toEqual(['new 1']);
		expect(ids((await play({ ...user, members, finds: of(0.5) })).jsons)).toEqual(['m1']);
		// without the start any message may be one of that execution
		expect(ids((await play({ ...user, finds: of(24) })).jsons)).toEqual(['m1']);
	});

	it.each<[string, Script]>([
		['nothing can be looked up', { ...retry }],
		['there is no token', { ...retry, finds: [[]], members: { evaluateExpression: () => '' } }],
		[
			'it is a sub-workflow, whose token is another one',
			{
				mode: 'integrated',
				finds: [[]],
				members: { additionalData: { rootExecutionMode: 'retry' } },
			},
		],
	])('sends and warns if %s', async (_, script) => {
		const { jsons, log } = await play(script);
		expect(log).toEqual([['send', 'a', 0]]);
		expect(jsons?.[0].warning).toMatch(/^This execution is a retry.*may have been sent before/);
		const failure = await play({ ...script, sends: [[refused()]] });
		expect(failure.error?.description).toContain('may have been sent before');
		expect(failure.nothingSent).toBe(false);
		const only = { ...script, options: { notOnRetry: true } };
		const refusal = await play(only);
		expect(refusal.error).toMatchObject({ kind: 'ambiguous' });
		expect(refusal.log).toEqual([]);
		expect(refusal.nothingSent).toBe(false);
	});

	it('of a sub-workflow looks up the references of the user', async () => {
		const members = { additionalData: { rootExecutionMode: 'retry' } };
		const script = { ...user, mode: 'integrated', members, finds: [[found('m1', 'a')]] };
		expect((await play(script)).jsons).toMatchObject([{ messageId: 'm1', alreadySent: true }]);
	});

	it('that was refused because of the option leaves no trace', async () => {
		const store = {};
		await play({ ...retry, store, options: { notOnRetry: true } });
		expect(ids((await play({ ...retry, store })).jsons)).toEqual(['new 1']);
	});
});

describe('the next try', () => {
	it('repeats nothing that was sent, and keeps what its output said', async () => {
		const store = {};
		await play({ store, mode: 'retry' });
		const { jsons, log } = await play({ store });
		expect(jsons).toMatchObject([
			{ messageId: 'new 1', alreadySent: true, warning: expect.any(String) },
		]);
		expect(log).toEqual([]);
	});

	it('repeats nothing that may have been sent', async () => {
		const store = {};
		await play({ store, sends: [[lost()]] });
		const { error, log, nothingSent } = await play({ store });
		expect(error).toMatchObject({ kind: 'ambiguous', message: 'No response' });
		expect(log).toEqual([]);
		expect(nothingSent).toBe(false);
	});

	it('sends to the recipients who were rejected', async () => {
		const store = {};
		const to = { references: ['r', 's'], store };
		await play({ ...to, sends: [[sentAs('m1'), refused()]] });
		const { jsons, log } = await play(to);
		expect(jsons).toMatchObject([{ messageId: 'm1', alreadySent: true }, { messageId: 'new 1' }]);
		expect(log).toEqual([['send', 'b', 60_000]]);
		expect(jsons?.[1]).not.toHaveProperty('alreadySent');
	});

	it('sends to all if all were rejected', async () => {
		const store = {};
		const to = { references: ['r', 's'], store };
		const first = await play({ ...to, sends: [[refused('One'), refused('Two')]] });
		expect(first).toMatchObject({ nothingSent: true, hasAccepted: false });
		expect(ids((await play(to)).jsons)).toEqual(['new 1', 'new 1']);
	});
});
