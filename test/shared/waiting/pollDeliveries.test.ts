import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { Item } from '../../../nodes/shared/input/item';
import type { SmsMessage } from '../../../nodes/shared/model/message';
import type { Output } from '../../../nodes/shared/model/output';
import { pollDeliveries } from '../../../nodes/shared/waiting/pollDeliveries';
import { contextWith, messageWith } from '../../engine/harness/contexts';

/** Waiting for deliveries inside the node: what ends the wait, and the history in its output. */

const START = Date.parse('2030-01-31T18:30:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();

beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const outputWith = (fields: Partial<SmsMessage> = {}): Output => ({
	json: messageWith(fields) as unknown as IDataObject,
});
const SENT = { status: 'sent', providerStatus: 'Sent' } as const;
const DELIVERED = { status: 'delivered', providerStatus: 'Arrived', isFinal: true } as const;
const DEFAULT_LIMIT = { amount: 60, unit: 'minutes' } as const;
const limitOf = (minutes: number) => ({
	options: { limitWaitTime: { values: { resumeAmount: minutes, resumeUnit: 'minutes' } } },
});

/**
 * Polls the messages of one run.
 *
 * @param sent the outputs of each item
 * @param rounds what the provider reports in each round; the last one is repeated
 */
async function pollAll(
	parameters: IDataObject,
	sent: Array<Output[] | Error>,
	rounds: Array<Array<Partial<SmsMessage>>>,
	members: object = {},
) {
	const context = contextWith(parameters, members);
	const items = sent.map((_, index) => new Item(context, index));
	const lookups: Array<Array<string | null>> = [];
	const lookUp = async (messages: SmsMessage[]) => {
		const reported = rounds[Math.min(lookups.length, rounds.length - 1)];
		lookups.push(messages.map(({ messageId }) => messageId));
		return messages.map((message, position) => ({ ...message, ...reported[position] }));
	};
	const polling = pollDeliveries(items, sent, DEFAULT_LIMIT, lookUp);
	const duration = polling.then(() => Date.now() - START);
	duration.catch(() => {});
	await jest.advanceTimersByTimeAsync(3 * 3_600_000);
	return { results: await polling, lookups, duration: await duration };
}

const jsonOf = (result: Output[] | Error) => (result as Output[])[0].json;

it('each message is polled until its outcome is known, and no longer', async () => {
	const sent = [[outputWith({ messageId: 'a' })], [outputWith({ messageId: 'b' })]];
	const { results, lookups, duration } = await pollAll(limitOf(60), sent, [
		[SENT, DELIVERED],
		[DELIVERED],
	]);
	expect(lookups).toEqual([['a', 'b'], ['a']]);
	expect(duration).toBe(1_000);
	expect(results.map((result) => jsonOf(result).outcome)).toEqual(['delivered', 'delivered']);
	expect(jsonOf(results[0])).toMatchObject({
		messageId: 'a',
		status: 'delivered',
		historyComplete: true,
		history: [
			{ status: 'queued', providerStatus: 'Queued', at: at(0) },
			{ status: 'sent', providerStatus: 'Sent', at: at(0) },
			{ status: 'delivered', providerStatus: 'Arrived', at: at(1_000) },
		],
	});
});

it('a new status with the same provider status is a new step', async () => {
	const sameProviderStatus = { providerStatus: 'Done' };
	const { results } = await pollAll(
		limitOf(60),
		[[outputWith()]],
		[
			[{ status: 'sent', ...sameProviderStatus }],
			[{ status: 'delivered', isFinal: true, ...sameProviderStatus }],
		],
	);
	expect(jsonOf(results[0]).history).toMatchObject([
		{ status: 'queued', providerStatus: 'Queued' },
		{ status: 'sent', providerStatus: 'Done' },
		{ status: 'delivered', providerStatus: 'Done' },
	]);
});

it('a failed item stays as it is and is not polled', async () => {
	const failure = new Failure({ kind: 'rejected', message: 'No' });
	const sent = [failure, [outputWith({ messageId: 'b' })]];
	const { results, lookups } = await pollAll(limitOf(60), sent, [[DELIVERED]]);
	expect(lookups).toEqual([['b']]);
	expect(results[0]).toBe(failure);
	expect(jsonOf(results[1])).toMatchObject({ messageId: 'b', outcome: 'delivered' });
});

it('there is one empty round if all items failed', async () => {
	const failure = new Failure({ kind: 'rejected', message: 'No' });
	const { results, lookups } = await pollAll(limitOf(60), [failure], [[]]);
	expect({ results, lookups }).toEqual({ results: [failure], lookups: [[]] });
});

it('the outputs of the send are not changed', async () => {
	const sent = [[outputWith()]];
	const before = [...sent];
	await pollAll(limitOf(60), sent, [[DELIVERED]]);
	expect(sent).toEqual(before);
	expect(sent[0][0].json).toEqual(outputWith().json);
});

it.each<[string, IDataObject, Partial<SmsMessage>, string]>([
	['sent, if the wait is for that', { waitFor: 'sent' }, SENT, 'delivered'],
	['read', {}, { status: 'read', providerStatus: 'Read' }, 'delivered'],
	['failed', {}, { status: 'failed', providerStatus: 'No', isFinal: true }, 'failed'],
])('the status %s ends the wait', async (_, parameters, reported, outcome) => {
	const { results, duration } = await pollAll(
		{ ...limitOf(60), ...parameters },
		[[outputWith()]],
		[[reported]],
	);
	expect(duration).toBe(0);
	expect(jsonOf(results[0]).outcome).toBe(outcome);
});

it('a failure that the provider retries does not end the wait', async () => {
	const retried = { status: 'failed', providerStatus: 'Retry', isFinal: false } as const;
	const rounds = [[retried], [DELIVERED]];
	const { results, lookups } = await pollAll(limitOf(60), [[outputWith()]], rounds);
	expect(lookups).toHaveLength(2);
	expect(jsonOf(results[0]).outcome).toBe('delivered');
});

it('the wait ends at the limit with the latest status', async () => {
	const { results, duration } = await pollAll(limitOf(1), [[outputWith()]], [[SENT]]);
	expect(duration).toBe(60_000);
	expect(jsonOf(results[0])).toMatchObject({
		outcome: 'timedOut',
		status: 'sent',
		historyComplete: true,
		history: [
			{ status: 'queued', at: at(0) },
			{ status: 'sent', at: at(0) },
		],
	});
});

it('the default limit ends the wait if the user sets none', async () => {
	const { duration } = await pollAll({}, [[outputWith()]], [[SENT]]);
	expect(duration).toBe(3_600_000);
});

/** Members of a context in which each item has another limit, in minutes. */
const withLimits = (...limits: number[]) => ({
	getNode: () => ({ type: 'cdyne', parameters: {} }),
	getNodeParameter: (name: string, index: number, fallback: unknown) =>
		name === 'options' ? limitOf(limits[index]).options : fallback,
});

it('each message has its own limit, and polling ends at the last one', async () => {
	const sent = [[outputWith({ messageId: 'a' })], [outputWith({ messageId: 'b' })]];
	const { results, lookups, duration } = await pollAll({}, sent, [[SENT, SENT]], withLimits(2, 1));
	expect(duration).toBe(120_000);
	expect(results.map((result) => jsonOf(result).outcome)).toEqual(['timedOut', 'timedOut']);
	expect(lookups[0]).toEqual(['a', 'b']);
	expect(lookups.at(-1)).toEqual(['a']);
});

it('a message whose limit is reached at the time of a round is not polled again', async () => {
	const sent = [[outputWith({ messageId: 'a' })], [outputWith({ messageId: 'b' })]];
	const rounds = [[SENT, SENT], [SENT, SENT], [DELIVERED]];
	const { lookups } = await pollAll({}, sent, rounds, withLimits(1, 1 / 60));
	expect(lookups).toEqual([['a', 'b'], ['a', 'b'], ['a']]);
});

it('a message whose limit is reached right after its round times out too', async () => {
	const times = [START, START + 59_999];
	jest.spyOn(Date, 'now').mockImplementation(() => times.shift() ?? START + 60_000);
	try {
		const items = [new Item(contextWith(limitOf(1)), 0)];
		const sent = [[outputWith()]];
		const lookUp = async (messages: SmsMessage[]) => messages;
		const results = await pollDeliveries(items, sent, DEFAULT_LIMIT, lookUp);
		expect(results.map((result) => jsonOf(result).outcome)).toEqual(['timedOut']);
		expect(times).toEqual([]);
	} finally {
		jest.restoreAllMocks();
	}
});

it.each<[string, Partial<SmsMessage>, Partial<SmsMessage>, Array<string | null>]>([
	['the provider’s', { sentAt: '1' }, { ...DELIVERED, updatedAt: '2' }, ['1', '2']],
	['those of the rounds', {}, { ...DELIVERED }, [at(0), at(0)]],
])('the times of the statuses are %s', async (_, sent, reported, times) => {
	const { results } = await pollAll(limitOf(60), [[outputWith(sent)]], [[reported]]);
	const { history } = jsonOf(results[0]) as { history: IDataObject[] };
	expect(history.map((step) => step.at)).toEqual(times);
});

it('a repeated status keeps its first time', async () => {
	const { results } = await pollAll(limitOf(60), [[outputWith()]], [[SENT], [SENT], [DELIVERED]]);
	expect(jsonOf(results[0]).history).toEqual([
		{ status: 'queued', providerStatus: 'Queued', at: at(0) },
		{ status: 'sent', providerStatus: 'Sent', at: at(0) },
		{ status: 'delivered', providerStatus: 'Arrived', at: at(2_500) },
	]);
});

it.each([
	['first output for an agent', true, 0],
	['second output', false, 1],
])('a failure goes to the %s', async (_, isTool, output) => {
	const failed = { status: 'failed', providerStatus: 'No', isFinal: true } as const;
	const { results } = await pollAll(limitOf(60), [[outputWith()]], [[failed]], {
		isToolExecution: () => isTool,
	});
	expect((results[0] as Output[])[0].output).toBe(output);
});

it('polling ends when the execution is cancelled', async () => {
	const cancel = new AbortController();
	const polling = pollAll(limitOf(60), [[outputWith()]], [[SENT]], {
		getExecutionCancelSignal: () => cancel.signal,
	});
	polling.catch(() => {});
	cancel.abort();
	await expect(polling).rejects.toThrow('The execution was cancelled');
});
