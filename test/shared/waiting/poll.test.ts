import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../../nodes/shared/errors/failure';
import { Item } from '../../../nodes/shared/input/item';
import type { Output } from '../../../nodes/shared/model/output';
import { poll, lookUpEach, pollStatuses } from '../../../nodes/shared/waiting/poll';
import { contextWith } from '../../engine/harness/contexts';

/** Polling: when, how often, and for which items. */

const START = 1_900_000_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

/** The times of the rounds. Round number `rounds` returns that polling is done. */
async function timesOf(until: number, rounds: number, signal?: AbortSignal) {
	const times: number[] = [];
	const polling = poll(START + until, signal, async () => {
		times.push(Date.now() - START);
		return times.length === rounds;
	});
	polling.catch(() => {});
	await jest.advanceTimersByTimeAsync(3_600_000);
	await polling;
	return times;
}

describe('the rounds', () => {
	it('have delays that grow by half, up to thirty seconds', async () => {
		const times = await timesOf(3_600_000, 13);
		const delays = times.slice(1).map((time, index) => time - times[index]);
		expect(delays.slice(0, 4)).toEqual([1_000, 1_500, 2_250, 3_375]);
		expect(delays.slice(4, 9)).toEqual([5_063, 7_594, 11_391, 17_086, 25_629]);
		expect(delays.slice(9)).toEqual([30_000, 30_000, 30_000]);
	});

	it.each([
		['one if the first one is done', 3_600_000, 1, [0]],
		['one if there is no time', 0, 99, [0]],
		['one if the time has passed', -1, 99, [0]],
		['repeated at the end of the time', 1, 99, [0, 1]],
		['not repeated after the end of the time', 2_000, 99, [0, 1_000, 2_000]],
		['repeated until one is done', 60_000, 3, [0, 1_000, 2_500]],
	])('are %s', async (_, until, rounds, times) => {
		expect(await timesOf(until, rounds)).toEqual(times);
	});

	it('end when the execution is cancelled', async () => {
		const cancel = new AbortController();
		cancel.abort();
		await expect(timesOf(60_000, 99, cancel.signal)).rejects.toThrow('The execution was cancelled');
	});
});

const PENDING = { isFinal: false };
const FINAL = { isFinal: true };
const outputs = (...jsons: IDataObject[]): Output[] => jsons.map((json) => ({ json }));

async function lookUp(
	options: IDataObject,
	responses: Array<Array<Output[] | Failure>>,
	members: object = {},
) {
	const context = contextWith({ options }, members);
	const items = responses[0].map((_, index) => new Item(context, index));
	const rounds: number[][] = [];
	const polling = pollStatuses(items, async (pending) => {
		rounds.push(pending.map(({ index }) => index));
		return responses[Math.min(rounds.length, responses.length) - 1];
	});
	const duration = polling.then(() => Date.now() - START);
	duration.catch(() => {});
	await jest.advanceTimersByTimeAsync(600_000);
	return { results: await polling, rounds, duration: await duration };
}

describe('a look-up of several items', () => {
	it('has one round by default', async () => {
		const result = await lookUp({}, [[outputs(PENDING), outputs(FINAL)]]);
		expect(result).toEqual({
			results: [outputs(PENDING), outputs(FINAL)],
			rounds: [[0, 1]],
			duration: 0,
		});
	});

	const failure = new Failure({ kind: 'notFound', message: 'No' });
	it.each<[string, boolean, Output[] | Failure]>([
		['not final', true, outputs(PENDING)],
		['final', false, outputs(FINAL)],
		['final for one of two messages', true, outputs(FINAL, PENDING)],
		['not found', false, outputs({ ...PENDING, found: false })],
		['found and not final', true, outputs({ ...PENDING, found: true })],
		['without a status', false, outputs({})],
		['a failure', false, failure],
	])('repeats a look-up whose result is %s: %s', async (_, isRepeated, response) => {
		const { rounds } = await lookUp({ waitUntilFinal: true }, [[response], [outputs(FINAL)]]);
		expect(rounds).toHaveLength(isRepeated ? 2 : 1);
	});

	it('repeats only look-ups whose status may change', async () => {
		const first = [outputs(FINAL), outputs(PENDING), outputs(PENDING)];
		const second = [outputs({ ...FINAL, a: 1 }), outputs({ ...PENDING, a: 2 })];
		const third = [outputs({ ...FINAL, a: 3 })];
		const responses = [first, second, third];
		const { results, rounds, duration } = await lookUp({ waitUntilFinal: true }, responses);
		expect(rounds).toEqual([[0, 1, 2], [1, 2], [2]]);
		expect(results).toEqual([outputs(FINAL), second[0], third[0]]);
		expect(duration).toBe(2_500);
	});

	it.each([
		['sixty seconds', {}, 60_000],
		['the time of the option', { waitAtMost: 7 }, 7_000],
		['no time without the option', { waitUntilFinal: false, waitAtMost: 7 }, 0],
	])('takes at most %s', async (_, options, duration) => {
		const result = await lookUp({ waitUntilFinal: true, ...options }, [[outputs(PENDING)]]);
		expect(result.duration).toBe(duration);
		expect(result.results).toEqual([outputs(PENDING)]);
	});

	it('ends when the execution is cancelled', async () => {
		const cancel = new AbortController();
		cancel.abort();
		const members = { getExecutionCancelSignal: () => cancel.signal };
		const result = lookUp({ waitUntilFinal: true }, [[outputs(PENDING)]], members);
		await expect(result).rejects.toThrow('The execution was cancelled');
	});
});

describe('a look-up of each item', () => {
	it('limits the requests in flight, and a failure is the result of its item', async () => {
		let inFlight = 0;
		let maxInFlight = 0;
		const context = contextWith();
		const items = [0, 1, 2, 3, 4].map((index) => new Item(context, index));
		const results = await lookUpEach(items, 2, async ({ index }) => {
			maxInFlight = Math.max(maxInFlight, ++inFlight);
			await Promise.resolve();
			await Promise.resolve();
			inFlight--;
			if (index === 3) throw new TypeError('broken');
			return outputs({ index });
		});
		expect(maxInFlight).toBe(2);
		expect(
			results.map((result) => (Array.isArray(result) ? result[0].json.index : result)),
		).toEqual([0, 1, 2, expect.any(Failure), 4]);
		expect(results[3]).toMatchObject({ kind: 'rejected', message: 'broken' });
	});
});
