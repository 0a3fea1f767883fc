import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { redactor } from '../../../nodes/shared/errors/redact';
import type { Batches } from '../../../nodes/shared/http/batcher';
import { Item } from '../../../nodes/shared/input/item';
import type { Output } from '../../../nodes/shared/model/output';
import type { Connection, ItemOperation } from '../../../nodes/shared/provider/operation';
import { FailedItem } from '../../../nodes/shared/run/itemResult';
import { runItems } from '../../../nodes/shared/run/runItems';
import { contextWith } from '../../engine/harness/contexts';

/** Running an operation for each item: failures, and what the next try remembers. */

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
		run: async (item: Item, connection: Connection, batches: Batches) => {
			ran.push(item.index);
			return await run(item, connection, batches);
		},
	} as unknown as ItemOperation<Connection>;
	const api = {
		redact,
		http: { redact, request: async () => ({}) },
	} as unknown as Connection;
	const results = await runItems(
		{
			context,
			items: Array.from({ length: items }, (_, index) => new Item(context, index)),
			operation: itemOperation,
			concurrency,
			perRequest,
			simplify: true,
			api,
		},
		itemOperation,
	);
	return { results, ran, context };
}

const throwLost = () => {
	throw new Failure({ kind: 'ambiguous', message: `Lost ${SECRET}`, description: `Of ${SECRET}` });
};
const throwRejected = (): never => {
	throw new Failure({ kind: 'rejected', message: 'Rejected' });
};
const send = async (api: Connection) =>
	await api.http.request({ kind: 'send', method: 'POST', url: '' }, () => undefined);

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

	const failureOf = async (run: (item: Item, api: Connection) => Promise<never>) => {
		const { results } = await runOver({ operation: { run, sends: true } });
		const { error, nothingSent } = results[0] as FailedItem;
		const { kind, message } = error as Failure;
		return { kind, message, nothingSent };
	};

	it.each<[string, () => Error, object]>([
		['a rejection', () => new Failure({ kind: 'rejected', message: 'x' }), { kind: 'rejected' }],
		['an unexpected error', () => new TypeError('x'), { kind: undefined, message: 'x' }],
		[
			'no response',
			() => new Failure({ kind: 'unavailable', message: 'x' }),
			{ kind: 'unavailable' },
		],
	])('before a send, %s: nothing was sent', async (_, error, facts) => {
		const failure = await failureOf(async () => {
			throw error();
		});
		expect(failure).toMatchObject({ ...facts, nothingSent: true });
	});

	it.each<[string, () => Error, object]>([
		[
			'a rejection that accepted nothing: nothing was sent',
			() => new Failure({ kind: 'rejected', message: 'x', nothingAccepted: true }),
			{ kind: 'rejected', nothingSent: true },
		],
		[
			'another rejection: something may have been sent',
			() => new Failure({ kind: 'rejected', message: 'x' }),
			{ kind: 'rejected', nothingSent: false },
		],
		[
			'an unexpected error: something may have been sent',
			() => new TypeError('x'),
			{ kind: 'ambiguous', nothingSent: false },
		],
		[
			'a lost response: something may have been sent',
			() => new Failure({ kind: 'ambiguous', message: 'x', nothingAccepted: true }),
			{ kind: 'ambiguous', nothingSent: false },
		],
	])('after a send, %s', async (_, error, facts) => {
		const failure = await failureOf(async (_item, api) => {
			await send(api);
			throw error();
		});
		expect(failure).toMatchObject(facts);
	});

	it('are unchanged for an operation that does not send', async () => {
		const failure = new Failure({ kind: 'ambiguous', message: 'Lost' });
		const run = async () => {
			throw failure;
		};
		const { results } = await runOver({ operation: { run } });
		expect(results).toEqual([new FailedItem(failure, false)]);
		expect((results[0] as FailedItem).error).toBe(failure);
	});

	it('that are ambiguous mean that something may have been sent, even before a send', async () => {
		expect(await failureOf(async () => throwLost())).toMatchObject({ nothingSent: false });
	});
});

