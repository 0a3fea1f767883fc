/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox';
import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { until } from '../engine/harness/until';
import { node } from './instance';
import type { Live, N8n } from './instance';

/**
 * Sends, postbacks and waits at a steady rate of about half of what n8n can handle on a small machine,
 * and the resources that its process uses when all of them have ended. Linux only.
 *
 *     const n8n = await startN8n({ sandbox, env: REPORTS_RESOURCES });
 *     const steady = await Steady.on(n8n, sandbox);
 *     const idle = await resourcesOf(n8n);
 *     await steady.load(60_000);
 *     const { heap, timers, files } = await resourcesAfterLoad(n8n, idle);
 */

export const REPORTS_RESOURCES = {
	NODE_OPTIONS: `--require=${resolve('test/n8n/held.cjs')}`,
};

/** Milliseconds between two runs that send. */
const SEND_EVERY = 2_000;
/** Milliseconds between two runs that wait. */
const WAIT_EVERY = 4_000;
/** The maximum number of pending runs. Further ones are skipped. */
const MAX_PENDING = 10;
const TIMEOUT_MS = 300_000;
const TO = { to: '+17575550142' };
const TEXTS = [TO, TO];

const TEXT = { resource: 'message', to: '={{ $json.to }}', message: 'Hello' };

/** The resources that a process of n8n uses. */
export interface Resources {
	/** Bytes in use after garbage collection. */
	heap: number;
	timers: number;
	/** Open files and connections. */
	files: number;
}

/** The resources of the main process. */
export async function resourcesOf(n8n: N8n): Promise<Resources> {
	const file = join(n8n.folder, 'held.json');
	await rm(file, { force: true });
	process.kill(n8n.processes.get('main')!.pid, 'SIGUSR2');
	await until(() => existsSync(file));
	return JSON.parse(await readFile(file, 'utf8')) as Resources;
}

/** Timers and files that n8n may need after the first executions. */
const TOLERANCE = 5;

/** The maximum ratio of the heap after a load to the heap after the warm-up. */
export const MAX_GROWTH = 1.1;

/** Whether more timers or files are in use than when n8n was idle. */
export function hasLeftovers(current: Resources, idle: Resources): boolean {
	return current.timers > idle.timers + TOLERANCE || current.files > idle.files + TOLERANCE;
}

/**
 * The resources after a load. Waits until they are released: timers last up to half a minute, and
 * connections are kept alive for a few seconds.
 */
export async function resourcesAfterLoad(n8n: N8n, idle: Resources): Promise<Resources> {
	let current = await resourcesOf(n8n);
	const isReleased = async () => !hasLeftovers((current = await resourcesOf(n8n)), idle);
	await until(isReleased).catch(() => undefined);
	return current;
}

export class Steady {
	texts = 0;
	waits = 0;

	private constructor(
		private readonly trigger: Live,
		private readonly send: Live,
		private readonly wait: Live,
	) {}

	static async on(n8n: N8n, sandbox: Sandbox): Promise<Steady> {
		const events = ['message.status'];
		const trigger = await n8n.publish([node('Status', 'cdyneTrigger', { events })]);
		const { postbackToken } = credentialOf(sandbox.url, 'cdyneApi');
		const statusUrl = `${trigger.address('Status')}?token=${postbackToken}`;
		const toUrl = { operation: 'send', statusUpdates: 'url', statusUrl };
		const send = await n8n.publish([node('Send', 'cdyne', { ...TEXT, ...toUrl })]);
		const waits = { operation: 'sendAndWaitForDelivery' };
		const wait = await n8n.publish([node('Wait', 'cdyne', { ...TEXT, ...waits })]);
		return new Steady(trigger, send, wait);
	}

	/** Starts runs for so many milliseconds, then waits until all have ended. */
	async load(ms: number): Promise<void> {
		const end = Date.now() + ms;
		const [sent, waited] = await Promise.all([
			keepStarting(SEND_EVERY, end, async () => await this.send.begin(TEXTS)),
			keepStarting(WAIT_EVERY, end, async () => await this.wait.begin([TO])),
		]);
		this.texts += sent * TEXTS.length;
		this.waits += waited;
		// at least one status is posted for each text
		await until(async () => (await this.reported()) >= this.texts, TIMEOUT_MS);
		await until(async () => (await this.ended()) >= this.waits, TIMEOUT_MS);
		for (const live of [this.trigger, this.send, this.wait]) {
			const hasEnded = async () => (await live.count('running', 'new')) === 0;
			await until(hasEnded, TIMEOUT_MS);
		}
	}

	/** The number of postbacks that started the workflow. */
	async reported(): Promise<number> {
		return await this.trigger.count('success');
	}

	/** The number of waits that have ended. */
	async ended(): Promise<number> {
		return await this.wait.count('success');
	}
}

/** Starts runs at a steady rate until the time is over. @returns the number of runs */
async function keepStarting(every: number, end: number, start: () => Promise<void>) {
	const pending = new Set<Promise<void>>();
	let failure: unknown;
	let started = 0;
	for (let next = Date.now(); next < end && failure === undefined; next += every) {
		await pause(Math.max(next - Date.now(), 0));
		if (pending.size >= MAX_PENDING) continue;
		started++;
		const run = start()
			.catch((error: unknown) => {
				failure ??= error;
			})
			.finally(() => pending.delete(run));
		pending.add(run);
	}
	await Promise.all(pending);
	if (failure instanceof Error) throw failure;
	return started;
}
