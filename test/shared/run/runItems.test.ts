import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { redactor } from '../../../nodes/shared/errors/redact';
import { Item } from '../../../nodes/shared/input/item';
import { accepted, failed, type Outcome } from '../../../nodes/shared/model/outcome';
import type { Output } from '../../../nodes/shared/model/output';
import type { Connection, ItemOperation } from '../../../nodes/shared/provider/operation';
import type { Sends } from '../../../nodes/shared/provider/sendPlan';
import { FailedItem } from '../../../nodes/shared/run/itemResult';
import { runItems } from '../../../nodes/shared/run/runItems';
import { Ledger } from '../../../nodes/shared/sending/ledger';
import { contextWith } from '../../engine/harness/contexts';

/** Running an operation for each item: failures, and what the next try recalls. */

interface Script {
	items?: number;
	continueOnFail?: boolean;
	parameters?: IDataObject;
	members?: object;
	concurrency?: number;
	perRequest?: number;
	operation?: Partial<ItemOperation<Connection>>;
	/** The context of an earlier try. */
	context?: ReturnType<typeof contextWith>;
}

const SECRET = 'the-secret-of-an-account';
const redact = redactor([SECRET]);

/** Runs an operation over items, which outputs the index of each by default. */
async function runOver({ items = 1, continueOnFail = false, parameters = {}, ...script }: Script) {
	const { members = {}, concurrency = 1, perRequest = 1, operation = {} } = script;
	const context =
		script.context ?? contextWith(parameters, { continueOnFail: () => continueOnFail, ...members });
	const ran: number[] = [];
	const { run = async ({ index }: Item): Promise<Output[]> => [{ json: { index } }] } = operation;
	const itemOperation = {
		resource: 'r',
		operation: 'o',
		...operation,
		run: async (item: Item, connection: Connection, sends: Sends) => {
			ran.push(item.index);
			return await run(item, connection, sends);
		},
	} as unknown as ItemOperation<Connection>;
	const api = { redact, http: { redact } } as unknown as Connection;
	const ledger = new Ledger(context, 'p', redact);
	const { results, sentItems, uncertainItems } = await runItems(
		{
			context,
			items: Array.from({ length: items }, (_, index) => new Item(context, index)),
			operation: itemOperation,
			concurrency,
			perRequest,
			simplify: true,
			api,
			ledger,
		},
		itemOperation,
	);
	return { results, sentItems, uncertainItems, ran, context };
}

const ok = accepted([{ json: { messageId: 'm1', of: SECRET }, raw: { a: 1 } }]);
const LOST = new Failure({
	kind: 'ambiguous',
	message: `Lost ${SECRET}`,
	description: `Of ${SECRET}`,
});
const REJECTED = new Failure({ kind: 'rejected', message: 'Rejected', nothingAccepted: true });

/** Sends a message to one recipient, with this outcome or error. */
const sendWith = async (sends: Sends, outcome: Outcome | Error) =>
	await sends.send({
		intents: [{ recipient: 'a' }],
		send: async () => {
			if (outcome instanceof Error) throw outcome;
			return [outcome];
		},
	});
const sending = (outcome: Outcome | Error): Partial<ItemOperation<Connection>> => ({
	sends: true,
	run: async (_item, _api, sends) => await sendWith(sends, outcome),
});
const throwRejected = (): never => {
	throw REJECTED;
};

describe('failures', () => {
	it.each([
		['stop the following items', false, [0, 1]],
		['do not stop the following items with Continue On Fail', true, [0, 1, 2]],
	])('%s', async (_, continueOnFail, expected) => {
		const run = async ({ index }: Item) => (index === 1 ? throwRejected() : [{ json: { index } }]);
		const { results, ran } = await runOver({ items: 3, continueOnFail, operation: { run } });
		expect(ran).toEqual(expected);
		expect(results[0]).toEqual([{ json: { index: 0 } }]);
		expect(results[1]).toBeInstanceOf(FailedItem);
		expect(results[2]).toEqual(continueOnFail ? [{ json: { index: 2 } }] : []);
	});

	const failureOf = async (operation: Partial<ItemOperation<Connection>>, members = {}) => {
		const { results } = await runOver({ operation, members });
		return results[0] as FailedItem;
	};

	it.each<[string, Error]>([
		['a rejection', new Failure({ kind: 'rejected', message: 'x' })],
		['an ambiguous failure', LOST],
		['an unexpected error', new TypeError('x')],
	])('before a send are unchanged, and nothing was sent: %s', async (_, error) => {
		const run = async () => await Promise.reject(error);
		const failure = await failureOf({ sends: true, run });
		expect(failure.nothingSent).toBe(true);
		expect(failure.error).toBe(error);
		// a retry cannot know what the execution that it repeats has sent
		const inRetry = await failureOf({ sends: true, run }, { getMode: () => 'retry' });
		expect(inRetry.nothingSent).toBe(false);
	});

	it.each<[string, Outcome | Error, object]>([
		['a refusal: nothing was sent', failed(REJECTED), { nothingSent: true, error: REJECTED }],
		[
			'a rejection that is not certain: something may have been sent',
			failed(new Failure({ kind: 'rejected', message: 'x' })),
			{ nothingSent: false, error: { kind: 'rejected', message: 'x' } },
		],
		[
			'a lost response: something may have been sent',
			failed(LOST),
			{ nothingSent: false, error: { kind: 'ambiguous', message: 'Lost ***' } },
		],
		[
			'an unexpected error: something may have been sent',
			new TypeError('x'),
			{ nothingSent: false, error: { kind: 'ambiguous' } },
		],
	])('of a send, %s', async (_, outcome, expected) => {
		expect(await failureOf(sending(outcome))).toMatchObject(expected);
	});

	it('after a send: something was sent', async () => {
		const error = new TypeError('x');
		const { results, sentItems } = await runOver({
			operation: {
				sends: true,
				run: async (_item, _api, sends) => {
					await sendWith(sends, ok);
					throw error;
				},
			},
		});
		expect(results).toEqual([new FailedItem(error, false)]);
		expect(sentItems).toBe(1);
	});

	it.each([{}, { getMode: () => 'retry' }])(
		'are unchanged for an operation that does not send, which never sends anything',
		async (members) => {
			const run = async () => await Promise.reject(LOST);
			const failure = await failureOf({ run }, members);
			expect(failure.nothingSent).toBe(true);
			expect(failure.error).toBe(LOST);
		},
	);
});

