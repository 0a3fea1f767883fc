import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure } from '../../nodes/shared/errors';
import type { Output } from '../../nodes/shared/item';
import type { Connection, EachItem, Operation, Pace } from '../../nodes/shared/operation';
import type { Provider } from '../../nodes/shared/provider';
import { run } from '../../nodes/shared/run';
import type { Parking } from '../../nodes/shared/wait';
import { contextWith } from './contexts';

/** A run of a node: the operation, its pace, and what becomes of all items. */

const CHOSEN = { resource: 'message', operation: 'send' };
const secretless = <T>(value: T): T =>
	JSON.parse(JSON.stringify(value).replaceAll('secret', '***')) as T;

interface Script {
	parameters?: IDataObject;
	items?: number;
	goOn?: boolean;
	operation?: object;
	provider?: Partial<Provider<Connection>>;
	members?: object;
}

async function runOver({ parameters = {}, items = 1, goOn = false, ...script }: Script) {
	const paces: Pace[] = [];
	const context = contextWith(
		{ ...CHOSEN, ...parameters },
		{
			getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
			continueOnFail: () => goOn,
			...script.members,
		},
	);
	const provider = {
		name: 'p',
		operations: [
			{ ...CHOSEN, resource: 'another', run: async () => [{ json: { wrong: 1 } }] },
			{ ...CHOSEN, operation: 'another', run: async () => [{ json: { wrong: 2 } }] },
			{ ...CHOSEN, name: 'Send', run: async () => [{ json: {} }], ...script.operation },
		] as unknown as Array<Operation<Connection>>,
		connect: async (_: IExecuteFunctions, pace: Pace) => {
			paces.push(pace);
			return { redact: secretless, http: {} };
		},
		concurrency: 10,
		...script.provider,
	} as unknown as Provider<Connection>;
	return { outputs: await run(context, provider), paces };
}

const jsonsOf = ({ outputs }: { outputs: Array<Array<{ json: IDataObject }>> }) =>
	outputs.map((items) => items.map(({ json }) => json));

it('without items nothing is done', async () => {
	expect(await runOver({ items: 0 })).toEqual({ outputs: [[]], paces: [] });
});

it('each item has what the chosen operation gives, without secrets', async () => {
	const operation = {
		run: async ({ index }: { index: number }) => [{ json: { index, of: 'secret' }, raw: { a: 1 } }],
	};
	const { outputs } = await runOver({ items: 2, operation });
	expect(outputs).toEqual([
		[
			{ json: { index: 0, of: '***' }, pairedItem: { item: 0 } },
			{ json: { index: 1, of: '***' }, pairedItem: { item: 1 } },
		],
	]);
});

it.each<[boolean, object]>([
	[true, { run: async () => [{ json: {}, raw: { a: 1 } }] }],
	[false, { run: async () => [{ json: {}, raw: { a: 1 } }] }],
	[true, { runAll: async () => [[{ json: {}, raw: { a: 1 } }]] }],
	[false, { runAll: async () => [[{ json: {}, raw: { a: 1 } }]] }],
])('the answer as it came is shown where Simplify is off: %s', async (simplify, operation) => {
	const all = jsonsOf(await runOver({ parameters: { simplify }, operation }));
	expect(all).toEqual([[simplify ? {} : { raw: { a: 1 } }]]);
});

describe('what is wrong with the node as a whole', () => {
	it('is no item’s', async () => {
		const over = runOver({ parameters: { operation: 'gone' } });
		await expect(over).rejects.toMatchObject({
			message: 'This node has no operation "gone" of "message"',
			context: { nothingSent: true },
		});
	});

	it('is one of each item with Continue On Fail', async () => {
		const [items] = jsonsOf(
			await runOver({ parameters: { resource: 'gone' }, items: 2, goOn: true }),
		);
		expect(items).toHaveLength(2);
		for (const { details } of items) expect(details).toMatchObject({ nothingSent: true });
	});

	it('is told with the item where it came with one', async () => {
		const connect = async () => {
			throw new Failure({ kind: 'credential', message: 'Wrong key' });
		};
		await expect(runOver({ provider: { connect } })).rejects.toMatchObject({
			message: 'Wrong key [Item 0]',
			context: { nothingSent: true },
		});
	});
});

