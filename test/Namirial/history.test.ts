import fc from 'fast-check';
import { listBackwards, readHistory } from '../../nodes/Namirial/history';
import { itemWith } from '../engine/harness/contexts';
import { apiWith, MESSAGE } from './namirial';
import type { SentRequest } from './namirial';

/** Reading lists backwards from the latest message. */

interface StatusApiOptions {
	inclusive: boolean;
	/** Times are in whole seconds. */
	whole: boolean;
	/** The API compares exact times, but returns whole seconds. */
	hidesMs?: boolean;
	/** Lists begin with the newest message. */
	newest: boolean;
}

/** A status API with messages of these times, in epoch milliseconds. */
function statusApi(times: number[], options: StatusApiOptions) {
	const stored = times
		.map((time, index) => ({ time: options.whole ? Math.floor(time / 1000) * 1000 : time, index }))
		.sort((a, b) => b.time - a.time || b.index - a.index);
	return apiWith(({ qs = {} }: SentRequest) => {
		const bound = qs.sendDate === undefined ? Infinity : Date.parse(qs.sendDate);
		const page = stored
			.filter(({ time }) => time < bound || (options.inclusive && time === bound))
			.slice(0, Math.min(Number(qs.count), 100));
		if (!options.newest) page.reverse();
		const messages = page.map(({ time, index }) => ({
			message: {
				...MESSAGE,
				id: String(index),
				providerAcceptanceAt: new Date(options.hidesMs ? Math.floor(time / 1_000) * 1_000 : time)
					.toISOString()
					.replace('.000Z', 'Z'),
			},
		}));
		return { status: 200, body: { messages } };
	});
}

const START = Date.parse('2026-03-01T10:00:00Z');
const EXACT = { inclusive: false, whole: false, newest: true };
const FILTER = { referenceKey: 'k' };
const statusApiOptions = fc.record({
	inclusive: fc.boolean(),
	whole: fc.boolean(),
	newest: fc.boolean(),
});

