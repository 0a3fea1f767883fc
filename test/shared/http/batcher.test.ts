import { Batcher, createBatches } from '../../../nodes/shared/http/batcher';

type Result = number | string;

const double = async (entries: number[]): Promise<Result[]> => entries.map((entry) => entry * 2);

/** The rule of the provider of this test: a request is rejected as a whole if all its results are. */
const REJECTED = 'rejected';
const mustSplit = (results: Result[]): boolean => results.every((result) => result === REJECTED);
const never = () => false;

/** A batcher of numbers, and the calls that it has made. */
function batcherOf(maxEntries: number, call = double, splits = mustSplit) {
	const calls: number[][] = [];
	const record = async (entries: number[]) => {
		calls.push(entries);
		if (calls.length > 20) throw new Error('There are too many calls');
		return await call(entries);
	};
	return { calls, batcher: new Batcher<number, Result>(maxEntries, record, splits) };
}

/** The result of a promise if it needs no timer. */
async function resultNow<T>(work: Promise<T>): Promise<T | 'pending'> {
	let result: T | 'pending' = 'pending';
	void work.then((value) => (result = value));
	for (let turn = 0; turn < 200; turn++) await Promise.resolve();
	return result;
}

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

it('calls do not wait for each other', async () => {
	const finishCalls: Array<() => void> = [];
	const call = async (entries: number[]) => {
		await new Promise<void>((resolve) => void finishCalls.push(resolve));
		return entries;
	};
	const { calls, batcher } = batcherOf(1, call);
	const sending = [1, 2, 3].map(async (entry) => await batcher.send([entry]));
	expect(calls).toEqual([[1], [2], [3]]);
	for (const finish of finishCalls.reverse()) finish();
	expect(await resultNow(Promise.all(sending))).toEqual([[1], [2], [3]]);
});

describe('a call that is rejected', () => {
	/** A provider that rejects a request if one of its entries is invalid. */
	const rejectingFor = (invalid: number[], splits = mustSplit, maxEntries = 5) =>
		batcherOf(
			maxEntries,
			async (entries) =>
				entries.some((entry) => invalid.includes(entry)) ? entries.map(() => REJECTED) : entries,
			splits,
		);

	it('is split until the rejected entry is alone', async () => {
		const { calls, batcher } = rejectingFor([4]);
		expect(await resultNow(batcher.send([1, 2, 3, 4, 5]))).toEqual([1, 2, 3, REJECTED, 5]);
		expect(calls).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], [4, 5], [4], [5]]);
	});

	it('is rejected only for the rejected entries', async () => {
		const { batcher } = rejectingFor([1, 5]);
		expect(await resultNow(batcher.send([1, 2, 3, 4, 5]))).toEqual([REJECTED, 2, 3, 4, REJECTED]);
	});

	it('is not repeated if it has only one entry', async () => {
		const { calls, batcher } = rejectingFor([1], mustSplit, 1);
		expect(await resultNow(batcher.send([1]))).toEqual([REJECTED]);
		expect(calls).toEqual([[1]]);
	});

	it('is not split unless all of it is rejected', async () => {
		const partly = async (entries: number[]) =>
			entries.map((entry) => (entry === 2 ? REJECTED : entry));
		const { calls, batcher } = batcherOf(3, partly);
		expect(await resultNow(batcher.send([1, 2, 3]))).toEqual([1, REJECTED, 3]);
		expect(calls).toEqual([[1, 2, 3]]);
	});

	it('is not split if the provider may have accepted something', async () => {
		const asked: Result[][] = [];
		const splits = (results: Result[]) => {
			asked.push(results);
			return false;
		};
		const { calls, batcher } = rejectingFor([2], splits, 3);
		expect(await resultNow(batcher.send([1, 2, 3]))).toEqual([REJECTED, REJECTED, REJECTED]);
		expect(calls).toEqual([[1, 2, 3]]);
		expect(asked).toEqual([[REJECTED, REJECTED, REJECTED]]);
	});

	it('gives each item its own results', async () => {
		jest.useFakeTimers();
		const { calls, batcher } = rejectingFor([3], mustSplit, 9);
		const sending = Promise.all(
			[[1, 2], [3], [4, 5]].map(async (list) => await batcher.send(list)),
		);
		await jest.advanceTimersByTimeAsync(1);
		jest.useRealTimers();
		expect(await resultNow(sending)).toEqual([[1, 2], [REJECTED], [4, 5]]);
		expect(calls[0]).toEqual([1, 2, 3, 4, 5]);
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
		const batches = createBatches(maxEntries);
		const sending = Promise.all([
			batches.send('key', [1, 2], callOf('first'), never),
			batches.send('key', [3], callOf('second'), never),
		]);
		expect(calls).toEqual([
			['first', [1, 2]],
			['second', [3]],
		]);
		expect(jest.getTimerCount()).toBe(0);
		expect(await resultNow(sending)).toEqual([[2, 4], [6]]);
	});

	it('with one entry are not split', async () => {
		const call = async (entries: number[]) => entries.map(() => REJECTED);
		const split = jest.fn(() => true);
		expect(await createBatches(1).send('key', [1, 2], call, split)).toEqual([REJECTED, REJECTED]);
		expect(split.mock.calls).toEqual([]);
	});

	it('are split by the rule of their operation', async () => {
		const calls: number[][] = [];
		const call = async (entries: number[]) => {
			calls.push(entries);
			return entries.map(() => REJECTED);
		};
		for (const [key, rule] of [['split', mustSplit] as const, ['whole', never] as const]) {
			void createBatches(9).send(key, [1, 2], call, rule);
			await jest.advanceTimersByTimeAsync(1);
		}
		expect(calls).toEqual([[1, 2], [1], [2], [1, 2]]);
	});

	it('have all entries with the same key in one request', async () => {
		const { calls, callOf } = recordingCalls();
		const batches = createBatches(9);
		const sending = Promise.all([
			batches.send('key', [1, 2], callOf('first'), never),
			batches.send('key', [3], callOf('second'), never),
		]);
		expect(calls).toEqual([]);
		await jest.advanceTimersByTimeAsync(1);
		// the call of the first item sends the whole batch
		expect(calls).toEqual([['first', [1, 2, 3]]]);
		expect(await resultNow(sending)).toEqual([[2, 4], [6]]);
	});

	it('have entries with different keys in different requests', async () => {
		const { calls, callOf } = recordingCalls();
		const batches = createBatches(9);
		const sending = Promise.all([
			batches.send('a', [1], callOf('a'), never),
			batches.send('b', [2], callOf('b'), never),
			batches.send('a', [3], callOf('a'), never),
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
		const batches = createBatches(2);
		const sending = Promise.all(
			[1, 2, 3].map(async (entry) => await batches.send('key', [entry], callOf('call'), never)),
		);
		await jest.advanceTimersByTimeAsync(1);
		expect(calls).toEqual([
			['call', [1, 2]],
			['call', [3]],
		]);
		expect(await resultNow(sending)).toEqual([[2], [4], [6]]);
	});

	it('are not shared with another run', async () => {
		const { calls, callOf } = recordingCalls();
		void createBatches(9).send('key', [1], callOf('one run'), never);
		void createBatches(9).send('key', [2], callOf('another run'), never);
		await jest.advanceTimersByTimeAsync(1);
		expect(calls).toEqual([
			['one run', [1]],
			['another run', [2]],
		]);
	});
});
