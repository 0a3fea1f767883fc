import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/shared/errors';
import { Item } from '../../nodes/shared/item';
import type { Output } from '../../nodes/shared/item';
import type { Connection, EachItem } from '../../nodes/shared/operation';
import { redactor } from '../../nodes/shared/redact';
import { Failed } from '../../nodes/shared/result';
import { runEach } from '../../nodes/shared/runEach';
import { contextWith } from './contexts';

/** An operation for each item: what is remembered, what is not started, and what may be out. */

interface Script {
	items?: number;
	goOn?: boolean;
	parameters?: IDataObject;
	members?: object;
	pace?: { concurrency: number; perRequest: number };
	operation?: Partial<EachItem<Connection>>;
	/** The context of a try before. */
	context?: ReturnType<typeof contextWith>;
}

const SECRET = 'the-secret-of-an-account';
const redact = redactor([SECRET]);

/** Runs over items, each of which gives its index unless the operation does something else. */
async function runOver({ items = 1, goOn = false, parameters = {}, ...script }: Script) {
	const { members = {}, pace = { concurrency: 1, perRequest: 1 }, operation = {} } = script;
	const context =
		script.context ?? contextWith(parameters, { continueOnFail: () => goOn, ...members });
	const ran: number[] = [];
	const { run = async ({ index }: Item): Promise<Output[]> => [{ json: { index } }] } = operation;
	const whole = {
		resource: 'r',
		operation: 'o',
		...operation,
		run: async (item: Item, api: Connection) => {
			ran.push(item.index);
			return await run(item, api);
		},
	} as unknown as EachItem<Connection>;
	const api = {
		redact,
		http: { redact, request: async () => ({}) },
	} as unknown as Connection;
	const all = Array.from({ length: items }, (_, index) => new Item(context, index));
	const frame = { context, items: all, operation: whole, pace, simplify: true, api };
	return { results: await runEach(frame, whole), ran, context };
}

const lost = () => {
	throw new Failure({ kind: 'ambiguous', message: `Lost ${SECRET}`, description: `Of ${SECRET}` });
};
const refused = (): never => {
	throw new Failure({ kind: 'rejected', message: 'Refused' });
};
const leave = async (api: Connection) =>
	await api.http.request({ kind: 'send', method: 'POST', url: '' }, () => undefined);

describe('failures', () => {
	it.each([
		['stop what follows', false, [0, 1]],
		['are of their items alone with Continue On Fail', true, [0, 1, 2]],
	])('%s', async (_, goOn, expected) => {
		const run = async ({ index }: Item) => (index === 1 ? refused() : [{ json: { index } }]);
		const { results, ran } = await runOver({ items: 3, goOn, operation: { run } });
		expect(ran).toEqual(expected);
		expect(results[0]).toEqual([{ json: { index: 0 } }]);
		expect(results[1]).toBeInstanceOf(Failed);
		expect(results[2]).toEqual(goOn ? [{ json: { index: 2 } }] : []);
	});

	const tells = async (run: (item: Item, api: Connection) => Promise<never>) => {
		const { results } = await runOver({ operation: { run, sends: true } });
		const { error, nothingSent } = results[0] as Failed;
		const { kind, message } = error as Failure;
		return { kind, message, nothingSent };
	};

	it.each<[string, () => Error, object]>([
		['a refusal', () => new Failure({ kind: 'rejected', message: 'x' }), { kind: 'rejected' }],
		['an error of ours', () => new TypeError('x'), { kind: undefined, message: 'x' }],
		[
			'no answer',
			() => new Failure({ kind: 'unavailable', message: 'x' }),
			{ kind: 'unavailable' },
		],
	])('before a send have sent nothing: %s', async (_, error, facts) => {
		const told = await tells(async () => {
			throw error();
		});
		expect(told).toMatchObject({ ...facts, nothingSent: true });
	});

	it.each<[string, () => Error, object]>([
		[
			'of a refusal that accepted nothing',
			() => new Failure({ kind: 'rejected', message: 'x', nothingAccepted: true }),
			{ kind: 'rejected', nothingSent: true },
		],
		[
			'of a refusal that may have accepted something',
			() => new Failure({ kind: 'rejected', message: 'x' }),
			{ kind: 'rejected', nothingSent: false },
		],
		['of an error of ours', () => new TypeError('x'), { kind: 'ambiguous', nothingSent: false }],
		[
			'of a lost answer',
			() => new Failure({ kind: 'ambiguous', message: 'x', nothingAccepted: true }),
			{ kind: 'ambiguous', nothingSent: false },
		],
	])('after a send say whether something is out: %s', async (_, error, facts) => {
		const told = await tells(async (_item, api) => {
			await leave(api);
			throw error();
		});
		expect(told).toMatchObject(facts);
	});

	it('are told as they are of an operation that remembers nothing', async () => {
		const failure = new Failure({ kind: 'ambiguous', message: 'Lost' });
		const run = async () => {
			throw failure;
		};
		const { results } = await runOver({ operation: { run } });
		expect(results).toEqual([new Failed(failure, false)]);
		expect((results[0] as Failed).error).toBe(failure);
	});

	it('that leave it open have sent something even before a send', async () => {
		expect(await tells(async () => lost())).toMatchObject({ nothingSent: false });
	});
});

