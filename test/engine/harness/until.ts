/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
import { setTimeout as pause } from 'node:timers/promises';

const TIMEOUT_MS = 60_000;

/** Waits until a condition is true. @throws Error that names the condition after the time-out */
export async function until(condition: () => unknown, timeoutMs = TIMEOUT_MS): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`Timed out: ${String(condition)}`);
		await pause(50);
	}
}
