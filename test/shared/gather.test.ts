import { Failure } from '../../nodes/shared/errors';
import { Gatherer } from '../../nodes/shared/gather';

/** What several items send at the same time, in few calls. */

const double = async (entries: number[]) => entries.map((entry) => entry * 2);

/** A gatherer of numbers, and the calls it made. */
function gathererOf(
	most: number,
	call = double as (entries: number[]) => Promise<Array<number | Failure>>,
	concurrency = 1,
) {
	const calls: number[][] = [];
	const gatherer = new Gatherer<number, number>(most, concurrency, async (entries) => {
		calls.push(entries);
		if (calls.length > 20) throw new Error('There is no end to these calls');
		return await call(entries);
	});
	return { calls, gatherer };
}

/** What comes of a promise without any time to pass. */
async function atOnce<T>(work: Promise<T>): Promise<T | 'not yet'> {
	let result: T | 'not yet' = 'not yet';
	void work.then((value) => (result = value));
	for (let turn = 0; turn < 200; turn++) await Promise.resolve();
	return result;
}

const refused = new Failure({ kind: 'rejected', message: 'No', nothingAccepted: true });

describe('what is sent at the same time', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** Sends lists of entries one after the other, at the same time. */
	async function sent(most: number, lists: number[][]) {
		const { calls, gatherer } = gathererOf(most);
		const sending = Promise.all(lists.map(async (entries) => await gatherer.send(entries)));
		const timers = jest.getTimerCount();
		await jest.advanceTimersByTimeAsync(1);
		return { calls, timers, results: await atOnce(sending) };
	}

	it.each<[string, number, number[][], number[][], number]>([
		['goes out together', 9, [[1, 2], [3], [4, 5]], [[1, 2, 3, 4, 5]], 1],
		['of one item, too', 9, [[1]], [[1]], 1],
		['goes out at once where it fills a call', 3, [[1, 2, 3]], [[1, 2, 3]], 0],
		['and where it fills one with that of others', 3, [[1, 2], [3]], [[1, 2, 3]], 1],
		[
			'fills no more than one call',
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
		['begins anew after a full call', 2, [[1, 2], [3]], [[1, 2], [3]], 1],
		['of one item stays together', 2, [[1, 2, 3, 4]], [[1, 2, 3, 4]], 0],
		[
			'of one item stays apart where it is too much',
			3,
			[[1], [2, 3, 4, 5]],
			[[1], [2, 3, 4, 5]],
			1,
		],
	])('%s', async (_, most, lists, made, waiting) => {
		const { calls, timers, results } = await sent(most, lists);
		expect(timers).toBe(waiting);
		expect(calls).toEqual(made);
		expect(results).toEqual(lists.map((entries) => entries.map((entry) => entry * 2)));
	});

	it('and later is in a later call', async () => {
		const { calls, gatherer } = gathererOf(9);
		const first = gatherer.send([1]);
		await jest.advanceTimersByTimeAsync(1);
		const second = gatherer.send([2]);
		await jest.advanceTimersByTimeAsync(1);
		expect(await atOnce(Promise.all([first, second]))).toEqual([[2], [4]]);
		expect(calls).toEqual([[1], [2]]);
	});
});

it('no more calls are in flight than allowed', async () => {
	const ends: Array<() => void> = [];
	const call = async (entries: number[]) => {
		await new Promise<void>((resolve) => void ends.push(resolve));
		return entries;
	};
	const { calls, gatherer } = gathererOf(1, call, 2);
	const sending = [1, 2, 3].map(async (entry) => await gatherer.send([entry]));
	const settle = async () => {
		for (let turn = 0; turn < 20; turn++) await Promise.resolve();
	};
	await settle();
	expect(calls).toEqual([[1], [2]]);
	ends[0]();
	await settle();
	expect(calls).toEqual([[1], [2], [3]]);
	for (const end of ends) end();
	expect(await atOnce(Promise.all(sending))).toEqual([[1], [2], [3]]);
});

describe('a call that is refused', () => {
	const refuse = (error: unknown, bad: number[], most = 5) =>
		gathererOf(most, async (entries) =>
			entries.some((entry) => bad.includes(entry)) ? await Promise.reject(error) : entries,
		);

	it('is split until the entry to blame is alone', async () => {
		const { calls, gatherer } = refuse(refused, [4]);
		expect(await atOnce(gatherer.send([1, 2, 3, 4, 5]))).toEqual([1, 2, 3, refused, 5]);
		expect(calls).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], [4, 5], [4], [5]]);
	});

	it('for several entries fails each of these alone', async () => {
		const { gatherer } = refuse(refused, [1, 5]);
		expect(await atOnce(gatherer.send([1, 2, 3, 4, 5]))).toEqual([refused, 2, 3, 4, refused]);
	});

	it('for one entry alone is not made again', async () => {
		const { calls, gatherer } = refuse(refused, [1], 1);
		expect(await atOnce(gatherer.send([1]))).toEqual([refused]);
		expect(calls).toEqual([[1]]);
	});

	it.each<[string, unknown, object]>([
		[
			'what may have been accepted',
			refused.with({ nothingAccepted: false }),
			{ kind: 'rejected', message: 'No', nothingAccepted: false },
		],
		['what concerns all', refused.with({ kind: 'credential' }), { kind: 'credential' }],
		['what is out of order', refused.with({ kind: 'unavailable' }), { kind: 'unavailable' }],
		['what nobody expected', new TypeError('Oh'), { kind: 'rejected', message: 'Oh' }],
	])('for %s fails all its entries', async (_, error, facts) => {
		const { calls, gatherer } = refuse(error, [2]);
		const results = await atOnce(gatherer.send([1, 2, 3, 4, 5]));
		expect(results).toHaveLength(5);
		for (const result of results) {
			expect(result).toBeInstanceOf(Failure);
			expect(result).toMatchObject(facts);
		}
		expect(calls).toEqual([[1, 2, 3, 4, 5]]);
	});
});