describe('a try after another one', () => {
	const twice = async (operation: Partial<EachItem<Connection>>, script: Script = {}) => {
		const first = await runOver({ ...script, operation });
		const second = await runOver({ ...script, operation, context: first.context });
		return { first, second };
	};

	it('does not send again what went out, and shows no secret of it', async () => {
		const run = async () => [{ json: { id: 'm1', of: SECRET }, raw: { a: 1 } }];
		const { first, second } = await twice({ sends: true, run });
		expect(first.results).toEqual([[{ json: { id: 'm1', of: SECRET }, raw: { a: 1 } }]]);
		expect(second.ran).toEqual([]);
		expect(second.results).toEqual([[{ json: { id: 'm1', of: '***', alreadySent: true } }]]);
	});

	it('keeps the very object that leaves, which n8n then stores once', async () => {
		const { results, context } = await runOver({ operation: { sends: true } });
		const { sentItems } = context.getContext('node') as {
			sentItems: Record<string, { sent: IDataObject[] }>;
		};
		const [[{ json }]] = results as Output[][];
		expect(sentItems['0:0'].sent[0]).toBe(json);
	});

	it('repeats what sends nothing', async () => {
		const { second } = await twice({});
		expect(second.ran).toEqual([0]);
		expect(second.results).toEqual([[{ json: { index: 0 } }]]);
	});

	it('does not send again what may be out', async () => {
		const { second } = await twice({ sends: true, run: async () => lost() });
		expect(second.ran).toEqual([]);
		const { error, nothingSent } = second.results[0] as Failed;
		expect(nothingSent).toBe(false);
		expect(error).toMatchObject({ kind: 'ambiguous', message: 'Lost ***', description: 'Of ***' });
	});

	it('keeps what may be out also without an advice', async () => {
		const run = async () => {
			throw new Failure({ kind: 'ambiguous', message: 'Lost' });
		};
		const { second } = await twice({ sends: true, run });
		const { error } = second.results[0] as Failed;
		expect(error).toMatchObject({ message: 'Lost', description: undefined });
	});

	it('sends what was refused', async () => {
		const { second } = await twice({ sends: true, run: async () => refused() });
		expect(second.ran).toEqual([0]);
	});

	it.each([
		[false, [], []],
		[true, expect.any(Failed), [1]],
	])('stops at what may be out, unless it goes on: %s', async (goOn, last, ran) => {
		let tries = 0;
		const run = async ({ index }: Item) => {
			tries++;
			return index === 0 ? lost() : refused();
		};
		const { second } = await twice({ sends: true, run }, { items: 2, goOn });
		expect(tries).toBe(goOn ? 3 : 1);
		expect(second.ran).toEqual(ran);
		expect(second.results[1]).toEqual(last);
	});

	it('of a tool sends another text', async () => {
		const parameters = { to: '1', message: 'Hi' };
		const members = { isToolExecution: () => true };
		const fields = [{ name: 'to' }, { name: 'message' }, { name: 'gone' }];
		const operation = { sends: true, fields } as Partial<EachItem<Connection>>;
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

	it('of a tool without fields is the same call', async () => {
		const { second } = await twice({ sends: true }, { members: { isToolExecution: () => true } });
		expect(second.ran).toEqual([]);
	});
});

describe('what is refused before anything goes out', () => {
	const limit = { resumeAmount: -1 };
	const settle = async () => [];
	const wait = {} as EachItem<Connection>['wait'];

	it.each<[string, Partial<EachItem<Connection>>, boolean]>([
		['of a wait', { wait }, true],
		['of a wait inside the node', { settle }, true],
		['of no wait', {}, false],
	])('is a limit that is none, %s: %s', async (_, operation, isRefused) => {
		const { results, ran } = await runOver({ parameters: limit, operation });
		expect(ran).toEqual(isRefused ? [] : [0]);
		expect(results[0] instanceof Failed).toBe(isRefused);
	});

	it('is what the operation says', async () => {
		const { results, ran } = await runOver({ operation: { checkWait: () => refused() } });
		expect(ran).toEqual([]);
		expect(results[0]).toMatchObject({ nothingSent: true, error: { message: 'Refused' } });
	});

	it('is all of a cancelled execution', async () => {
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

it.each([
	[{ concurrency: 2, perRequest: 1 }, 2],
	[{ concurrency: 1, perRequest: 3 }, 3],
	[{ concurrency: 2, perRequest: 2 }, 4],
])('with %j no more than %i items are worked on at once', async (pace, limit) => {
	let now = 0;
	let most = 0;
	const run = async () => {
		most = Math.max(most, ++now);
		for (let count = 0; count < 5; count++) await Promise.resolve();
		now--;
		return [];
	};
	await runOver({ items: 9, pace, operation: { run } });
	expect(most).toBe(limit);
});
