import { sleep } from 'n8n-workflow';
import { fail } from './errors';

/** Sleeps unless the execution is cancelled. @throws Failure when it is */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	// n8n offers no sleep that a signal interrupts; short naps notice a cancel soon enough
	const end = Date.now() + milliseconds;
	for (let left = milliseconds; left > 0; left = end - Date.now()) {
		if (signal?.aborted) fail({ kind: 'rejected', message: 'The execution was cancelled' });
		await sleep(Math.min(left, 500));
	}
}
