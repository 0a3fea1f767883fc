/** A request to a provider, and its outcome. */
export interface LoggedRequest {
	id: number;
	provider: string;
	operation: string;
	method: string;
	/** Path and query as received, including the mount point. */
	url: string;
	headers: Record<string, string>;
	/** The body as text, cut at 64 KiB. */
	body: string;
	recipients: string[];
	/** ISO 8601, UTC. */
	at: string;
	durationMs: number | null;
	/** HTTP status of the response; null if there is none, or none yet. */
	status: number | null;
	/** `reset`: the sandbox reset the connection. `gaveUp`: the client closed it. */
	outcome: 'underWay' | 'answered' | 'reset' | 'gaveUp';
	/** Whether the provider processed the request, regardless of the response. */
	processed: boolean;
	/** The kind of the fault that applied. */
	fault: string | null;
}

export interface RequestCounts {
	total: number;
	/** By provider, then operation. */
	byOperation: Record<string, Record<string, number>>;
	/** By provider: the current number of requests in flight, and the maximum so far. */
	inFlight: Record<string, { now: number; max: number }>;
}

const MAX_ENTRIES = 20_000;

/** The log of requests, with counts for tests of concurrency and of duplicate sends. */
export class RequestLog {
	private entries: LoggedRequest[] = [];
	private counts: RequestCounts = { total: 0, byOperation: {}, inFlight: {} };
	private nextId = 1;

	begin(
		request: Pick<
			LoggedRequest,
			'provider' | 'operation' | 'method' | 'url' | 'headers' | 'body' | 'recipients'
		>,
	): LoggedRequest {
		const entry: LoggedRequest = {
			id: this.nextId++,
			...request,
			at: new Date().toISOString(),
			durationMs: null,
			status: null,
			outcome: 'underWay',
			processed: false,
			fault: null,
		};
		this.entries.push(entry);
		if (this.entries.length > MAX_ENTRIES) this.entries.shift();
		this.counts.total++;
		const operations = (this.counts.byOperation[entry.provider] ??= {});
		operations[entry.operation] = (operations[entry.operation] ?? 0) + 1;
		const inFlight = (this.counts.inFlight[entry.provider] ??= { now: 0, max: 0 });
		inFlight.now++;
		inFlight.max = Math.max(inFlight.max, inFlight.now);
		return entry;
	}

	end(entry: LoggedRequest, outcome: LoggedRequest['outcome'], status: number | null): void {
		if (entry.outcome !== 'underWay') return;
		entry.outcome = outcome;
		entry.status = status;
		entry.durationMs = Date.now() - Date.parse(entry.at);
		const inFlight = this.counts.inFlight[entry.provider];
		if (inFlight !== undefined) inFlight.now--;
	}

	list(filter: { provider?: string; operation?: string } = {}): LoggedRequest[] {
		return this.entries.filter(
			(entry) =>
				(filter.provider === undefined || entry.provider === filter.provider) &&
				(filter.operation === undefined ||
					entry.operation.toLowerCase() === filter.operation.toLowerCase()),
		);
	}

	/** Returns the number of unfinished requests to a provider. */
	underWay(provider: string): number {
		return this.counts.inFlight[provider]?.now ?? 0;
	}

	summary(): RequestCounts {
		return structuredClone(this.counts);
	}

	/** Returns the number of requests for an operation. */
	count(provider: string, operation: string): number {
		return this.list({ provider, operation }).length;
	}

	/** Deletes finished requests; unfinished ones remain counted as in flight. */
	clear(): void {
		this.entries = this.entries.filter((entry) => entry.outcome === 'underWay');
		for (const counts of Object.values(this.counts.inFlight)) counts.max = counts.now;
		this.counts = { total: 0, byOperation: {}, inFlight: this.counts.inFlight };
	}
}
