/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a measurement, not a node */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Linux reports CPU time in hundredths of a second. */
const MS_PER_TICK = 10;

const IDLE_MS = 150;
const TIMEOUT_MS = 120_000;

/** Returns the CPU time of a process and its threads in milliseconds. Linux only. */
export async function cpuOf(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
	// the name in parentheses may contain any characters, even parentheses
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [userTime, systemTime] = fields.slice(11, 13).map(Number);
	return (userTime + systemTime) * MS_PER_TICK;
}

/** Waits until a process is idle, and returns its CPU time. */
export async function cpuWhenIdle(pid: number): Promise<number> {
	const deadline = Date.now() + TIMEOUT_MS;
	for (let before = await cpuOf(pid); ; ) {
		await pause(IDLE_MS);
		const now = await cpuOf(pid);
		if (now - before <= MS_PER_TICK) return now;
		if (Date.now() > deadline) throw new Error('n8n does not become idle.');
		before = now;
	}
}

/** Returns the resident memory of a process, in bytes. */
export async function memoryOf(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) * 1024;
}
