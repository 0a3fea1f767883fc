/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
/**
 * Processes that die while they send, callers and people who do what they do then, and what both
 * left behind, counted with the messages of the sandbox.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { Live, N8n } from './instance';
import { inTurns } from './inTurns';
import { Run } from './run';
import { until } from './until';

/** Numbers from 0 to 1 that a seed gives again in the same order. */
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
const BETWEEN = { least: 1_500, most: 4_000 };

/** Kills one of these processes every few seconds and starts it again at once. */
export class Killer {
	/** Whom it killed, in order. */
	readonly killed: string[] = [];

	private readonly starting = new Map<string, Promise<void>>();

	private readonly errors: unknown[] = [];

	private resting = false;

	private work?: Promise<void>;

	constructor(
		private readonly n8n: N8n,
		private readonly names: string[],
		private readonly random: () => number,
	) {}

	start() {
		this.work = this.strike();
	}

	/** Kills these once more, stops, and waits until all that was killed is up again. */
	async rest(last: string[] = []) {
		this.resting = true;
		for (const name of last) this.kill(name);
		await this.work;
		await Promise.all(this.starting.values());
		if (this.errors.length > 0) throw this.errors[0];
	}

	private async strike() {
		while (!this.resting) {
			await pause(BETWEEN.least + this.random() * (BETWEEN.most - BETWEEN.least));
			const alive = this.names.filter((name) => !this.starting.has(name));
			const victim = alive[Math.floor(this.random() * alive.length)];
			if (!this.resting && victim !== undefined) this.kill(victim);
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

/** What n8n answers, with HTTP 200, while it starts, and has taken nothing then. */
export const STARTING = 'n8n is starting up';
/** Neither does it then with these: it has no addresses yet, or its database is not there. */
const NOT_READY = [404, 503];

/** What a caller knows after it has posted a batch: it started, it did not, or it cannot tell. */
export async function post({ live, items, mark }: Batch): Promise<'started' | 'not' | 'unsure'> {
	try {
		const response = await live.post(items, mark);
		const text = await response.text();
		if (text.startsWith(STARTING) || NOT_READY.includes(response.status)) return 'not';
		return response.ok ? 'started' : 'unsure';
	} catch (error) {
		const { code } = ((error as Error).cause ?? {}) as { code?: string };
		return code === 'ECONNREFUSED' ? 'not' : 'unsure';
	}
}

interface Listed {
	id: string;
	status: string;
	/** Empty where it repeats none. */
	retryOf: string;
}

const isFailed = ({ status }: Listed) => ['error', 'crashed', 'canceled'].includes(status);
const isOpen = ({ status }: Listed) => ['new', 'running'].includes(status);

/** The executions of a workflow, and people who look at their list. */
export class Executions {
	/** Those that n8n refuses to retry, with its words. */
	readonly refused = new Map<string, string>();

	/** How often somebody pressed Retry. */
	retries = 0;

	constructor(
		private readonly n8n: N8n,
		readonly live: Live,
	) {}

	/**
	 * All of them, newest first. n8n's own list leaves some out where it has pages: it is in the order
	 * of their start, and a page goes on by their number.
	 */
	async list(): Promise<Listed[]> {
		const rows = await this.n8n.database!.rows(
			`SELECT id, status, "retryOf" FROM execution_entity
			WHERE "workflowId" = '${this.live.workflow.id}' AND "deletedAt" IS NULL ORDER BY id DESC`,
		);
		return rows.map(([id, status, retryOf]) => ({ id, status, retryOf }));
	}

	/** Those that n8n has kept nothing of, so that only their callers can begin them again. */
	async givenUp(batches: Batch[]): Promise<Batch[]> {
		const done = (await this.runs()).filter(({ status }) =>
			['success', 'waiting'].includes(status),
		);
		const texts = done.map(({ execution }) => JSON.stringify(execution.data));
		return batches.filter(({ mark }) => !texts.some((text) => text.includes(mark)));
	}

	/** Waits until n8n knows of each what became of it. */
	async settled(patience: number) {
		let open: Listed[] = [];
		const nothing = async () => (open = (await this.list()).filter(isOpen)).length === 0;
		await until(nothing, patience).catch(() => {
			throw new Error(`Without an end: ${open.map(({ id, status }) => `${id} ${status}`).join()}`);
		});
	}

	/** Presses Retry on whatever failed and was not retried yet. @returns how many there were */
	async retryFailed(): Promise<number> {
		const all = await this.list();
		const repeated = new Set(all.map(({ retryOf }) => retryOf));
		const failed = all.filter(
			(one) => isFailed(one) && !repeated.has(one.id) && !this.refused.has(one.id),
		);
		await inTurns(failed, 4, async ({ id }) => {
			try {
				await this.n8n.rest.retry(id);
				this.retries++;
			} catch (error) {
				this.refused.set(id, (error as Error).message);
			}
		});
		return failed.length;
	}

	/** All of them with their data. */
	async runs(): Promise<Run[]> {
		const all = await this.list();
		return await inTurns(
			all.reverse(),
			8,
			async ({ id }) => new Run(await this.n8n.rest.execution(id)),
		);
	}
}

/** A table for people: the first column to the left, figures to the right. */
export function tableOf(rows: Array<[string, string | number]>): string {
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
