import pLimit from 'p-limit';
import { sleep } from 'n8n-workflow';
import { asFailure, Failure } from './errors';

interface Waiting<E, R> {
	entries: E[];
	resolve(results: Array<R | Failure>): void;
}

/**
 * Gathers what several items send at the same time into few calls of a provider that takes many
 * messages in one.
 *
 * @param most entries in one call
 * @param concurrency calls in flight
 * @param call one result for each entry; throws a Failure where the whole call failed
 */
export class Gatherer<E, R> {
	private waiting: Array<Waiting<E, R>> = [];

	private count = 0;

	private readonly limit: ReturnType<typeof pLimit>;

	constructor(
		private readonly most: number,
		concurrency: number,
		private readonly call: (entries: E[]) => Promise<Array<R | Failure>>,
	) {
		this.limit = pLimit(concurrency);
	}

	/** Sends these entries with those of others. @returns one result for each, in their order */
	async send(entries: E[]): Promise<Array<R | Failure>> {
		if (this.count > 0 && this.count + entries.length > this.most) this.flush();
		const results = new Promise<Array<R | Failure>>((resolve) => {
			this.waiting.push({ entries, resolve });
		});
		const isFirst = this.count === 0;
		this.count += entries.length;
		if (this.count >= this.most) this.flush();
		else if (isFirst) void this.flushSoon();
		return await results;
	}

	/** Once all items that are about to send have done so. */
	private async flushSoon(): Promise<void> {
		await sleep(0);
		this.flush();
	}

	private flush(): void {
		const { waiting } = this;
		if (waiting.length === 0) return;
		this.waiting = [];
		this.count = 0;
		void this.deliver(waiting);
	}

	private async deliver(waiting: Array<Waiting<E, R>>): Promise<void> {
		const entries = waiting.flatMap((one) => one.entries);
		const results = await this.sendAll(entries);
		let from = 0;
		for (const one of waiting) {
			one.resolve(results.slice(from, from + one.entries.length));
			from += one.entries.length;
		}
	}

	/**
	 * A call that is refused as a whole is split until the entry that is to blame is alone: nothing
	 * of it was accepted. Whatever concerns all entries alike is not tried again.
	 */
	private async sendAll(entries: E[]): Promise<Array<R | Failure>> {
		try {
			return await this.limit(this.call, entries);
		} catch (error) {
			const failure = asFailure(error);
			const isAnEntrys = failure.kind === 'rejected' && failure.nothingAccepted;
			if (!isAnEntrys || entries.length === 1) return entries.map(() => failure);
			const half = Math.ceil(entries.length / 2);
			const halves = [entries.slice(0, half), entries.slice(half)];
			return (await Promise.all(halves.map(async (part) => await this.sendAll(part)))).flat();
		}
	}
}
