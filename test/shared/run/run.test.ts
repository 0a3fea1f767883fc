import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { accepted, failed, type Outcome } from '../../../nodes/shared/model/outcome';
import type { Output } from '../../../nodes/shared/model/output';
import type { HttpRequest } from '../../../nodes/shared/http/request';
import type { Item } from '../../../nodes/shared/input/item';
import type {
	Connection,
	ItemOperation,
	Operation,
} from '../../../nodes/shared/provider/operation';
import type { Provider } from '../../../nodes/shared/provider/provider';
import type { Sends } from '../../../nodes/shared/provider/sendPlan';
import type { SuspensionPlan } from '../../../nodes/shared/provider/waitStrategy';
import { run } from '../../../nodes/shared/run/run';
import { contextWith, messageWith } from '../../engine/harness/contexts';

/** A run of a node: the chosen operation, its concurrency, its waits and its outputs. */

const CHOSEN = { resource: 'message', operation: 'send' };
const redact = <T>(value: T): T =>
	JSON.parse(JSON.stringify(value).replaceAll('secret', '***')) as T;

interface Script {
	parameters?: IDataObject;
	items?: number;
	continueOnFail?: boolean;
	operation?: object;
	provider?: Partial<Provider<Connection>>;
	members?: object;
}

/** Runs the operation over items. @returns the outputs, and how often the node connected */
async function runOver({ parameters = {}, items = 1, continueOnFail = false, ...script }: Script) {
	let connections = 0;
	const context = contextWith(
		{ ...CHOSEN, ...parameters },
		{
			getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
			continueOnFail: () => continueOnFail,
			...script.members,
		},
	);
	const provider = {
		name: 'p',
		operations: [
			{ ...CHOSEN, resource: 'another', run: async () => [{ json: { wrong: 1 } }] },
			{ ...CHOSEN, operation: 'another', run: async () => [{ json: { wrong: 2 } }] },
			{
				...CHOSEN,
				name: 'Send',
				description: 'Sends',
				outputSchema: {},
				run: async () => [{ json: {} }],
				...script.operation,
			},
		] as unknown as Array<Operation<Connection>>,
		connect: async () => {
			connections++;
			return { redact, http: {} };
		},
		concurrency: 10,
		maxConcurrency: 100,
		...script.provider,
	} as unknown as Provider<Connection>;
	return { outputs: await run(context, provider), connections };
}

const jsonsOf = ({ outputs }: { outputs: Array<Array<{ json: IDataObject }>> }) =>
	outputs.map((items) => items.map(({ json }) => json));

it('without items nothing happens', async () => {
	expect(await runOver({ items: 0 })).toEqual({ outputs: [[]], connections: 0 });
});

it('a run connects once for all items', async () => {
	expect((await runOver({ items: 3 })).connections).toBe(1);
});

it('errors name parameters by the labels of the operation', async () => {
	const operation = {
		fields: [{ displayName: 'My Text', name: 'text', type: 'string', default: '' }],
		run: async (item: Item) => [{ json: { text: item.text('text') } }],
	};
	await expect(runOver({ parameters: { text: {} }, operation })).rejects.toThrow(
		'My Text is an object',
	);
});

it('each item has the outputs of the chosen operation, without secrets', async () => {
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
])('the raw response is output unless Simplify is on: %s', async (simplify, operation) => {
	const jsons = jsonsOf(await runOver({ parameters: { simplify }, operation }));
	expect(jsons).toEqual([[simplify ? {} : { raw: { a: 1 } }]]);
});