describe('an operation that waits', () => {
	it.each([1, 2])('takes one item: of %i', async (items) => {
		const wait = { park: () => [{ json: { over: true } }] };
		const over = runOver({ items, operation: { wait } });
		if (items === 1) expect(jsonsOf(await over)).toEqual([[{ over: true }]]);
		else await expect(over).rejects.toThrow('"Send" takes one item, and 2 came');
	});

	it('takes its limit from when the message is out', async () => {
		const limits: number[] = [];
		const wait = {
			park: (_item: unknown, _sent: unknown, until: Date) => {
				limits.push(until.getTime());
				return [];
			},
		};
		const before = Date.now();
		await runOver({ parameters: { resumeAmount: 1, resumeUnit: 'hours' }, operation: { wait } });
		expect(limits).toHaveLength(1);
		expect(limits[0] - before).toBeGreaterThanOrEqual(3_600_000);
		expect(limits[0] - before).toBeLessThan(3_700_000);
	});

	it('parks with what went out', async () => {
		const until = new Date('2090-01-01');
		const putExecutionToWait = jest.fn(async () => {});
		const park = (_item: unknown, sent: Output[]): Parking => ({
			state: {},
			until,
			atLimit: [],
			meanwhile: [{ json: { ...sent[0].json, of: 'secret' } }],
		});
		const { outputs } = await runOver({
			operation: { wait: { park }, run: async () => [{ json: { id: 'm1' } }] },
			members: {
				putExecutionToWait,
				getExecuteData: () => ({ node: { parameters: {} }, data: {}, source: null }),
			},
		});
		expect(putExecutionToWait.mock.calls).toEqual([[until]]);
		expect(outputs).toEqual([[{ json: { id: 'm1', of: '***' }, pairedItem: { item: 0 } }]]);
	});

	it.each<[string, () => Promise<Output[]>, boolean]>([
		['nothing went out', async () => [], false],
		['it was a dry run', async () => [{ json: { dryRun: true } }], false],
		['something went out', async () => [{ json: { dryRun: false } }], true],
	])('waits only where something went out: %s', async (_, work, waits) => {
		const park = jest.fn(() => []);
		await runOver({ operation: { run: work, wait: { park } } });
		expect(park.mock.calls).toHaveLength(waits ? 1 : 0);
	});

	it('does not wait after a failure', async () => {
		const park = jest.fn(() => []);
		const work = async () => {
			throw new Failure({ kind: 'rejected', message: 'Refused' });
		};
		const over = runOver({ operation: { run: work, wait: { park } } });
		await expect(over).rejects.toThrow('Refused');
		expect(park.mock.calls).toHaveLength(0);
	});

	it('that cannot park says which message is out', async () => {
		const park = () => {
			throw new Error('Full');
		};
		const operation = { run: async () => [{ json: { messageId: 'm1' } }], wait: { park } };
		const [[{ error, details }]] = jsonsOf(await runOver({ goOn: true, operation }));
		expect(error).toMatch(
			/^The message went out with the ID m1, but waiting for it failed: Full \[Item 0\]/,
		);
		expect(details).toMatchObject({ kind: 'ambiguous', nothingSent: false });
	});
});