describe('a second try', () => {
	const runTwice = async (operation: Partial<ItemOperation<Connection>>, script: Script = {}) => {
		const first = await runOver({ ...script, operation });
		const second = await runOver({ ...script, operation, context: first.context });
		return { first, second };
	};

	it('does not send again and recalls the outputs without secrets', async () => {
		const run = async () => [{ json: { id: 'm1', of: SECRET }, raw: { a: 1 } }];
		const { first, second } = await runTwice({ sends: true, run });
		expect(first.results).toEqual([[{ json: { id: 'm1', of: SECRET }, raw: { a: 1 } }]]);
		expect(second.ran).toEqual([]);
		expect(second.results).toEqual([[{ json: { id: 'm1', of: '***', alreadySent: true } }]]);
	});

	it('remembers the same object that is output, so that n8n stores it once', async () => {
		const { results, context } = await runOver({ operation: { sends: true } });
		const { sentItems } = context.getContext('node') as {
			sentItems: Record<string, { sent: IDataObject[] }>;
		};
		const [[{ json }]] = results as Output[][];
		expect(sentItems['0:0'].sent[0]).toBe(json);
	});

	it('repeats an operation that does not send', async () => {
		const { second } = await runTwice({});
		expect(second.ran).toEqual([0]);
		expect(second.results).toEqual([[{ json: { index: 0 } }]]);
	});

	it('does not send again what may have been sent', async () => {
		const { second } = await runTwice({ sends: true, run: async () => throwLost() });
		expect(second.ran).toEqual([]);
		const { error, nothingSent } = second.results[0] as FailedItem;
		expect(nothingSent).toBe(false);
		expect(error).toMatchObject({ kind: 'ambiguous', message: 'Lost ***', description: 'Of ***' });
	});

	it('remembers an ambiguous failure without a description', async () => {
		const run = async () => {
			throw new Failure({ kind: 'ambiguous', message: 'Lost' });
		};
		const { second } = await runTwice({ sends: true, run });
		const { error } = second.results[0] as FailedItem;
		expect(error).toMatchObject({ message: 'Lost', description: undefined });
	});

	it('sends again what was rejected', async () => {
		const { second } = await runTwice({ sends: true, run: async () => throwRejected() });
		expect(second.ran).toEqual([0]);
	});

	it.each([
		[false, [], []],
		[true, expect.any(FailedItem), [1]],
	])(
		'stops at a remembered failure unless Continue On Fail is on: %s',
		async (continueOnFail, last, ran) => {
			let tries = 0;
			const run = async ({ index }: Item) => {
				tries++;
				return index === 0 ? throwLost() : throwRejected();
			};
			const { second } = await runTwice({ sends: true, run }, { items: 2, continueOnFail });
			expect(tries).toBe(continueOnFail ? 3 : 1);
			expect(second.ran).toEqual(ran);
			expect(second.results[1]).toEqual(last);
		},
	);

	it('of a tool sends a call with other parameters', async () => {
		const parameters = { to: '1', message: 'Hi' };
		const members = { isToolExecution: () => true };
		const fields = [{ name: 'to' }, { name: 'message' }, { name: 'gone' }];
		const operation = { sends: true, fields } as Partial<ItemOperation<Connection>>;
		const first = await runOver({ parameters, members, operation });
		const store = first.context.getContext('node');
		const again = async (message: string) =>
			await runOver({
				parameters: { to: '1', message },
				members: { ...members, getContext: () => store },
				operation,
			});
		expect((await again('Hi')).ran).toEqual([]);
		expect((await again('Ho')).ran).toEqual([0]);
	});

	it('of a tool without fields does not send again', async () => {
		const { second } = await runTwice(
			{ sends: true },
			{ members: { isToolExecution: () => true } },
		);
		expect(second.ran).toEqual([]);
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
	const run: ItemOperation<Connection>['run'] = async ({ index }, _api, batches) =>
		(await batches.send('key', [index], call)).map((sent) => ({ json: { sent } }));
	const { results } = await runOver({ items: 5, perRequest: 3, operation: { run } });
	expect(sizes).toEqual([3, 2]);
	expect(results).toEqual([0, 1, 2, 3, 4].map((sent) => [{ json: { sent } }]));
});

it('an unexpected error after entries were passed to a batch is ambiguous', async () => {
	const run: ItemOperation<Connection>['run'] = async (_item, _api, batches) => {
		await batches.send('key', ['entry'], async () => ['sent']);
		throw new TypeError('x');
	};
	const { results } = await runOver({ operation: { run, sends: true } });
	expect(results[0]).toMatchObject({ nothingSent: false, error: { kind: 'ambiguous' } });
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
