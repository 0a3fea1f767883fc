/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test support, not a node */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Sandbox } from '../../sandbox';
import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { node, type Live, type N8n } from './instance';
import { until } from './until';

/**
 * Sends, postbacks and waits at a steady pace, about half of what n8n can take on a small machine,
 * and what its process holds when all of them are over. Linux only.
 *
 *     const n8n = await startN8n({ sandbox, env: SAYS_WHAT_IT_HOLDS });
 *     const steady = await Steady.on(n8n, sandbox);
 *     const idle = await heldBy(n8n);
 *     await steady.load(60_000);
 *     const { heap, timers, files } = await heldAfterAll(n8n, idle);
 */

export const SAYS_WHAT_IT_HOLDS = {
	NODE_OPTIONS: `--require=${resolve('test/n8n/held.cjs')}`,
};

/** Milliseconds between two runs that send, and between two that wait. */
const SEND_EVERY = 2_000;
const WAIT_EVERY = 4_000;
/** Runs that may be under way; beyond, one is left out. */
const MOST_PENDING = 10;
const PATIENCE = 300_000;
const TO = { to: '+17575550142' };
const TEXTS = [TO, TO];

const TEXT = { resource: 'message', to: '={{ $json.to }}', message: 'Hello' };

/** What a process of n8n holds. */
export interface Held {
	/** Bytes, after what is not needed was collected. */
	heap: number;
	timers: number;
	/** Open files and connections. */
	files: number;
}

/** Of the main process. */
export async function heldBy(n8n: N8n): Promise<Held> {
	const file = join(n8n.folder, 'held.json');
	await rm(file, { force: true });
	process.kill(n8n.processes.get('main')!.pid, 'SIGUSR2');
	await until(() => existsSync(file));
	return JSON.parse(await readFile(file, 'utf8')) as Held;
}

/** Timers and files that n8n itself may come to need with the first executions. */
const OF_N8N = 5;

/** The heap at the end of a load, against that when all was warm. */
export const MOST_GROWTH = 1.1;

/** Whether something is left that was not there when n8n was idle. */
export function isLeft(held: Held, idle: Held): boolean {
	return held.timers > idle.timers + OF_N8N || held.files > idle.files + OF_N8N;
}

/** What is held when all is over: naps last half a minute, connections that are kept a few seconds. */
export async function heldAfterAll(n8n: N8n, idle: Held): Promise<Held> {
	let held = await heldBy(n8n);
	await until(async () => !isLeft((held = await heldBy(n8n)), idle)).catch(() => undefined);
	return held;
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

	/** Goes on for so many milliseconds, and until all that it began is over. */
	async load(ms: number): Promise<void> {
		const end = Date.now() + ms;
		const [sent, waited] = await Promise.all([
			keepStarting(SEND_EVERY, end, async () => await this.send.begin(TEXTS)),
			keepStarting(WAIT_EVERY, end, async () => await this.wait.begin([TO])),
		]);
		this.texts += sent * TEXTS.length;
		this.waits += waited;
		// each text is reported on its way at least once
		await until(async () => (await this.reported()) >= this.texts, PATIENCE);
		await until(async () => (await this.ended()) >= this.waits, PATIENCE);
		for (const live of [this.trigger, this.send, this.wait]) {
			const isOver = async () => (await live.count('running', 'new')) === 0;
			await until(isOver, PATIENCE);
		}
	}

	/** Postbacks that started the workflow. */
	async reported(): Promise<number> {
		return await this.trigger.count('success');
	}

	/** Waits that are over. */
	async ended(): Promise<number> {
		return await this.wait.count('success');
	}
}

/** Starts it again and again, in a steady rhythm, until the time is over. @returns how often */
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