it('the items that were sent are counted', async () => {
	const outcomes = [ok, failed(LOST), ok, failed(REJECTED)];
	const { sentItems } = await runOver({
		items: 5,
		continueOnFail: true,
		operation: {
			sends: true,
			// the last item sends nothing, as a dry run does
			run: async ({ index }, _api, sends) =>
				index < 4 ? await sendWith(sends, outcomes[index]) : [{ json: {} }],
		},
	});
	expect(sentItems).toBe(2);
	expect((await runOver({ items: 3 })).sentItems).toBe(0);
});

it('the items with outputs that may have been sent are counted', async () => {
	const group = failed(LOST, [{ json: { status: 'unknown' } }]);
	const outcomes = [group, failed(LOST), ok, group];
	const { results, sentItems, uncertainItems } = await runOver({
		items: 4,
		continueOnFail: true,
		operation: {
			sends: true,
			run: async ({ index }, _api, sends) =>
				await sends.send({
					intents: [{ recipient: 'a' }],
					isGroup: true,
					send: async () => [outcomes[index]],
				}),
		},
	});
	expect(results.map((result) => Array.isArray(result))).toEqual([true, false, true, true]);
	expect([sentItems, uncertainItems]).toEqual([1, 2]);
});

describe('a second try', () => {
	const runTwice = async (operation: Partial<ItemOperation<Connection>>, script: Script = {}) => {
		const first = await runOver({ ...script, operation });
		const second = await runOver({ ...script, operation, context: first.context });
		return { first, second };
	};

	it('does not send again and recalls the outputs without secrets', async () => {
		const { first, second } = await runTwice(sending(ok));
		const json = { messageId: 'm1', of: '***' };
		expect(first.results).toEqual([[{ json, raw: { a: 1 } }]]);
		expect(second.ran).toEqual([]);
		expect(second.results).toEqual([[{ json: { ...json, alreadySent: true } }]]);
		expect([first.sentItems, second.sentItems]).toEqual([1, 1]);
	});

	it('repeats an operation that does not send', async () => {
		const { second } = await runTwice({});
		expect(second.ran).toEqual([0]);
		expect(second.results).toEqual([[{ json: { index: 0 } }]]);
	});

	it('repeats an operation that has not sent yet', async () => {
		const { second } = await runTwice({ sends: true });
		expect(second.ran).toEqual([0]);
	});

	it('does not send again what may have been sent', async () => {
		const { second } = await runTwice(sending(failed(LOST)));
		expect(second.ran).toEqual([]);
		const { error, nothingSent } = second.results[0] as FailedItem;
		expect(nothingSent).toBe(false);
		expect(error).toMatchObject({ kind: 'ambiguous', message: 'Lost ***', description: 'Of ***' });
	});

	it('remembers an ambiguous failure without a description', async () => {
		const lost = failed(new Failure({ kind: 'ambiguous', message: 'Lost' }));
		const { second } = await runTwice(sending(lost));
		const { error } = second.results[0] as FailedItem;
		expect(error).toMatchObject({ message: 'Lost', description: undefined });
	});

	it('sends again what was rejected', async () => {
		const { second } = await runTwice(sending(failed(REJECTED)));
		expect(second.ran).toEqual([0]);
		expect(second.results[0]).toMatchObject({ nothingSent: true });
	});

	it('does not check the settings of a wait again once the message is sent', async () => {
		const checkWait = jest.fn();
		await runTwice({ ...sending(ok), checkWait });
		expect(checkWait.mock.calls).toHaveLength(1);
	});

	it.each([
		[false, [], []],
		[true, expect.any(FailedItem), [1]],
	])(
		'stops at a remembered failure unless Continue On Fail is on: %s',
		async (continueOnFail, last, ran) => {
			let tries = 0;
			const run: ItemOperation<Connection>['run'] = async ({ index }, _api, sends) => {
				tries++;
				return await sendWith(sends, failed(index === 0 ? LOST : REJECTED));
			};
			const { second } = await runTwice({ sends: true, run }, { items: 2, continueOnFail });
			expect(tries).toBe(continueOnFail ? 3 : 1);
			expect(second.ran).toEqual(ran);
			expect(second.results[1]).toEqual(last);
		},
	);
});

