import { Failure } from '../../../nodes/shared/errors/failure';
import { Batcher, createBatches } from '../../../nodes/shared/http/batcher';

const double = async (entries: number[]) => entries.map((entry) => entry * 2);

/** A batcher of numbers, and the calls that it has made. */
function batcherOf(
	maxEntries: number,
	call = double as (entries: number[]) => Promise<Array<number | Failure>>,
	concurrency = 1,
) {
	const calls: number[][] = [];
	const batcher = new Batcher<number, number>(maxEntries, concurrency, async (entries) => {
		calls.push(entries);
		if (calls.length > 20) throw new Error('There are too many calls');
		return await call(entries);
	});
	return { calls, batcher };
}

/** The result of a promise if it needs no timer. */
async function resultNow<T>(work: Promise<T>): Promise<T | 'pending'> {
	let result: T | 'pending' = 'pending';
	void work.then((value) => (result = value));
	for (let turn = 0; turn < 200; turn++) await Promise.resolve();
	return result;
}

const rejected = new Failure({ kind: 'rejected', message: 'No', nothingAccepted: true });

describe('entries that are sent at the same time', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** Sends lists of entries at the same time. */
	async function sendAll(maxEntries: number, lists: number[][]) {
		const { calls, batcher } = batcherOf(maxEntries);
		const sending = Promise.all(lists.map(async (entries) => await batcher.send(entries)));
		const timers = jest.getTimerCount();
		await jest.advanceTimersByTimeAsync(1);
		return { calls, timers, results: await resultNow(sending) };
	}

	it.each<[string, number, number[][], number[][], number]>([
		['are sent together', 9, [[1, 2], [3], [4, 5]], [[1, 2, 3, 4, 5]], 1],
		['are sent if there is only one', 9, [[1]], [[1]], 1],
		['are sent immediately if one item fills a call', 3, [[1, 2, 3]], [[1, 2, 3]], 0],
		['are sent immediately if several items fill a call', 3, [[1, 2], [3]], [[1, 2, 3]], 1],
		[
			'are sent in two calls if they do not fit into one',
			3,
			[
				[1, 2],
				[3, 4],
			],
			[
				[1, 2],
				[3, 4],
			],
			2,
		],
		['are collected again after a full call', 2, [[1, 2], [3]], [[1, 2], [3]], 1],
		['are not split if they belong to one item', 2, [[1, 2, 3, 4]], [[1, 2, 3, 4]], 0],
		[
			'are sent separately if an item exceeds the limit',
			3,
			[[1], [2, 3, 4, 5]],
			[[1], [2, 3, 4, 5]],
			1,
		],
	])('%s', async (_, maxEntries, lists, expectedCalls, expectedTimers) => {
		const { calls, timers, results } = await sendAll(maxEntries, lists);
		expect(timers).toBe(expectedTimers);
		expect(calls).toEqual(expectedCalls);
		expect(results).toEqual(lists.map((entries) => entries.map((entry) => entry * 2)));
	});

	it('are not in the same call as later entries', async () => {
		const { calls, batcher } = batcherOf(9);
		const first = batcher.send([1]);
		await jest.advanceTimersByTimeAsync(1);
		const second = batcher.send([2]);
		await jest.advanceTimersByTimeAsync(1);
		expect(await resultNow(Promise.all([first, second]))).toEqual([[2], [4]]);
		expect(calls).toEqual([[1], [2]]);
	});
});

it('the number of calls in flight is limited', async () => {
	const finishCalls: Array<() => void> = [];
	const call = async (entries: number[]) => {
		await new Promise<void>((resolve) => void finishCalls.push(resolve));
		return entries;
	};
	const { calls, batcher } = batcherOf(1, call, 2);
	const sending = [1, 2, 3].map(async (entry) => await batcher.send([entry]));
	const runMicrotasks = async () => {
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	};
	await runMicrotasks();
	expect(calls).toEqual([[1], [2]]);
	finishCalls[0]();
	await runMicrotasks();
	expect(calls).toEqual([[1], [2], [3]]);
	for (const finish of finishCalls) finish();
	expect(await resultNow(Promise.all(sending))).toEqual([[1], [2], [3]]);
});