describe('a failure of the whole run', () => {
	it('names no item if it concerns the node', async () => {
		const result = runOver({ parameters: { operation: 'gone' } });
		await expect(result).rejects.toMatchObject({
			message: 'This node has no operation "gone" of "message"',
			context: { nothingSent: true },
		});
	});

	it('is a failure of each item with Continue On Fail', async () => {
		const [items] = jsonsOf(
			await runOver({ parameters: { resource: 'gone' }, items: 2, continueOnFail: true }),
		);
		expect(items).toHaveLength(2);
		for (const { details } of items) expect(details).toMatchObject({ nothingSent: true });
	});

	it('names the first item if it concerns the items', async () => {
		const connect = async () => {
			throw new Failure({ kind: 'credential', message: 'Wrong key' });
		};
		await expect(runOver({ provider: { connect } })).rejects.toMatchObject({
			message: 'Wrong key [Item 0]',
			context: { nothingSent: true },
		});
	});
});

describe('an operation that suspends the execution', () => {
	const waitLimit = { amount: 1, unit: 'days' } as const;

	it('takes one item', async () => {
		const wait = { planSuspension: () => [{ json: { ended: true } }] };
		const operation = { wait, waitLimit };
		expect(jsonsOf(await runOver({ operation }))).toEqual([[{ ended: true }]]);
		await expect(runOver({ items: 2, operation })).rejects.toThrow(
			'"Send" takes one item, but received 2',
		);
	});

	it.each<[string, IDataObject, number]>([
		[
			'the user',
			{ limitWaitTime: { values: { resumeAmount: 1, resumeUnit: 'hours' } } },
			3_600_000,
		],
		['the operation', {}, 86_400_000],
	])('counts the limit of %s from when the message was sent', async (_, options, ms) => {
		const limits: number[] = [];
		const wait = {
			planSuspension: (_item: unknown, _sent: unknown, until: Date) => {
				limits.push(until.getTime());
				return [];
			},
		};
		const before = Date.now();
		await runOver({ parameters: { options }, operation: { wait, waitLimit } });
		expect(limits).toHaveLength(1);
		expect(limits[0] - before).toBeGreaterThanOrEqual(ms);
		expect(limits[0] - before).toBeLessThan(ms + 100_000);
	});

	it('suspends with the outputs of the send', async () => {
		const until = new Date('2090-01-01');
		const putExecutionToWait = jest.fn(async () => {});
		const planSuspension = (_item: unknown, sent: Output[]): SuspensionPlan => ({
			state: {},
			until,
			outputsAtLimit: [],
			outputsWhileWaiting: [{ json: { ...sent[0].json, of: 'secret' } }],
		});
		const { outputs } = await runOver({
			operation: {
				wait: { planSuspension },
				waitLimit,
				run: async () => [{ json: { id: 'm1' } }],
			},
			members: {
				putExecutionToWait,
				getExecuteData: () => ({ node: { parameters: {} }, data: {}, source: null }),
			},
		});
		expect(putExecutionToWait.mock.calls).toEqual([[until]]);
		expect(outputs).toEqual([[{ json: { id: 'm1', of: '***' }, pairedItem: { item: 0 } }]]);
	});

	it.each<[string, boolean, () => Promise<Output[]>]>([
		['without outputs', false, async () => []],
		['after a dry run', false, async () => [{ json: { dryRun: true } }]],
		['after a send', true, async () => [{ json: { dryRun: false } }]],
	])('%s, waits: %s', async (_, waits, send) => {
		const planSuspension = jest.fn(() => []);
		await runOver({ operation: { run: send, wait: { planSuspension }, waitLimit } });
		expect(planSuspension.mock.calls).toHaveLength(waits ? 1 : 0);
	});

	it('does not wait after a failure', async () => {
		const planSuspension = jest.fn(() => []);
		const send = async () => {
			throw new Failure({ kind: 'rejected', message: 'Rejected' });
		};
		const operation = { run: send, wait: { planSuspension }, waitLimit };
		await expect(runOver({ operation })).rejects.toThrow('Rejected');
		expect(planSuspension.mock.calls).toHaveLength(0);
	});

	it('names the sent message if it cannot suspend', async () => {
		const planSuspension = () => {
			throw new Error('Full');
		};
		const run = async () => [{ json: { messageId: 'm1' } }];
		const operation = { run, wait: { planSuspension }, waitLimit };
		const [[{ error, details }]] = jsonsOf(await runOver({ continueOnFail: true, operation }));
		expect(error).toMatch(
			/^The message was sent with the ID m1, but waiting for it failed: Full \[Item 0\]/,
		);
		expect(details).toMatchObject({ kind: 'ambiguous', nothingSent: false });
	});
});

