/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a measurement, not a node */
// n8n-core expects its host to have loaded it
import 'reflect-metadata';
import { delimiter } from 'node:path';

import { startSandbox } from '../sandbox';
import { startN8n, type N8n } from '../test/n8n/instance';
import {
	resourcesAfterLoad,
	resourcesOf,
	hasLeftovers,
	MAX_GROWTH,
	REPORTS_RESOURCES,
	Steady,
	type Resources,
} from '../test/n8n/steady';
import { memoryOf } from './n8n/cpu';

const MINUTES = 30;
const MINUTE = 60_000;
/** The minute that the end is compared with; in a short run after the first fifth. */
const WARM_UP_MINUTES = 5;

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;

async function soak(n8n: N8n, steady: Steady, minutes: number): Promise<void> {
	const { pid } = n8n.processes.get('main')!;
	const print = async (minute: number, { heap, timers, files }: Resources) => {
		const resident = await memoryOf(pid);
		console.log(
			`minute ${minute}: ${megabytes(resident)} resident, ${megabytes(heap)} of it in use, ${timers} timers, ${files} files and connections`,
		);
	};
	const idle = await resourcesOf(n8n);
	await print(0, idle);
	const warmUp = Math.min(WARM_UP_MINUTES, minutes / 5);
	await steady.load(warmUp * MINUTE);
	const before = await resourcesAfterLoad(n8n, idle);
	await print(warmUp, before);
	await steady.load((minutes - warmUp) * MINUTE);
	const after = await resourcesAfterLoad(n8n, idle);
	await print(minutes, after);
	console.log(
		`${steady.texts} texts, ${await steady.reported()} postbacks, ${await steady.ended()} of ${steady.waits} waits ended`,
	);
	const ratio = after.heap / before.heap;
	console.log(
		`Memory in use at the end: ${ratio.toFixed(2)} times that at minute ${warmUp} (goal: at most ${MAX_GROWTH})`,
	);
	const leak = hasLeftovers(after, idle);
	if (leak) console.log('Timers, files or connections were not released.');
	if (ratio > MAX_GROWTH || leak) process.exitCode = 1;
}

async function main(): Promise<void> {
	const minutes = Math.max(1, Number(process.argv[2] ?? MINUTES) || MINUTES);
	const packages = process.env.BENCH_PACKAGES?.split(delimiter);
	const sandbox = await startSandbox({ port: 0 });
	const n8n = await startN8n({ sandbox, packages, env: REPORTS_RESOURCES });
	try {
		await soak(n8n, await Steady.on(n8n, sandbox), minutes);
	} finally {
		await n8n.stop();
		await sandbox.close();
	}
}

void main().catch((error: Error) => {
	console.error(error.stack ?? error.message);
	process.exitCode = 1;
});
