/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { sleepOrCancel, sleepUnless } from '../../../nodes/shared/http/sleep';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** How something ends, and after how many milliseconds; within an hour. */
async function outcomeOf(act: () => Promise<unknown>) {
	const start = Date.now();
	const outcome = act().then(
		(result) => ({ result, ms: Date.now() - start }),
		(error: unknown) => ({ error, ms: Date.now() - start }),
	);
	await jest.advanceTimersByTimeAsync(3_600_000);
	return await outcome;
}

describe('sleepUnless', () => {
	it.each<[number, number, number[]]>([
		[700, 500, [0, 500]],
		[1_000, 500, [0, 500]],
		[1_001, 500, [0, 500, 1_000]],
		[300, 500, [0]],
		[1, 500, [0]],
		[0, 500, []],
		[-5, 500, []],
	])('for %i ms in naps of %i ms checks after %j ms', async (milliseconds, napMs, expected) => {
		const start = Date.now();
		const checks: number[] = [];
		const isOver = () => {
			checks.push(Date.now() - start);
			return false;
		};
		const outcome = await outcomeOf(async () => await sleepUnless(isOver, milliseconds, napMs));
		expect(checks).toEqual(expected);
		expect(outcome).toEqual({ result: false, ms: Math.max(0, milliseconds) });
	});

	it('ends after the nap in which the condition became true', async () => {
		const start = Date.now();
		const isOver = () => Date.now() - start >= 600;
		expect(await outcomeOf(async () => await sleepUnless(isOver, 5_000, 500))).toEqual({
			result: true,
			ms: 1_000,
		});
		expect(await outcomeOf(async () => await sleepUnless(() => true, 0, 500))).toEqual({
			result: false,
			ms: 0,
		});
	});
});

describe('sleepOrCancel', () => {
	it.each([700, 0, -5])('sleeps for %i ms', async (milliseconds) => {
		const ms = Math.max(0, milliseconds);
		expect(await outcomeOf(async () => await sleepOrCancel(milliseconds))).toEqual({
			result: undefined,
			ms,
		});
		const { signal } = new AbortController();
		expect(await outcomeOf(async () => await sleepOrCancel(milliseconds, signal))).toMatchObject({
			ms,
		});
	});

	it('throws at once if the execution is already cancelled', async () => {
		const sleeping = async () => await sleepOrCancel(3_600_000, AbortSignal.abort());
		expect(await outcomeOf(sleeping)).toMatchObject({
			error: { kind: 'rejected', message: 'The execution was cancelled' },
			ms: 0,
		});
	});

	it('throws after the nap in which the execution is cancelled', async () => {
		const cancel = new AbortController();
		setTimeout(() => void cancel.abort(), 700);
		const outcome = await outcomeOf(async () => await sleepOrCancel(3_600_000, cancel.signal));
		expect(outcome).toMatchObject({ error: { kind: 'rejected' }, ms: 1_000 });
	});
});
