import { sleep } from 'n8n-workflow';
import { fail } from './errors';

/** Milliseconds: a cancel is noticed soon enough. */
const NAP = 500;

/**
 * Sleeps in naps, as n8n offers no sleep that something interrupts.
 *
 * @param isOver asked before each nap
 * @returns whether that ended it
 */
export async function sleepUnless(
	isOver: () => boolean,
	milliseconds: number,
	nap: number,
): Promise<boolean> {
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0; left = end - Date.now()) {
		if (isOver()) return true;
		await sleep(Math.min(left, nap));
	}
	return false;
}

/** Sleeps unless the execution is cancelled. @throws Failure when it is */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	if (await sleepUnless(() => signal?.aborted === true, milliseconds, NAP)) {
		fail({ kind: 'rejected', message: 'The execution was cancelled' });
	}
}
