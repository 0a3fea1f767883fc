/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
/**
 * For the chaos test: kills processes while they send, posts as callers do, presses Retry as people
 * do, and reads the resulting executions.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../engine/harness/until';
import { inTurns } from './inTurns';
import type { Live, N8n } from './instance';
import { Run } from './run';

/** A generator of numbers from 0 to 1 that are the same for the same seed. */
export function randomOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Milliseconds between two kills. */
const KILL_INTERVAL = { min: 1_500, max: 4_000 };

/** Kills one of these processes every few seconds and restarts it immediately. */
export class Killer {
	/** The killed processes, in order. */
	readonly killed: string[] = [];

	private readonly starting = new Map<string, Promise<void>>();

	private readonly errors: unknown[] = [];

	private stopped = false;

	private work?: Promise<void>;

	constructor(
		private readonly n8n: N8n,
		private readonly names: string[],
		private readonly random: () => number,
	) {}

	start() {
		this.work = this.strike();
	}

	/** Kills these processes once more, stops, and waits until all have restarted. */
	async rest(last: string[] = []) {
		this.stopped = true;
		for (const name of last) this.kill(name);
		await this.work;
		await Promise.all(this.starting.values());
		if (this.errors.length > 0) throw this.errors[0];
	}

	private async strike() {
		while (!this.stopped) {
			await pause(KILL_INTERVAL.min + this.random() * (KILL_INTERVAL.max - KILL_INTERVAL.min));
			const alive = this.names.filter((name) => !this.starting.has(name));
			const victim = alive[Math.floor(this.random() * alive.length)];
			if (!this.stopped && victim !== undefined) this.kill(victim);
		}
	}

	private kill(name: string) {
		if (this.starting.has(name)) return;
		this.killed.push(name);
		const back = this.n8n
			.kill(name)
			.catch((error: unknown) => this.errors.push(error))
			.then(() => void this.starting.delete(name));
		this.starting.set(name, back);
	}
}

export interface Batch {
	live: Live;
	items: Array<{ to: string; key?: string }>;
	mark: string;
}

export const batchOf = (live: Live, items: Batch['items']): Batch => ({
	live,
	items,
	mark: randomUUID(),
});

/** The body with which n8n responds to a webhook while it starts, with HTTP 200. It starts nothing. */
export const STARTING = 'n8n is starting up';
/** It starts nothing with these either: its webhooks or its database are not ready. */
const NOT_READY = [404, 503];

/** Posts a batch. @returns what the caller knows then */
export async function post({
	live,
	items,
	mark,
}: Batch): Promise<'started' | 'notStarted' | 'uncertain'> {
	try {
		const response = await live.post(items, mark);
		const text = await response.text();
		if (text.startsWith(STARTING) || NOT_READY.includes(response.status)) return 'notStarted';
		return response.ok ? 'started' : 'uncertain';
	} catch (error) {
		const { code } = ((error as Error).cause ?? {}) as { code?: string };
		return code === 'ECONNREFUSED' ? 'notStarted' : 'uncertain';
	}
}

interface Listed {
	id: string;
	status: string;
	/** Empty if it is not a retry. */
	retryOf: string;
}

const isFailed = ({ status }: Listed) => ['error', 'crashed', 'canceled'].includes(status);
const isUnfinished = ({ status }: Listed) => ['new', 'running'].includes(status);

/** The executions of a workflow, and what people do with their list. */
export class Executions {
	/** Executions that n8n does not retry, with its message. */
	readonly notRetried = new Map<string, string>();

	/** How often somebody pressed Retry. */
	retries = 0;

	constructor(
		private readonly n8n: N8n,
		readonly live: Live,
	) {}

	/**
	 * All executions, newest first. Read from the database, because the list of n8n omits some when it
	 * has several pages: it is sorted by start time, but pages continue by ID.
	 */
	async list(): Promise<Listed[]> {
		const rows = await this.n8n.database!.rows(
			`SELECT id, status, "retryOf" FROM execution_entity
			WHERE "workflowId" = '${this.live.workflow.id}' AND "deletedAt" IS NULL ORDER BY id DESC`,
		);
		return rows.map(([id, status, retryOf]) => ({ id, status, retryOf }));
	}

	/** The batches of which n8n has stored nothing, so that only their callers can repeat them. */
	async lostOf(batches: Batch[]): Promise<Batch[]> {
		const stored = (await this.runs()).filter(({ status }) =>
			['success', 'waiting'].includes(status),
		);
		const texts = stored.map(({ execution }) => JSON.stringify(execution.data));
		return batches.filter(({ mark }) => !texts.some((text) => text.includes(mark)));
	}

	/** Waits until no execution is new or running. */
	async untilEnded(timeoutMs: number) {
		let unfinished: Listed[] = [];
		const haveEnded = async () =>
			(unfinished = (await this.list()).filter(isUnfinished)).length === 0;
		await until(haveEnded, timeoutMs).catch(() => {
			throw new Error(`Not ended: ${unfinished.map(({ id, status }) => `${id} ${status}`).join()}`);
		});
	}

	/** Retries all failed executions that were not retried yet. @returns their number */
	async retryFailed(): Promise<number> {
		const all = await this.list();
		const repeated = new Set(all.map(({ retryOf }) => retryOf));
		const failed = all.filter(
			(execution) =>
				isFailed(execution) && !repeated.has(execution.id) && !this.notRetried.has(execution.id),
		);
		await inTurns(failed, 4, async ({ id }) => {
			try {
				await this.n8n.rest.retry(id);
				this.retries++;
			} catch (error) {
				this.notRetried.set(id, (error as Error).message);
			}
		});
		return failed.length;
	}

	/** All executions with their data. */
	async runs(): Promise<Run[]> {
		const all = await this.list();
		return await inTurns(
			all.reverse(),
			8,
			async ({ id }) => new Run(await this.n8n.rest.execution(id)),
		);
	}
}

/** A text table with aligned columns. */
export function tableOf(rows: Array<[string, string | number]>): string {
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