describe('a tool', () => {
	const store = () => {
		const data = {};
		return { getContext: () => data };
	};
	/** @param message what the model says, from which the text is made */
	const call = async (message: string, members: object, outcome: Outcome = ok) =>
		await runOver({
			parameters: { to: '1', message: 'The time' },
			members: { ...members, getInputData: () => [{ json: { message } }] },
			operation: sending(outcome),
		});

	it('of an agent sends a call with other parameters, and the same call once', async () => {
		const members = {
			...store(),
			getNode: () => ({ id: 'n', type: 'cdyneTool', parameters: { to: '', message: '' } }),
		};
		expect((await call('Hi', members)).ran).toEqual([0]);
		expect((await call('Hi', members)).ran).toEqual([]);
		expect((await call('Ho', members)).ran).toEqual([0]);
	});

	it('inside its caller repeats a call until it ends well', async () => {
		const members = { ...store(), isToolExecution: () => true };
		expect((await call('Hi', members, failed(LOST))).ran).toEqual([0]);
		const second = await call('Hi', members);
		expect(second.ran).toEqual([]);
		expect(second.results[0]).toMatchObject({ error: { kind: 'ambiguous' } });
		expect((await call('Ho', members)).ran).toEqual([0]);
		expect((await call('Ho', members)).ran).toEqual([0]);
	});
});

describe('an item is rejected before anything is sent', () => {
	const parameters = { options: { limitWaitTime: { values: { resumeAmount: -1 } } } };
	const waitLimit = { amount: 1, unit: 'days' } as const;
	const pollUntilFinal = async () => [];
	const wait = {} as ItemOperation<Connection>['wait'];

	it.each<[string, boolean, Partial<ItemOperation<Connection>>]>([
		['an operation that suspends', true, { wait, waitLimit }],
		['an operation that polls', true, { pollUntilFinal, waitLimit }],
		['an operation that does not wait', false, {}],
	])('if the limit of the wait is invalid, for %s: %s', async (_, isRejected, operation) => {
		const { results, ran } = await runOver({ parameters, operation });
		expect(ran).toEqual(isRejected ? [] : [0]);
		expect(results[0] instanceof FailedItem).toBe(isRejected);
	});

	it('if the operation rejects the settings of the wait', async () => {
		const { results, ran } = await runOver({ operation: { checkWait: () => throwRejected() } });
		expect(ran).toEqual([]);
		expect(results[0]).toMatchObject({ nothingSent: true, error: { message: 'Rejected' } });
	});

	it('if the execution was cancelled', async () => {
		const cancel = new AbortController();
		const members = { getExecutionCancelSignal: () => cancel.signal };
		expect((await runOver({ members })).ran).toEqual([0]);
		cancel.abort();
		const { results, ran } = await runOver({ members, operation: { sends: true } });
		expect(ran).toEqual([]);
		expect(results[0]).toMatchObject({
			nothingSent: true,
			error: { kind: 'rejected', nothingAccepted: true, message: 'The execution was cancelled' },
		});
	});
});

it('items send through the batches of the run', async () => {
	const sizes: number[] = [];
	const call = async (entries: number[]) => {
		sizes.push(entries.length);
		return entries;
	};
	const run: ItemOperation<Connection>['run'] = async ({ index }, _api, { batches }) =>
		(await batches.send('key', [index], call, () => false)).map((sent) => ({ json: { sent } }));
	const { results } = await runOver({ items: 5, perRequest: 3, operation: { run } });
	expect(sizes).toEqual([3, 2]);
	expect(results).toEqual([0, 1, 2, 3, 4].map((sent) => [{ json: { sent } }]));
});

it.each([
	[2, 1, 2],
	[1, 3, 3],
	[2, 2, 4],
])(
	'with %i requests of %i messages, %i items run at once',
	async (concurrency, perRequest, limit) => {
		let running = 0;
		let maxRunning = 0;
		const run = async () => {
			maxRunning = Math.max(maxRunning, ++running);
			for (let count = 0; count < 5; count++) await Promise.resolve();
			running--;
			return [];
		};
		await runOver({ items: 9, concurrency, perRequest, operation: { run } });
		expect(maxRunning).toBe(limit);
	},
);
