/**
 * What the items of one run do to one another where they share a reference: nobody looks while
 * somebody else is sending under it, and one message is not taken for two.
 */
export class Traffic {
	/** Ids of messages that an item of this run has accounted for. */
	readonly claimed = new Set<string>();

	private readonly queues = new Map<string, Promise<unknown>>();

	private readonly underWay = new Map<string, Set<Promise<unknown>>>();

	/** Runs a step after all others of this reference. */
	async exclusive<T>(reference: string, step: () => Promise<T>): Promise<T> {
		const before = this.queues.get(reference) ?? Promise.resolve();
		const mine = before.then(step, step);
		// who comes next waits for this one, whatever comes of it
		const settled = mine.then(
			() => undefined,
			() => undefined,
		);
		this.queues.set(reference, settled);
		return await mine;
	}

	/** Runs a send, and lets those who look for lost ones know of it. */
	async sending<T>(references: Iterable<string>, send: () => Promise<T>): Promise<T> {
		const sent = send();
		const names = [...new Set(references)];
		for (const name of names) {
			const others = this.underWay.get(name) ?? new Set();
			this.underWay.set(name, others.add(sent));
		}
		try {
			return await sent;
		} finally {
			for (const name of names) {
				const others = this.underWay.get(name);
				others?.delete(sent);
				if (others?.size === 0) this.underWay.delete(name);
			}
		}
	}

	/** Comes back once every send under these references has its answer, or has lost it. */
	async settled(references: Iterable<string>): Promise<void> {
		const sends = [...new Set(references)].flatMap((name) => [...(this.underWay.get(name) ?? [])]);
		await Promise.allSettled(sends);
	}

	/** Takes a message for an item. @returns false where another item has it already */
	claim(messageId: string | null): boolean {
		if (messageId === null) return true;
		if (this.claimed.has(messageId)) return false;
		this.claimed.add(messageId);
		return true;
	}
}
