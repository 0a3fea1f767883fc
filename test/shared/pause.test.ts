/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { pause, sleepUnless } from '../../nodes/shared/pause';

/** Sleep that something may interrupt. */

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** After how many milliseconds something ends, at most an hour. */
async function msOf(act: () => Promise<unknown>) {
	const begun = Date.now();
	const ending = act().then(
		(result) => ({ result, ms: Date.now() - begun }),
		(error: unknown) => ({ error, ms: Date.now() - begun }),
	);
	await jest.advanceTimersByTimeAsync(3_600_000);
	return await ending;
}

describe('a sleep', () => {
	it.each<[number, number, number[]]>([
		[700, 500, [0, 500]],
		[1_000, 500, [0, 500]],
		[1_001, 500, [0, 500, 1_000]],
		[300, 500, [0]],
		[1, 500, [0]],
		[0, 500, []],
		[-5, 500, []],
	])('of %i in naps of %i asks at %j', async (milliseconds, nap, expected) => {
		const begun = Date.now();
		const asked: number[] = [];
		const isOver = () => {
			asked.push(Date.now() - begun);
			return false;
		};
		const ended = await msOf(async () => await sleepUnless(isOver, milliseconds, nap));
		expect(asked).toEqual(expected);
		expect(ended).toEqual({ result: false, ms: Math.max(0, milliseconds) });
	});

	it('ends with the nap in which something ended it', async () => {
		const begun = Date.now();
		const isOver = () => Date.now() - begun >= 600;
		expect(await msOf(async () => await sleepUnless(isOver, 5_000, 500))).toEqual({
			result: true,
			ms: 1_000,
		});
		expect(await msOf(async () => await sleepUnless(() => true, 0, 500))).toEqual({
			result: false,
			ms: 0,
		});
	});
});

describe('a pause', () => {
	it.each([700, 0, -5])('of %i lasts as long as it should', async (milliseconds) => {
		const ms = Math.max(0, milliseconds);
		expect(await msOf(async () => await pause(milliseconds))).toEqual({ result: undefined, ms });
		const { signal } = new AbortController();
		expect(await msOf(async () => await pause(milliseconds, signal))).toMatchObject({ ms });
	});

	it('ends with the execution', async () => {
		const ended = await msOf(async () => await pause(3_600_000, AbortSignal.abort()));
		expect(ended).toMatchObject({
			error: { kind: 'rejected', message: 'The execution was cancelled' },
			ms: 0,
		});
	});

	it('notices in its middle that the execution has ended', async () => {
		const over = new AbortController();
		setTimeout(() => void over.abort(), 700);
		const ended = await msOf(async () => await pause(3_600_000, over.signal));
		expect(ended).toMatchObject({ error: { kind: 'rejected' }, ms: 1_000 });
	});
});
