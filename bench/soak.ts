/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a measurement, not a node */
// n8n-core expects its host to have loaded it
import 'reflect-metadata';
import { readdir } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Live } from '../test/n8n/instance';
import { node } from '../test/n8n/workflow';
import { until } from '../test/n8n/until';
import { cpuWhenQuiet, memoryOf } from './n8n/cpu';
import { Host } from './n8n/host';
import { credentialOf } from './n8n/wires';

const MINUTES = 30;
const MINUTE = 60_000;
const GOAL = 1.1;
/** The minute that the end is held against; of a short run the end of its first fifth. */
const SETTLED = 5;

/** Milliseconds between two runs that send, and between two that wait. */
const SEND_EVERY = 2_000;
const WAIT_EVERY = 4_000;
const TEXTS = 2;
/** Runs that may be under way; beyond, one is left out. */
const MOST_PENDING = 10;

const MESSAGE = {
	resource: 'message',
	to: '={{ $json.to }}',
	message: '={{ $json.text }}',
};

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;

/** Starts it again and again, in a steady rhythm, until the time is over. */
async function keepStarting(every: number, end: number, start: () => Promise<void>) {
	const pending = new Set<Promise<void>>();
	let failure: unknown;
	let started = 0;
	for (let next = Date.now(); next < end && failure === undefined; next += every) {
		await pause(Math.max(next - Date.now(), 0));
		if (pending.size >= MOST_PENDING) continue;
		started++;
		const one = start()
			.catch((error: unknown) => {
				failure ??= error;
			})
			.finally(() => pending.delete(one));
		pending.add(one);
	}
	await Promise.all(pending);
	if (failure instanceof Error) throw failure;
	return started;
}

const filesOf = async (pid: number) => (await readdir(`/proc/${pid}/fd`)).length;

/** Begins a run and looks no further. */
async function begin(host: Host, live: Live, count: number): Promise<void> {
	const status = await host.post(live, count);
	if (status !== 200) throw new Error(`n8n answered ${status}`);
}

async function soak(host: Host, minutes: number): Promise<void> {
	const { n8n, pid, sandbox } = host;
	const events = ['message.status'];
	const trigger = await n8n.publish([node('Status', 'cdyneTrigger', { events })]);
	const { postbackToken } = credentialOf(sandbox.url, 'cdyneApi');
	const statusUrl = `${trigger.address('Status')}?token=${postbackToken}`;
	const send = await host.publish(
		node('Send', 'cdyne', { ...MESSAGE, operation: 'send', statusUpdates: 'url', statusUrl }),
	);
	const wait = await host.publish(
		node('Wait', 'cdyne', { ...MESSAGE, operation: 'sendAndWaitForDelivery' }),
		'onReceived',
	);

	const before = await filesOf(pid);
	const began = Date.now();
	const end = began + minutes * MINUTE;
	const settledAt = Math.min(SETTLED, minutes / 5);
	let settled = 0;
	const watch = async () => {
		const at = [...Array.from({ length: minutes }, (_, index) => index + 1), settledAt];
		for (const minute of [...new Set(at)].sort((a, b) => a - b)) {
			await pause(Math.max(began + minute * MINUTE - Date.now(), 0));
			const memory = await memoryOf(pid);
			if (minute === settledAt) settled = memory;
			console.log(`minute ${minute}: ${megabytes(memory)}`);
		}
	};
	const [sent, waited] = await Promise.all([
		keepStarting(SEND_EVERY, end, async () => await begin(host, send, TEXTS)),
		keepStarting(WAIT_EVERY, end, async () => await begin(host, wait, 1)),
		watch(),
	]);
	await until(async () => (await wait.count('waiting')) === 0, 2 * MINUTE);
	await cpuWhenQuiet(pid);
	const [ended, posted] = [await wait.count('success'), await trigger.count('success')];
	console.log(
		`${sent * TEXTS} texts, ${posted} postbacks, ${ended} of ${waited} waits ended, all in ${minutes} minutes`,
	);
	if (posted < sent * TEXTS || ended !== waited)
		throw new Error('Not all that was sent came back.');
	const after = await memoryOf(pid);
	const ratio = after / settled;
	console.log(
		`Memory at the end: ${megabytes(after)}, ${ratio.toFixed(2)} of that at minute ${settledAt} (goal: at most ${GOAL})`,
	);
	console.log(`Open files and connections: ${before} before, ${await filesOf(pid)} after`);
	if (ratio > GOAL) process.exitCode = 1;
}

async function main(): Promise<void> {
	const minutes = Math.max(1, Number(process.argv[2] ?? MINUTES) || MINUTES);
	const packages = process.env.BENCH_PACKAGES?.split(delimiter) ?? [];
	// messages live as they do, and postbacks come
	const host = await Host.start(packages, { clockScale: 1 });
	try {
		await soak(host, minutes);
	} finally {
		await host.stop();
	}
}

void main().catch((error: Error) => {
	console.error(error.stack ?? error.message);
	process.exitCode = 1;
});
