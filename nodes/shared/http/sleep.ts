import { sleep } from 'n8n-workflow';
import { Failure } from '../errors/failure';

/** How soon a cancelled execution stops sleeping. */
export const NAP_MS = 500;

/**
 * Sleeps in short naps, because n8n has no sleep that can be interrupted.
 *
 * @param isOver checked before each nap; ends the sleep
 * @param napMs the length of a nap
 * @returns whether `isOver` ended the sleep
 */
export async function sleepUnless(
	isOver: () => boolean,
	milliseconds: number,
	napMs: number,
): Promise<boolean> {
	const end = Date.now() + milliseconds;
	for (let remaining = milliseconds; remaining > 0; remaining = end - Date.now()) {
		if (isOver()) return true;
		await sleep(Math.min(remaining, napMs));
	}
	return false;
}

/** Sleeps until the time is over. @throws Failure if the execution is cancelled */
export async function sleepOrCancel(milliseconds: number, signal?: AbortSignal): Promise<void> {
	if (await sleepUnless(() => signal?.aborted === true, milliseconds, NAP_MS)) throw cancelled();
}

/** The failure of what a cancelled execution does not do any more. */
export function cancelled(): Failure {
	const message = 'The execution was cancelled';
	return new Failure({ kind: 'rejected', message, nothingAccepted: true });
}
