/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- a measurement, not a node */
// n8n-core expects its host to have loaded it
import 'reflect-metadata';
import { delimiter } from 'node:path';

import { startSandbox } from '../sandbox';
import { startN8n, type N8n } from '../test/n8n/instance';
import {
	heldAfterAll,
	heldBy,
	isLeft,
	MOST_GROWTH,
	SAYS_WHAT_IT_HOLDS,
	Steady,
	type Held,
} from '../test/n8n/steady';
import { memoryOf } from './n8n/cpu';

const MINUTES = 30;
const MINUTE = 60_000;
/** The minute that the end is held against; of a short run the end of its first fifth. */
const SETTLED = 5;

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;

async function soak(n8n: N8n, steady: Steady, minutes: number): Promise<void> {
	const { pid } = n8n.processes.get('main')!;
	const tell = async (minute: number, { heap, timers, files }: Held) => {
		const resident = await memoryOf(pid);
		console.log(
			`minute ${minute}: ${megabytes(resident)} resident, ${megabytes(heap)} of it needed, ${timers} timers, ${files} files and connections`,
		);
	};
	const idle = await heldBy(n8n);
	await tell(0, idle);
	const settledAt = Math.min(SETTLED, minutes / 5);
	await steady.load(settledAt * MINUTE);
	const before = await heldAfterAll(n8n, idle);
	await tell(settledAt, before);
	await steady.load((minutes - settledAt) * MINUTE);
	const after = await heldAfterAll(n8n, idle);
	await tell(minutes, after);
	console.log(
		`${steady.texts} texts, ${await steady.reported()} postbacks, ${await steady.ended()} of ${steady.waits} waits ended`,
	);
	const ratio = after.heap / before.heap;
	console.log(
		`Memory that is needed at the end: ${ratio.toFixed(2)} of that at minute ${settledAt} (goal: at most ${MOST_GROWTH})`,
	);
	const something = isLeft(after, idle);
	if (something) console.log('Timers, files or connections are left.');
	if (ratio > MOST_GROWTH || something) process.exitCode = 1;
}

async function main(): Promise<void> {
	const minutes = Math.max(1, Number(process.argv[2] ?? MINUTES) || MINUTES);
	const packages = process.env.BENCH_PACKAGES?.split(delimiter);
	const sandbox = await startSandbox({ port: 0 });
	const n8n = await startN8n({ sandbox, packages, env: SAYS_WHAT_IT_HOLDS });
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