describe('an operation that polls', () => {
	type Poll = NonNullable<ItemOperation<Connection>['pollUntilFinal']>;
	const runWith = async (script: Script, pollUntilFinal: Poll, failing: number[] = []) => {
		const send = async ({ index }: { index: number }) => {
			if (failing.includes(index)) throw new Failure({ kind: 'rejected', message: 'Rejected' });
			return [{ json: { messageId: `m${index}` } }];
		};
		const operation = { run: send, pollUntilFinal, ...script.operation };
		return await runOver({ ...script, operation });
	};
	const pollAll: Poll = async (_, sent) =>
		sent.map((result) =>
			Array.isArray(result) ? [{ json: { ...result[0].json, polled: true } }] : result,
		);

	it('outputs the results of polling', async () => {
		expect(jsonsOf(await runWith({ items: 2 }, pollAll))).toEqual([
			[
				{ messageId: 'm0', polled: true },
				{ messageId: 'm1', polled: true },
			],
		]);
	});

	it('passes on the results of all items and the concurrency', async () => {
		const passed: unknown[] = [];
		const poll: Poll = async (items, sent, api, concurrency) => {
			passed.push(items.length, sent, concurrency);
			return await pollAll(items, sent, api, concurrency);
		};
		const parameters = { options: { concurrency: 3 } };
		const script = { items: 2, continueOnFail: true, parameters };
		const [items] = jsonsOf(await runWith(script, poll, [0]));
		expect(passed).toEqual([2, [expect.any(Failure), [{ json: { messageId: 'm1' } }]], 3]);
		expect((passed[1] as Failure[])[0]).toMatchObject({
			kind: 'rejected',
			message: 'Nothing was sent',
		});
		expect(items[0].error).toMatch(/^Rejected/);
		expect(items[1]).toEqual({ messageId: 'm1', polled: true });
	});

	it.each([[[0]], [[1]], [[0, 1]]])(
		'does not poll if the items %j failed without Continue On Fail',
		async (failing) => {
			const poll = jest.fn(pollAll);
			await expect(runWith({ items: 2 }, poll, failing)).rejects.toThrow('Rejected');
			expect(poll.mock.calls).toHaveLength(0);
		},
	);

	it('leaves failures, dry runs and items without a polled result unchanged', async () => {
		const fail: Poll = async (_, sent) => sent.map(() => new Error('No'));
		expect(jsonsOf(await runWith({}, fail))).toEqual([[{ messageId: 'm0' }]]);
		const wrong: Poll = async (_, sent) => sent.map(() => [{ json: { wrong: true } }]);
		const operation = { run: async () => [{ json: { dryRun: true } }] };
		expect(jsonsOf(await runWith({ operation }, wrong))).toEqual([[{ dryRun: true }]]);
		const [[failed]] = jsonsOf(await runWith({ continueOnFail: true }, wrong, [0]));
		expect(failed.error).toMatch(/^Rejected/);
	});

	it('fails for sent items only if polling throws', async () => {
		const poll: Poll = async () => {
			throw new Error('Gone');
		};
		const [items] = jsonsOf(await runWith({ items: 2, continueOnFail: true }, poll, [0]));
		expect(items[0].error).toMatch(/^Rejected/);
		expect(items[1].error).toMatch(
			/^The message was sent with the ID m1, but waiting for it failed: Gone/,
		);
		expect(items[1].details).toMatchObject({ kind: 'ambiguous', nothingSent: false });
	});
});

