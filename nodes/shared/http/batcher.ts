import { sleep } from 'n8n-workflow';

/** Makes one request. @returns a result for each entry; never throws */
type BatchCall<E, R> = (entries: E[]) => Promise<R[]>;

/** Whether all of a request was rejected, perhaps because of one of its entries. */
type MustSplit<R> = (results: R[]) => boolean;

interface QueuedEntries<E, R> {
	entries: E[];
	resolve(results: R[]): void;
}

/** Collects the entries that several items send at the same time, and sends them in batches. */
export class Batcher<E, R> {
	private queue: Array<QueuedEntries<E, R>> = [];

	private count = 0;

	/** @param maxEntries in one request */
	constructor(
		private readonly maxEntries: number,
		private readonly call: BatchCall<E, R>,
		private readonly mustSplit: MustSplit<R>,
	) {}

	/** Sends entries together with those of other items. @returns a result for each, in order */
	async send(entries: E[]): Promise<R[]> {
		if (this.count > 0 && this.count + entries.length > this.maxEntries) this.flush();
		const results = new Promise<R[]>((resolve) => {
			this.queue.push({ entries, resolve });
		});
		const isFirst = this.count === 0;
		this.count += entries.length;
		if (this.count >= this.maxEntries) this.flush();
		// when all items that are about to send have queued their entries
		else if (isFirst) void sleep(0).then(() => this.flush());
		return await results;
	}

	private flush(): void {
		const { queue } = this;
		if (queue.length === 0) return;
		this.queue = [];
		this.count = 0;
		void this.sendBatch(queue);
	}

	private async sendBatch(queue: Array<QueuedEntries<E, R>>): Promise<void> {
		const results = await this.sendOrSplit(queue.flatMap(({ entries }) => entries));
		let from = 0;
		for (const { entries, resolve } of queue) {
			resolve(results.slice(from, from + entries.length));
			from += entries.length;
		}
	}

	/**
	 * Splits a rejected request until the invalid entry is alone. This is safe because nothing of the
	 * request was accepted.
	 */
	private async sendOrSplit(entries: E[]): Promise<R[]> {
		const results = await this.call(entries);
		if (entries.length === 1 || !this.mustSplit(results)) return results;
		const half = Math.ceil(entries.length / 2);
		const halves = [entries.slice(0, half), entries.slice(half)];
		return (await Promise.all(halves.map(async (part) => await this.sendOrSplit(part)))).flat();
	}
}

/** The batches of one run. */
export interface Batches {
	/**
	 * Sends entries together with those that other items send with the same key. Without batches they
	 * are sent immediately in a separate request.
	 *
	 * @param key the values that a request has only once for all its entries
	 */
	send<E, R>(
		key: string,
		entries: E[],
		call: BatchCall<E, R>,
		mustSplit: MustSplit<R>,
	): Promise<R[]>;
}

/** @param maxEntries in one request; 1 for no batches */
export function createBatches(maxEntries: number): Batches {
	const batchers = new Map<string, unknown>();
	return {
		async send<E, R>(
			key: string,
			entries: E[],
			call: BatchCall<E, R>,
			mustSplit: MustSplit<R>,
		): Promise<R[]> {
			if (maxEntries <= 1) return await call(entries);
			const existing = batchers.get(key) as Batcher<E, R> | undefined;
			const batcher = existing ?? new Batcher(maxEntries, call, mustSplit);
			batchers.set(key, batcher);
			return await batcher.send(entries);
		},
	};
}
