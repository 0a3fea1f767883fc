import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/shared/errors';
import { Item } from '../../nodes/shared/item';
import type { Output } from '../../nodes/shared/item';
import type { SmsMessage } from '../../nodes/shared/message';
import { settleInRounds } from '../../nodes/shared/settle';
import { contextWith, messageWith } from './contexts';

/** Waiting inside the node: what ends it, and what is told of the way there. */

const START = Date.parse('2030-01-31T18:30:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();

beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

const outputOf = (known: Partial<SmsMessage> = {}): Output => ({
	json: messageWith(known) as unknown as IDataObject,
});
const SENT = { status: 'sent', providerStatus: 'Sent' } as const;
const DELIVERED = { status: 'delivered', providerStatus: 'Arrived', isFinal: true } as const;
const limitOf = (minutes: number) => ({ resumeAmount: minutes, resumeUnit: 'minutes' });

/** Items of one run, what was sent for each, and what the provider says at each look. */
async function settleAll(
	parameters: IDataObject,
	sent: Array<Output[] | Error>,
	looks: Array<Array<Partial<SmsMessage>>>,
	members: object = {},
) {
	const context = contextWith(parameters, members);
	const items = sent.map((_, index) => new Item(context, index));
	const asked: Array<Array<string | null>> = [];
	const look = async (messages: SmsMessage[]) => {
		const said = looks[Math.min(asked.length, looks.length - 1)];
		asked.push(messages.map(({ messageId }) => messageId));
		return messages.map((message, position) => ({ ...message, ...said[position] }));
	};
	const over = settleInRounds(items, sent, look);
	const end = over.then(() => Date.now() - START);
	end.catch(() => {});
	await jest.advanceTimersByTimeAsync(3 * 3_600_000);
	return { results: await over, asked, took: await end };
}

const jsonOf = (result: Output[] | Error) => (result as Output[])[0].json;

it('each message is looked up until it is over, and no longer', async () => {
	const sent = [outputOf({ messageId: 'a' }), outputOf({ messageId: 'b' })].map((one) => [one]);
	const { results, asked, took } = await settleAll(limitOf(60), sent, [
		[SENT, DELIVERED],
		[DELIVERED],
	]);
	expect(asked).toEqual([['a', 'b'], ['a']]);
	expect(took).toBe(1_000);
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

it('a word that stays the same while the status changes is a step of its own', async () => {
	const words = { providerStatus: 'Done' };
	const { results } = await settleAll(
		limitOf(60),
		[[outputOf()]],
		[[{ status: 'sent', ...words }], [{ status: 'delivered', isFinal: true, ...words }]],
	);
	expect(jsonOf(results[0]).history).toMatchObject([
		{ status: 'queued', providerStatus: 'Queued' },
		{ status: 'sent', providerStatus: 'Done' },
		{ status: 'delivered', providerStatus: 'Done' },
	]);
});

it('an item of which nothing went out stays as it is, and nobody looks for it', async () => {
	const failure = new Failure({ kind: 'rejected', message: 'No' });
	const sent = [failure, [outputOf({ messageId: 'b' })]];
	const { results, asked } = await settleAll(limitOf(60), sent, [[DELIVERED]]);
	expect(asked).toEqual([['b']]);
	expect(results[0]).toBe(failure);
	expect(jsonOf(results[1])).toMatchObject({ messageId: 'b', outcome: 'delivered' });
});

it('without anything that went out, one look ends it', async () => {
	const failure = new Failure({ kind: 'rejected', message: 'No' });
	const { results, asked } = await settleAll(limitOf(60), [failure], [[]]);
	expect({ results, asked }).toEqual({ results: [failure], asked: [[]] });
});

it('what was given is not changed', async () => {
	const sent = [[outputOf()]];
	const before = [...sent];
	await settleAll(limitOf(60), sent, [[DELIVERED]]);
	expect(sent).toEqual(before);
	expect(sent[0][0].json).toEqual(outputOf().json);
});

it.each<[string, IDataObject, Partial<SmsMessage>, string]>([
	['sent, where that is enough', { waitFor: 'sent' }, SENT, 'delivered'],
	['read', {}, { status: 'read', providerStatus: 'Read' }, 'delivered'],
	['refused', {}, { status: 'failed', providerStatus: 'No', isFinal: true }, 'failed'],
])('%s ends it', async (_, parameters, said, outcome) => {
	const { results, took } = await settleAll({ ...limitOf(60), ...parameters }, [[outputOf()]], [
		[said],
	] as never);
	expect(took).toBe(0);
	expect(jsonOf(results[0]).outcome).toBe(outcome);
});

it('a failure that is tried again does not end it', async () => {
	const tried = { status: 'failed', providerStatus: 'Retry', isFinal: false } as const;
	const { results, asked } = await settleAll(limitOf(60), [[outputOf()]], [[tried], [DELIVERED]]);
	expect(asked).toHaveLength(2);
	expect(jsonOf(results[0]).outcome).toBe('delivered');
});

it('the limit ends it with what is known by then, at the limit', async () => {
	const { results, took } = await settleAll(limitOf(1), [[outputOf()]], [[SENT]]);
	expect(took).toBe(60_000);
	expect(jsonOf(results[0])).toMatchObject({
		outcome: 'noAnswer',
		status: 'sent',
		historyComplete: true,
		history: [
			{ status: 'queued', at: at(0) },
			{ status: 'sent', at: at(0) },
		],
	});
});

it('each has a limit of its own, and the last one ends it all', async () => {
	const limits: Record<number, number> = { 0: 2, 1: 1 };
	const members = {
		getNode: () => ({ type: 'cdyne', parameters: {} }),
		getNodeParameter: (name: string, index: number, fallback: unknown) =>
			({ resumeAmount: limits[index], resumeUnit: 'minutes' })[name] ?? fallback,
	};
	const sent = [[outputOf({ messageId: 'a' })], [outputOf({ messageId: 'b' })]];
	const { results, asked, took } = await settleAll({}, sent, [[SENT, SENT]], members);
	expect(took).toBe(120_000);
	expect(results.map((result) => jsonOf(result).outcome)).toEqual(['noAnswer', 'noAnswer']);
	expect(asked[0]).toEqual(['a', 'b']);
	expect(asked.at(-1)).toEqual(['a']);
});

it('one whose limit comes at the time of a look is over then', async () => {
	const limits: Record<number, number> = { 0: 1, 1: 1 / 60 };
	const members = {
		getNode: () => ({ type: 'cdyne', parameters: {} }),
		getNodeParameter: (name: string, index: number, fallback: unknown) =>
			({ resumeAmount: limits[index], resumeUnit: 'minutes' })[name] ?? fallback,
	};
	const sent = [[outputOf({ messageId: 'a' })], [outputOf({ messageId: 'b' })]];
	const { asked } = await settleAll({}, sent, [[SENT, SENT], [SENT, SENT], [DELIVERED]], members);
	expect(asked).toEqual([['a', 'b'], ['a', 'b'], ['a']]);
});

it('one whose limit comes in the moment after its look is over, too', async () => {
	const times = [START, START + 59_999];
	jest.spyOn(Date, 'now').mockImplementation(() => times.shift() ?? START + 60_000);
	try {
		const items = [new Item(contextWith(limitOf(1)), 0)];
		const results = await settleInRounds(items, [[outputOf()]], async (messages) => messages);
		expect(results.map((result) => jsonOf(result).outcome)).toEqual(['noAnswer']);
		expect(times).toEqual([]);
	} finally {
		jest.restoreAllMocks();
	}
});

it.each<[string, Partial<SmsMessage>, Partial<SmsMessage>, Array<string | null>]>([
	['the provider’s', { sentAt: '1' }, { ...DELIVERED, updatedAt: '2' }, ['1', '2']],
	['those of the looks', {}, { ...DELIVERED }, [at(0), at(0)]],
])('the times of the statuses are %s', async (_, sent, said, times) => {
	const { results } = await settleAll(limitOf(60), [[outputOf(sent)]], [[said]]);
	const { history } = jsonOf(results[0]) as { history: IDataObject[] };
	expect(history.map((step) => step.at)).toEqual(times);
});

it('a status that is seen again keeps the time at which it was seen first', async () => {
	const { results } = await settleAll(limitOf(60), [[outputOf()]], [[SENT], [SENT], [DELIVERED]]);
	expect(jsonOf(results[0]).history).toEqual([
		{ status: 'queued', providerStatus: 'Queued', at: at(0) },
		{ status: 'sent', providerStatus: 'Sent', at: at(0) },
		{ status: 'delivered', providerStatus: 'Arrived', at: at(2_500) },
	]);
});

it.each([
	['an agent has it by the first output', true, 0],
	['it leaves by the second output', false, 1],
])('of a failure %s', async (_, isTool, output) => {
	const said = { status: 'failed', providerStatus: 'No', isFinal: true } as const;
	const { results } = await settleAll(limitOf(60), [[outputOf()]], [[said]], {
		isToolExecution: () => isTool,
	});
	expect((results[0] as Output[])[0].output).toBe(output);
});

it('a cancelled execution ends it', async () => {
	const cancel = new AbortController();
	const over = settleAll(limitOf(60), [[outputOf()]], [[SENT]], {
		getExecutionCancelSignal: () => cancel.signal,
	});
	over.catch(() => {});
	cancel.abort();
	await expect(over).rejects.toThrow('The execution was cancelled');
});
