import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../nodes/shared/errors';
import { Item } from '../../nodes/shared/item';
import type { Output } from '../../nodes/shared/item';
import { inRounds, lookUpEach, lookUpInRounds } from '../../nodes/shared/rounds';
import { contextWith } from './contexts';

/** Looks that are repeated: when, how often, and of what. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

/** The times of the rounds, of which the last but `rounds` says that it is done. */
async function timesOf(until: number, rounds: number, signal?: AbortSignal) {
	const times: number[] = [];
	const over = inRounds(START + until, signal, async () => {
		times.push(Date.now() - START);
		return times.length === rounds;
	});
	over.catch(() => {});
	await jest.advanceTimersByTimeAsync(3_600_000);
	await over;
	return times;
}

describe('the rounds', () => {
	it('have pauses that grow by half, up to thirty seconds', async () => {
		const times = await timesOf(3_600_000, 13);
		const pauses = times.slice(1).map((time, index) => time - times[index]);
		expect(pauses.slice(0, 4)).toEqual([1_000, 1_500, 2_250, 3_375]);
		expect(pauses.slice(4, 9)).toEqual([5_063, 7_594, 11_391, 17_086, 25_629]);
		expect(pauses.slice(9)).toEqual([30_000, 30_000, 30_000]);
	});

	it.each([
		['once, where it is done at once', 3_600_000, 1, [0]],
		['once, where there is no time', 0, 99, [0]],
		['once, where the time has passed', -1, 99, [0]],
		['at the end of the time once more', 1, 99, [0, 1]],
		['not after it', 2_000, 99, [0, 1_000, 2_000]],
		['until it is done', 60_000, 3, [0, 1_000, 2_500]],
	])('are %s', async (_, until, rounds, times) => {
		expect(await timesOf(until, rounds)).toEqual(times);
	});

	it('end with the execution', async () => {
		const cancel = new AbortController();
		cancel.abort();
		await expect(timesOf(60_000, 99, cancel.signal)).rejects.toThrow('The execution was cancelled');
	});
});

const NEW = { isFinal: false };
const OVER = { isFinal: true };
const outputs = (...jsons: IDataObject[]): Output[] => jsons.map((json) => ({ json }));

async function lookUp(
	options: IDataObject,
	answers: Array<Array<Output[] | Failure>>,
	members: object = {},
) {
	const context = contextWith({ options }, members);
	const items = answers[0].map((_, index) => new Item(context, index));
	const asked: number[][] = [];
	const over = lookUpInRounds(items, async (some) => {
		asked.push(some.map(({ index }) => index));
		return answers[Math.min(asked.length, answers.length) - 1];
	});
	const end = over.then(() => Date.now() - START);
	end.catch(() => {});
	await jest.advanceTimersByTimeAsync(600_000);
	return { results: await over, asked, took: await end };
}

describe('a look-up of several items', () => {
	it('is one look where nobody wants more', async () => {
		const { results, asked, took } = await lookUp({}, [[outputs(NEW), outputs(OVER)]]);
		expect({ results, asked, took }).toEqual({
			results: [outputs(NEW), outputs(OVER)],
			asked: [[0, 1]],
			took: 0,
		});
	});

	const failure = new Failure({ kind: 'notFound', message: 'No' });
	it.each<[string, boolean, Output[] | Failure]>([
		['not final', true, outputs(NEW)],
		['final', false, outputs(OVER)],
		['of which one is not final', true, outputs(OVER, NEW)],
		['that nobody knows', false, outputs({ ...NEW, found: false })],
		['that is known', true, outputs({ ...NEW, found: true })],
		['without a status', false, outputs({})],
		['a failure', false, failure],
	])('looks again for what is %s: %s', async (_, again, answer) => {
		const { asked } = await lookUp({ waitUntilFinal: true }, [[answer], [outputs(OVER)]]);
		expect(asked).toHaveLength(again ? 2 : 1);
	});

	it('looks again for those alone that may change', async () => {
		const first = [outputs(OVER), outputs(NEW), outputs(NEW)];
		const second = [outputs({ ...OVER, a: 1 }), outputs({ ...NEW, a: 2 })];
		const third = [outputs({ ...OVER, a: 3 })];
		const { results, asked, took } = await lookUp({ waitUntilFinal: true }, [first, second, third]);
		expect(asked).toEqual([[0, 1, 2], [1, 2], [2]]);
		expect(results).toEqual([outputs(OVER), second[0], third[0]]);
		expect(took).toBe(2_500);
	});

	it.each([
		['sixty seconds', {}, 60_000],
		['as long as it says', { waitAtMost: 7 }, 7_000],
		['not at all', { waitUntilFinal: false, waitAtMost: 7 }, 0],
	])('takes %s at most', async (_, options, took) => {
		const all = await lookUp({ waitUntilFinal: true, ...options }, [[outputs(NEW)]]);
		expect(all.took).toBe(took);
		expect(all.results).toEqual([outputs(NEW)]);
	});

	it('ends with the execution', async () => {
		const cancel = new AbortController();
		cancel.abort();
		const members = { getExecutionCancelSignal: () => cancel.signal };
		const over = lookUp({ waitUntilFinal: true }, [[outputs(NEW)]], members);
		await expect(over).rejects.toThrow('The execution was cancelled');
	});
});

describe('a request for each item', () => {
	it('has no more of them in flight than it may, and failures with their items', async () => {
		let now = 0;
		let most = 0;
		const context = contextWith();
		const items = [0, 1, 2, 3, 4].map((index) => new Item(context, index));
		const results = await lookUpEach(items, 2, async ({ index }) => {
			most = Math.max(most, ++now);
			await Promise.resolve();
			await Promise.resolve();
			now--;
			if (index === 3) throw new TypeError('broken');
			return outputs({ index });
		});
		expect(most).toBe(2);
		expect(
			results.map((result) => (Array.isArray(result) ? result[0].json.index : result)),
		).toEqual([0, 1, 2, expect.any(Failure), 4]);
		expect(results[3]).toMatchObject({ kind: 'rejected', message: 'broken' });
	});
});