describe('an operation that waits inside the node', () => {
	type Settle = NonNullable<EachItem<Connection>['settle']>;
	const over = async (script: Script, settle: Settle, failing: number[] = []) => {
		const work = async ({ index }: { index: number }) => {
			if (failing.includes(index)) throw new Failure({ kind: 'rejected', message: 'Refused' });
			return [{ json: { messageId: `m${index}` } }];
		};
		return await runOver({ ...script, operation: { run: work, settle, ...script.operation } });
	};
	const all: Settle = async (_, sent) =>
		sent.map((one) => (Array.isArray(one) ? [{ json: { ...one[0].json, over: true } }] : one));

	it('gives what it comes to', async () => {
		expect(jsonsOf(await over({ items: 2 }, all))).toEqual([
			[
				{ messageId: 'm0', over: true },
				{ messageId: 'm1', over: true },
			],
		]);
	});

	it('is told of what went out, what did not, and how fast it may go', async () => {
		const given: unknown[] = [];
		const settle: Settle = async (items, sent, _api, concurrency) => {
			given.push(items.length, sent, concurrency);
			return await all(items, sent, _api, concurrency);
		};
		const options = { concurrency: 3 };
		const [items] = jsonsOf(
			await over({ items: 2, goOn: true, parameters: { options } }, settle, [0]),
		);
		expect(given).toEqual([2, [expect.any(Failure), [{ json: { messageId: 'm1' } }]], 3]);
		expect((given[1] as Failure[])[0]).toMatchObject({
			kind: 'rejected',
			message: 'Nothing was sent',
		});
		expect(items[0].error).toMatch(/^Refused/);
		expect(items[1]).toEqual({ messageId: 'm1', over: true });
	});

	it.each([[[0]], [[1]], [[0, 1]]])(
		'is left out where %j failed and nothing goes on',
		async (failing) => {
			const settle = jest.fn(all);
			await expect(over({ items: 2 }, settle, failing)).rejects.toThrow('Refused');
			expect(settle.mock.calls).toHaveLength(0);
		},
	);

	it('leaves a failure, a dry run and what it cannot tell as they were', async () => {
		const settle: Settle = async (_, sent) => sent.map(() => new Error('No'));
		expect(jsonsOf(await over({}, settle))).toEqual([[{ messageId: 'm0' }]]);
		const wrong: Settle = async (_, sent) => sent.map(() => [{ json: { wrong: true } }]);
		const dry = { run: async () => [{ json: { dryRun: true } }] };
		expect(jsonsOf(await over({ operation: dry }, wrong))).toEqual([[{ dryRun: true }]]);
		const [[failed]] = jsonsOf(await over({ goOn: true }, wrong, [0]));
		expect(failed.error).toMatch(/^Refused/);
	});

	it('that breaks off leaves what went out as open, and the others as they were', async () => {
		const settle: Settle = async () => {
			throw new Error('Gone');
		};
		const [items] = jsonsOf(await over({ items: 2, goOn: true }, settle, [0]));
		expect(items[0].error).toMatch(/^Refused/);
		expect(items[1].error).toMatch(
			/^The message went out with the ID m1, but waiting for it failed: Gone/,
		);
		expect(items[1].details).toMatchObject({ kind: 'ambiguous', nothingSent: false });
	});
});

describe('an operation for all items at once', () => {
	it('gives what it found, and failures with their items', async () => {
		const runAll = jest.fn(async () => [
			[{ json: { found: true } }],
			new Failure({ kind: 'notFound', message: 'Not there' }),
		]);
		const [items] = jsonsOf(
			await runOver({ items: 2, goOn: true, operation: { run: undefined, runAll } }),
		);
		expect(items[0]).toEqual({ found: true });
		expect(items[1]).toMatchObject({ details: { kind: 'notFound', nothingSent: true } });
		expect((runAll.mock.calls as unknown[][])[0][2]).toBe(10);
	});
});

describe('the pace', () => {
	it.each<[unknown, number | undefined, number]>([
		[undefined, undefined, 10],
		[3, undefined, 3],
		[3.9, undefined, 3],
		[1, undefined, 1],
		[0, undefined, 10],
		[0.5, undefined, 10],
		[-2, undefined, 1],
		[4, 5, 4],
		[5, 5, 5],
		[6, 5, 5],
		[undefined, 5, 5],
		[1e6, undefined, 1e6],
	])('with Concurrency %j of at most %j is %i', async (concurrency, maxConcurrency, is) => {
		const parameters = { options: concurrency === undefined ? {} : { concurrency } } as IDataObject;
		const { paces } = await runOver({ parameters, provider: { maxConcurrency } });
		expect(paces).toEqual([{ concurrency: is, perRequest: 1 }]);
	});

	it.each<[string, object, number]>([
		['what the operation says', { perRequest: () => 7 }, 7],
		['one where it says nothing', { perRequest: undefined }, 1],
	])('of messages in a request is %s', async (_, operation, perRequest) => {
		expect((await runOver({ operation })).paces).toEqual([{ concurrency: 10, perRequest }]);
	});
});

it('a failure of a send says how many others went through', async () => {
	const work = async ({ index }: { index: number }) => {
		if (index === 1) throw new Failure({ kind: 'rejected', message: 'Refused' });
		return [{ json: {} }];
	};
	await expect(runOver({ items: 2, operation: { run: work, sends: true } })).rejects.toThrow(
		'Refused. 1 other item went through [Item 1]',
	);
	await expect(runOver({ items: 2, operation: { run: work } })).rejects.toThrow('Refused [Item 1]');
});
