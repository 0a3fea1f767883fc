/**
 * Coordinates items of one run that use the same reference: no item looks a message up while
 * another is sending under that reference.
 */
export class ReferenceLocks {
	private readonly queues = new Map<string, Promise<unknown>>();

	private readonly inFlight = new Map<string, Set<Promise<unknown>>>();

	/** Runs a step after all earlier steps of this reference have ended. */
	async exclusive<T>(reference: string, step: () => Promise<T>): Promise<T> {
		const before = this.queues.get(reference) ?? Promise.resolve();
		const current = before.then(step, step);
		// the queue goes on after a failed step
		const ended = current.then(
			() => undefined,
			() => undefined,
		);
		this.queues.set(reference, ended);
		return await current;
	}

	/** Runs a send that `waitForInFlight` waits for. */
	async trackInFlight<T>(references: Iterable<string>, send: () => Promise<T>): Promise<T> {
		const sending = send();
		const names = [...new Set(references)];
		for (const name of names) {
			const sends = this.inFlight.get(name) ?? new Set();
			this.inFlight.set(name, sends.add(sending));
		}
		try {
			return await sending;
		} finally {
			for (const name of names) {
				const sends = this.inFlight.get(name);
				sends?.delete(sending);
				if (sends?.size === 0) this.inFlight.delete(name);
			}
		}
	}

	/** Waits until every send under these references has its response, or has lost it. */
	async waitForInFlight(references: Iterable<string | undefined>): Promise<void> {
		const sends = [...new Set(references)].flatMap((name) => [
			...(this.inFlight.get(name ?? '') ?? []),
		]);
		await Promise.allSettled(sends);
	}
}