describe('reading a list backwards', () => {
	it('returns every message once with any equal times and an inclusive or exclusive bound', async () => {
		// bursts of up to 99 messages at the same time, seconds or milliseconds apart
		const burst = fc.record({
			gap: fc.integer({ min: 1, max: 3_000 }),
			size: fc.integer({ min: 1, max: 99 }),
		});
		const bursts = fc.array(burst, { minLength: 1, maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(bursts, statusApiOptions, async (all, options) => {
				let time = START;
				const times = all.flatMap(({ gap, size }) => {
					time += options.whole ? Math.ceil(gap / 1000) * 1000 : gap;
					return Array.from({ length: size }, () => time);
				});
				const { api } = statusApi(times, options);
				const { reports, crowdedTimes } = await listBackwards(api, FILTER, Infinity);
				const ids = reports.map(({ message }) => Number(message.messageId));
				expect(ids).toHaveLength(times.length);
				expect(new Set(ids).size).toBe(times.length);
				expect(crowdedTimes).toEqual([]);
			}),
			{ numRuns: 60 },
		);
	});

	it.each([[true], [false]])(
		'continues after a time with more messages than fit into a page, and reports it (inclusive: %s)',
		async (inclusive) => {
			const times = [
				...Array.from({ length: 30 }, () => START),
				...Array.from({ length: 130 }, () => START + 5_000),
				...Array.from({ length: 10 }, () => START + 9_000),
			];
			const { api } = statusApi(times, { inclusive, whole: true, newest: true });
			const { reports, crowdedTimes } = await listBackwards(api, FILTER, Infinity);
			expect(reports).toHaveLength(10 + 100 + 30);
			expect(crowdedTimes).toEqual(['2026-03-01T10:00:05.000Z']);
		},
	);

	it('is not complete if more messages than a page have the same second, but different times', async () => {
		// the bounds are exact, and the times of the messages are in whole seconds
		const times = Array.from({ length: 119 }, (_, index) => START + 20 + index);
		const { api } = statusApi(times, { ...EXACT, hidesMs: true });
		const { reports, crowdedTimes } = await listBackwards(api, FILTER, Infinity);
		expect(reports.length).toBeLessThan(119);
		expect(crowdedTimes).toEqual(['2026-03-01T10:00:00.000Z']);
	});

	it('stops at the limit, with the latest messages first', async () => {
		const times = Array.from({ length: 300 }, (_, index) => START + index * 500);
		const { api, requests } = statusApi(times, { inclusive: false, whole: false, newest: false });
		const { reports } = await listBackwards(api, FILTER, 150);
		const ids = reports.map(({ message }) => Number(message.messageId));
		expect(ids).toEqual(Array.from({ length: 150 }, (_, index) => 299 - index));
		expect(requests).toHaveLength(2);
	});

	it('makes one request if all messages fit into a page', async () => {
		const { api, requests } = statusApi([START, START], {
			inclusive: true,
			whole: true,
			newest: true,
		});
		const { reports } = await listBackwards(api, FILTER, Infinity);
		expect(reports).toHaveLength(2);
		expect(requests.map(({ qs }) => qs)).toEqual([{ count: '100' }]);
	});

	it('never returns messages after the user’s bound', async () => {
		const times = Array.from({ length: 250 }, (_, index) => START + index * 10);
		const before = new Date(START + 1_500);
		const { api } = statusApi(times, { inclusive: false, whole: false, newest: true });
		const { reports } = await listBackwards(api, FILTER, Infinity, { before });
		expect(reports).toHaveLength(150);
		expect(reports.every(({ message }) => Date.parse(message.createdAt ?? '') < +before)).toBe(
			true,
		);
	});
});

describe('the end of a list', () => {
	/** This many messages, a second apart. */
	const messages = (count: number) =>
		statusApi(
			Array.from({ length: count }, (_, index) => START + index * 1_000),
			EXACT,
		);

	it.each([
		[0, 150, 0, true, 1],
		[99, 150, 99, true, 1],
		[100, 150, 100, true, 2],
		[150, 150, 150, true, 2],
		[151, 150, 150, false, 2],
		[300, 150, 150, false, 2],
		[3, 2, 2, false, 1],
		[2, 3, 2, true, 1],
	])('of %i messages with the limit %i: %i, complete: %s', async (...row) => {
		const [count, limit, length, isComplete, calls] = row;
		const { api, requests } = messages(count);
		const history = await listBackwards(api, FILTER, limit);
		expect(history.reports).toHaveLength(length);
		expect(history).toMatchObject({ isComplete, crowdedTimes: [] });
		expect(requests).toHaveLength(calls);
	});

	it.each([
		[250, 1],
		[201, 1],
		[150, 2],
		[0, 4],
	])('is not read if older messages than number %i are not needed', async (first, calls) => {
		const { api, requests } = messages(300);
		const { reports, isComplete } = await listBackwards(api, FILTER, Infinity, {
			since: START + first * 1_000,
		});
		const ids = reports.map(({ message }) => Number(message.messageId));
		expect(ids).toEqual(expect.arrayContaining([first, 299]));
		expect(ids).toHaveLength(new Set(ids).size);
		expect(isComplete).toBe(first === 0);
		expect(requests).toHaveLength(calls);
	});

	it('is not reached if the messages have no times', async () => {
		const list = Array.from({ length: 100 }, (_, index) => ({
			message: { ...MESSAGE, id: String(index), providerAcceptanceAt: undefined },
		}));
		const { api, requests } = apiWith(() => ({ status: 200, body: { messages: list } }));
		const { reports, isComplete } = await listBackwards(api, FILTER, Infinity);
		expect([reports.length, isComplete, requests.length]).toEqual([100, false, 1]);
	});

	it('has the clock of the response', async () => {
		const now = jest.spyOn(Date, 'now').mockReturnValue(START + 250);
		const date = 'Sun, 01 Mar 2026 10:01:00 GMT';
		const { api } = apiWith(() => ({ status: 200, body: { messages: [] }, date }));
		const { clock } = await listBackwards(api, FILTER, Infinity);
		expect(clock).toEqual({ min: 59_750, max: 60_749 });
		now.mockRestore();
		expect((await listBackwards(messages(1).api, FILTER, Infinity)).clock).toBeUndefined();
	});
});

describe('the messages that an item selects', () => {
	const idsOf = async (parameters: object, times: number[]) => {
		const hints: Array<{ message: string }> = [];
		const addExecutionHints = (hint: { message: string }) => void hints.push(hint);
		const item = itemWith(parameters as never, { addExecutionHints }, 3);
		const reports = await readHistory(item, statusApi(times, EXACT).api, FILTER);
		const ids = reports.map(({ message }) => Number(message.messageId));
		return { ids, hints: hints.map(({ message }) => message) };
	};
	const times = Array.from({ length: 120 }, (_, index) => START + index * 1_000);

	it.each<[object, number, number]>([
		[{}, 119, 50],
		[{ limit: 2 }, 119, 2],
		[{ returnAll: true }, 119, 120],
		[{ returnAll: true, options: { sentBefore: '2026-03-01T10:00:10Z' } }, 9, 10],
	])('by %j begin with number %i and are %i', async (parameters, first, count) => {
		const { ids, hints } = await idsOf(parameters, times);
		expect([ids[0], ids.length]).toEqual([first, count]);
		expect(hints).toEqual([]);
	});

	it('have a hint if some may be missing', async () => {
		const crowd = Array.from({ length: 130 }, () => START);
		const { ids, hints } = await idsOf({ returnAll: true }, crowd);
		expect(ids).toHaveLength(100);
		expect(hints).toEqual([
			expect.stringMatching(/^Item 4: at least 100 .* accepted at 2026-03-01T10:00:00.000Z/),
		]);
	});
});