describe('a call that fails', () => {
	const failingFor = (error: unknown, invalid: number[], maxEntries = 5) =>
		batcherOf(maxEntries, async (entries) =>
			entries.some((entry) => invalid.includes(entry)) ? await Promise.reject(error) : entries,
		);

	it('is split until the rejected entry is alone', async () => {
		const { calls, batcher } = failingFor(rejected, [4]);
		expect(await resultNow(batcher.send([1, 2, 3, 4, 5]))).toEqual([1, 2, 3, rejected, 5]);
		expect(calls).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], [4, 5], [4], [5]]);
	});

	it('fails only for the rejected entries', async () => {
		const { batcher } = failingFor(rejected, [1, 5]);
		expect(await resultNow(batcher.send([1, 2, 3, 4, 5]))).toEqual([rejected, 2, 3, 4, rejected]);
	});

	it('is not repeated if it has only one entry', async () => {
		const { calls, batcher } = failingFor(rejected, [1], 1);
		expect(await resultNow(batcher.send([1]))).toEqual([rejected]);
		expect(calls).toEqual([[1]]);
	});

	it.each<[string, unknown, object]>([
		[
			'it may have been accepted',
			rejected.with({ nothingAccepted: false }),
			{ kind: 'rejected', message: 'No', nothingAccepted: false },
		],
		['the credential is rejected', rejected.with({ kind: 'credential' }), { kind: 'credential' }],
		[
			'the provider is unavailable',
			rejected.with({ kind: 'unavailable' }),
			{ kind: 'unavailable' },
		],
		['the error is unexpected', new TypeError('Oh'), { kind: 'rejected', message: 'Oh' }],
	])('is not split because %s', async (_, error, facts) => {
		const { calls, batcher } = failingFor(error, [2]);
		const results = await resultNow(batcher.send([1, 2, 3, 4, 5]));
		expect(results).toHaveLength(5);
		for (const result of results) {
			expect(result).toBeInstanceOf(Failure);
			expect(result).toMatchObject(facts);
		}
		expect(calls).toEqual([[1, 2, 3, 4, 5]]);
	});
});

describe('the batches of a run', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** The calls made by the batches, and a function that makes one for each operation. */
	function recordingCalls() {
		const calls: Array<[string, number[]]> = [];
		const callOf = (name: string) => async (entries: number[]) => {
			calls.push([name, entries]);
			return await double(entries);
		};
		return { calls, callOf };
	}

	it.each([1, 0])('with at most %i entries are sent immediately and alone', async (maxEntries) => {
		const { calls, callOf } = recordingCalls();
		const batches = createBatches(maxEntries, 1);
		const sending = Promise.all([
			batches.send('key', [1, 2], callOf('first')),
			batches.send('key', [3], callOf('second')),
		]);
		expect(calls).toEqual([
			['first', [1, 2]],
			['second', [3]],
		]);
		expect(jest.getTimerCount()).toBe(0);
		expect(await resultNow(sending)).toEqual([[2, 4], [6]]);
	});

	it('of one entry throw the failure of the call', async () => {
		const call = async () => await Promise.reject(rejected);
		await expect(createBatches(1, 1).send('key', [1], call)).rejects.toBe(rejected);
	});

	it('have all entries with the same key in one request', async () => {
		const { calls, callOf } = recordingCalls();
		const batches = createBatches(9, 1);
		const sending = Promise.all([
			batches.send('key', [1, 2], callOf('first')),
			batches.send('key', [3], callOf('second')),
		]);
		expect(calls).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		// the call of the first item sends the whole batch
		expect(calls).toEqual([['first', [1, 2, 3]]]);
		expect(await resultNow(sending)).toEqual([[2, 4], [6]]);
	});

	it('have entries with different keys in different requests', async () => {
		const { calls, callOf } = recordingCalls();
		const batches = createBatches(9, 1);
		const sending = Promise.all([
			batches.send('a', [1], callOf('a')),
			batches.send('b', [2], callOf('b')),
			batches.send('a', [3], callOf('a')),
		]);
		await jest.advanceTimersByTimeAsync(1);
		expect(calls).toEqual([
			['a', [1, 3]],
			['b', [2]],
		]);
		expect(await resultNow(sending)).toEqual([[2], [4], [6]]);
	});

	it('are full at the maximum number of entries', async () => {
		const { calls, callOf } = recordingCalls();
		const batches = createBatches(2, 9);
		const sending = Promise.all(
			[1, 2, 3].map(async (entry) => await batches.send('key', [entry], callOf('call'))),
		);
		await jest.advanceTimersByTimeAsync(1);
		expect(calls).toEqual([
			['call', [1, 2]],
			['call', [3]],
		]);
		expect(await resultNow(sending)).toEqual([[2], [4], [6]]);
	});

	it('have a limited number of requests in flight', async () => {
		const started: number[][] = [];
		const never = async (entries: number[]) => {
			started.push(entries);
			return await new Promise<number[]>(() => {});
		};
		const batches = createBatches(2, 2);
		for (const entry of [1, 2, 3]) void batches.send('key', [entry, entry], never);
		await jest.advanceTimersByTimeAsync(1);
		expect(started).toEqual([
			[1, 1],
			[2, 2],
		]);
	});

	it('are not shared with another run', async () => {
		const { calls, callOf } = recordingCalls();
		void createBatches(9, 1).send('key', [1], callOf('one run'));
		void createBatches(9, 1).send('key', [2], callOf('another run'));
		await jest.advanceTimersByTimeAsync(1);
		expect(calls).toEqual([
			['one run', [1]],
			['another run', [2]],
		]);
	});
});
