/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 60_000;

/** Waits until something is so. @throws Error after a minute, with what was waited for */
export async function until(condition: () => unknown, patience = PATIENCE): Promise<void> {
	const deadline = Date.now() + patience;
	while (!(await condition())) {
		if (Date.now() > deadline) throw new Error(`In vain: ${String(condition)}`);
		await pause(50);
	}
}
