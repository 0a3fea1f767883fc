/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a measurement, not a node */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Linux counts in hundredths of a second, whatever the machine. */
const MS_A_TICK = 10;

const QUIET_FOR_MS = 150;
const PATIENCE_MS = 120_000;

/** The CPU time that a process and its threads have taken so far, in milliseconds. Linux only. */
export async function cpuOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	// the name in brackets may hold anything, also brackets
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [userTime, systemTime] = fields.slice(11, 13).map(Number);
	return (userTime + systemTime) * MS_A_TICK;
}

/** Waits until a process has nothing left to do, and says what it has taken by then. */
export async function cpuWhenQuiet(pid: number): Promise<number> {
	const deadline = Date.now() + PATIENCE_MS;
	for (let before = await cpuOf(pid); ; ) {
		await pause(QUIET_FOR_MS);
		const now = await cpuOf(pid);
		if (now - before <= MS_A_TICK) return now;
		if (Date.now() > deadline) throw new Error('n8n does not come to rest.');
		before = now;
	}
}

/** The memory that a process holds, in bytes. */
export async function memoryOf(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024;
}