describe('an operation for all items together', () => {
	it('outputs its results, and failures for their items', async () => {
		const runAll = jest.fn(async () => [
			[{ json: { found: true } }],
			new Failure({ kind: 'notFound', message: 'Not there' }),
		]);
		const [items] = jsonsOf(
			await runOver({ items: 2, continueOnFail: true, operation: { run: undefined, runAll } }),
		);
		expect(items[0]).toEqual({ found: true });
		expect(items[1]).toMatchObject({ details: { kind: 'notFound', nothingSent: true } });
		expect((runAll.mock.calls as unknown[][])[0][2]).toBe(10);
	});
});

describe('the concurrency', () => {
	it.each<[unknown, number, number]>([
		[undefined, 20, 10],
		[3, 20, 3],
		[3.9, 20, 3],
		[1, 20, 1],
		[0, 20, 10],
		[0.5, 20, 10],
		[-2, 20, 1],
		[4, 20, 4],
		[20, 20, 20],
		[20.9, 20, 20],
	])('for Concurrency %j and the maximum %j is %i', async (option, maxConcurrency, concurrency) => {
		const runAll = jest.fn(async () => [[{ json: {} }]]);
		const parameters = {
			options: option === undefined ? {} : { concurrency: option },
		} as IDataObject;
		await runOver({
			parameters,
			provider: { maxConcurrency },
			operation: { run: undefined, runAll },
		});
		expect((runAll.mock.calls as unknown[][]).map((call) => call[2])).toEqual([concurrency]);
	});

	it.each([51, 1e6, '51'])(
		'above the maximum is the maximum, and a hint says so: %j',
		async (value) => {
			const runAll = jest.fn(async () => [[{ json: {} }]]);
			const addExecutionHints = jest.fn();
			await runOver({
				parameters: { options: { concurrency: value } },
				provider: { maxConcurrency: 50 },
				operation: { run: undefined, runAll },
				members: { addExecutionHints },
			});
			expect((runAll.mock.calls as unknown[][]).map((call) => call[2])).toEqual([50]);
			const message = `Concurrency is ${Number(value)}, and the maximum for this provider is 50`;
			expect(addExecutionHints.mock.calls).toEqual([
				[expect.objectContaining({ message: expect.stringContaining(message) })],
			]);
		},
	);
});

describe('the number of messages per request', () => {
	/** The numbers of messages in the requests of eight items. */
	async function batchSizes(operation: object) {
		const sizes: number[] = [];
		const call = async (entries: number[]) => {
			sizes.push(entries.length);
			return entries;
		};
		const send = async ({ index }: { index: number }, _api: Connection, { batches }: Sends) =>
			(await batches.send('key', [index], call, () => false)).map((sent) => ({ json: { sent } }));
		const { outputs } = await runOver({ items: 8, operation: { run: send, ...operation } });
		expect(jsonsOf({ outputs })[0].map(({ sent }) => sent)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
		return sizes;
	}

	it('is that of the operation', async () => {
		expect(await batchSizes({ perRequest: () => 7 })).toEqual([7, 1]);
	});

	it('is one by default', async () => {
		expect(await batchSizes({ perRequest: undefined })).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
	});
});

/** Sends one message of an item, with an outcome for each item. */
const sendingEach = (outcomes: Outcome[]) => ({
	sends: true,
	run: async ({ index }: { index: number }, _api: Connection, sends: Sends) =>
		await sends.send({ intents: [{ recipient: 'a' }], send: async () => [outcomes[index]] }),
});
const sent = (json: IDataObject = {}) => accepted([{ json: { messageId: 'm', ...json } }]);
const REJECTED = failed(
	new Failure({ kind: 'rejected', message: 'Rejected', nothingAccepted: true }),
);
const LOST = failed(new Failure({ kind: 'ambiguous', message: 'Lost' }));

describe('the error of a send', () => {
	it.each<[Outcome[], string]>([
		[[sent(), REJECTED], 'Rejected. 1 other item succeeded [Item 1]'],
		[[REJECTED, LOST], 'Rejected. 1 other item may have been sent [Item 0]'],
		[
			[sent(), LOST, LOST, sent()],
			'Lost. 2 other items succeeded, and 1 other item may have been sent [Item 1]',
		],
		[[LOST, REJECTED], 'Lost [Item 0]'],
	])('of several items says what happened to the others: %#', async (outcomes, message) => {
		const result = runOver({ items: outcomes.length, operation: sendingEach(outcomes) });
		await expect(result).rejects.toMatchObject({ message });
	});

	it('does not count items that send nothing', async () => {
		const run = async ({ index }: { index: number }) =>
			index === 1 ? await Promise.reject(new Failure({ kind: 'rejected', message: 'No' })) : [];
		await expect(runOver({ items: 2, operation: { run } })).rejects.toMatchObject({
			message: 'No [Item 1]',
		});
	});
});

describe('a warning', () => {
	const warned = sent({ warning: 'Careful.' });
	const playWith = async (outcomes: Outcome[], continueOnFail = false) => {
		const hints: unknown[] = [];
		const members = { addExecutionHints: (hint: unknown) => void hints.push(hint) };
		const script = { items: outcomes.length, operation: sendingEach(outcomes), continueOnFail };
		const result = await runOver({ ...script, members }).catch((error: Error) => error);
		return { result, hints };
	};
	const hint = { message: 'Careful.', type: 'info', location: 'outputPane' };

	it('of an output is a hint, once', async () => {
		const { result, hints } = await playWith([warned, sent(), warned]);
		expect(hints).toEqual([hint]);
		if (result instanceof Error) throw result;
		expect(jsonsOf(result)[0].map(({ warning }) => warning)).toEqual([
			'Careful.',
			undefined,
			'Careful.',
		]);
	});

	it('of an output is a hint beside failed items', async () => {
		expect((await playWith([REJECTED, warned], true)).hints).toEqual([hint]);
	});

	it('is in the description of an error that is thrown', async () => {
		const { result, hints } = await playWith([warned, REJECTED]);
		expect(hints).toEqual([]);
		expect(result).toMatchObject({
			message: 'Rejected. 1 other item succeeded [Item 1]',
			description:
				'Retry On Fail does not repeat them. Set On Error to Continue to get the results of all items. Careful.',
		});
	});
});

describe('the requests of a run', () => {
	/** A connection that notes how many requests are in flight. */
	function counting() {
		const seen: string[] = [];
		let inFlight = 0;
		let maxInFlight = 0;
		const request = async ({ url }: HttpRequest, read: (response: unknown) => unknown) => {
			seen.push(url);
			maxInFlight = Math.max(maxInFlight, ++inFlight);
			await Promise.resolve();
			inFlight--;
			return read(url);
		};
		const connect = async () => ({ redact, http: { redact, request } });
		return {
			provider: { connect } as unknown as Partial<Provider<Connection>>,
			seen,
			max: () => maxInFlight,
		};
	}

	const get = async (api: Connection, url: string) =>
		await api.http.request({ kind: 'repeatable', method: 'GET', url }, (response) => response);
	const getAll = async (api: Connection, names: string[]) =>
		await Promise.all(names.map(async (name) => await get(api, name)));
	const names = ['a', 'b', 'c', 'd', 'e'];

	const PARTS: Array<[string, object, number, number]> = [
		[
			'several requests of one item',
			{
				run: async (_item: Item, api: Connection) => {
					await getAll(api, names);
					return [];
				},
			},
			15,
			15,
		],
		[
			'an operation for all items together',
			{
				run: undefined,
				runAll: async (items: Item[], api: Connection) => {
					await getAll(api, names);
					return items.map(() => []);
				},
			},
			5,
			5,
		],
		[
			'sends and look-ups of their references',
			{
				sends: true,
				run: async ({ index }: Item, api: Connection, sends: Sends) =>
					await sends.send({
						intents: names.map((name) => ({ recipient: name, reference: `${index} ${name}` })),
						send: async (intents) => {
							await getAll(
								api,
								intents.map(({ recipient }) => recipient),
							);
							return intents.map(() => LOST);
						},
						find: async (reference) => {
							await get(api, reference);
							const message = messageWith({ messageId: reference });
							const recipient = reference.split(' ')[1];
							return { isComplete: true, messages: [{ message, raw: {}, recipient }] };
						},
					}),
			},
			30,
			15,
		],
		[
			'polling',
			{
				pollUntilFinal: async (_items: Item[], results: unknown[], api: Connection) => {
					await getAll(api, names);
					return results;
				},
				waitLimit: { amount: 1, unit: 'days' },
			},
			5,
			5,
		],
	];

	it.each(PARTS)('are limited by Concurrency: %s', async (_, operation, requests, most) => {
		for (const concurrency of [1, 2, 100]) {
			const { provider, seen, max } = counting();
			const parameters = { options: { concurrency } };
			await runOver({ items: 3, parameters, provider, operation, continueOnFail: true });
			expect(seen).toHaveLength(requests);
			expect(max()).toBe(Math.min(concurrency, most));
		}
	});

	it('are passed on with their result or their error', async () => {
		const { provider, seen } = counting();
		const read = () => {
			throw new Failure({ kind: 'rejected', message: 'Unreadable' });
		};
		const run = async ({ index }: Item, { http }: Connection) => {
			if (index === 0) return [{ json: { got: await get({ http, redact }, 'x') } as IDataObject }];
			return await http.request({ kind: 'send', method: 'POST', url: 'y' }, read);
		};
		const [items] = jsonsOf(
			await runOver({ items: 2, provider, operation: { run }, continueOnFail: true }),
		);
		expect(seen).toEqual(['x', 'y']);
		expect(items).toMatchObject([{ got: 'x' }, { error: 'Unreadable [Item 1]' }]);
	});
});

describe('a run without data of the execution', () => {
	const withoutContext = {
		getContext: () => {
			throw new Error('There is no execution');
		},
	};

	it.each([
		['no data', {}],
		['no data in the context', withoutContext],
		['null', { ...withoutContext, runExecutionData: null }],
	])('sends: %s', async (_, members) => {
		const operation = sendingEach([sent()]);
		const jsons = jsonsOf(await runOver({ operation, members }));
		expect(jsons).toEqual([[{ messageId: 'm' }]]);
	});

	it('remembers what it has sent within the execution', async () => {
		const execution = { resultData: { runData: {} } };
		const members = { ...withoutContext, runExecutionData: execution };
		const send = async (changes: object = {}) => {
			const script = { operation: sendingEach([sent()]), members: { ...members, ...changes } };
			return jsonsOf(await runOver(script))[0][0];
		};
		expect(await send()).toEqual({ messageId: 'm' });
		expect(await send()).toEqual({ messageId: 'm', alreadySent: true });
		const other = { runExecutionData: { resultData: { runData: {} } } };
		expect(await send(other)).toEqual({ messageId: 'm' });
	});
});

describe('whether nothing was sent if the whole run fails', () => {
	const connect = async () => await Promise.reject(new Error('No connection'));
	const store = {};
	const nothingSent = async (operation: object, members: object) => {
		const script = { operation, members, provider: { connect }, continueOnFail: true };
		const [[{ details }]] = jsonsOf(await runOver(script));
		return (details as { nothingSent: boolean }).nothingSent;
	};

	it.each<[string, object, object, boolean]>([
		['a send', { sends: true }, {}, true],
		['a send in a retry', { sends: true }, { getMode: () => 'retry' }, false],
		['a look-up in a retry', {}, { getMode: () => 'retry' }, true],
	])('%s', async (_, operation, members, expected) => {
		expect(await nothingSent(operation, members)).toBe(expected);
	});

	it('a send that an earlier try has made', async () => {
		const members = { getContext: () => store };
		await runOver({ operation: sendingEach([sent()]), members });
		expect(await nothingSent({ sends: true }, members)).toBe(false);
		const nextRun = { ...members, getWorkflowDataProxy: () => ({ $runIndex: 1 }) };
		expect(await nothingSent({ sends: true }, nextRun)).toBe(true);
	});
});
