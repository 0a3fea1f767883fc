/** One request to a provider and what became of it. */
export interface LoggedRequest {
	id: number;
	provider: string;
	operation: string;
	method: string;
	/** Path and query as they came, the mount point included. */
	url: string;
	headers: Record<string, string>;
	/** The body as text, cut at 64 KiB. */
	body: string;
	recipients: string[];
	/** ISO 8601, UTC. */
	at: string;
	durationMs: number | null;
	/** HTTP status that was answered; null while under way, and where nothing was answered. */
	status: number | null;
	/** `underWay`, `answered`, `reset` by us, or `gaveUp`: the client closed the connection first. */
	outcome: 'underWay' | 'answered' | 'reset' | 'gaveUp';
	/** Whether the provider did the work, whatever was answered. */
	processed: boolean;
	/** The fault that struck, if any. */
	fault: string | null;
}

export interface RequestCounts {
	total: number;
	/** By provider, then operation. */
	byOperation: Record<string, Record<string, number>>;
	/** By provider: requests under way now, and the most there ever were at once. */
	inFlight: Record<string, { now: number; max: number }>;
}

const KEPT = 20_000;

/** The log of requests, and the counts that tests of concurrency and of "never twice" read. */
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
		if (this.entries.length > KEPT) this.entries.shift();
		this.counts.total++;
		const operations = (this.counts.byOperation[entry.provider] ??= {});
		operations[entry.operation] = (operations[entry.operation] ?? 0) + 1;
		const load = (this.counts.inFlight[entry.provider] ??= { now: 0, max: 0 });
		load.now++;
		load.max = Math.max(load.max, load.now);
		return entry;
	}

	end(entry: LoggedRequest, outcome: LoggedRequest['outcome'], status: number | null): void {
		if (entry.outcome !== 'underWay') return;
		entry.outcome = outcome;
		entry.status = status;
		entry.durationMs = Date.now() - Date.parse(entry.at);
		const load = this.counts.inFlight[entry.provider];
		if (load !== undefined) load.now--;
	}

	list(filter: { provider?: string; operation?: string } = {}): LoggedRequest[] {
		return this.entries.filter(
			(entry) =>
				(filter.provider === undefined || entry.provider === filter.provider) &&
				(filter.operation === undefined ||
					entry.operation.toLowerCase() === filter.operation.toLowerCase()),
		);
	}

	/** Requests to a provider that have not ended. */
	underWay(provider: string): number {
		return this.counts.inFlight[provider]?.now ?? 0;
	}

	summary(): RequestCounts {
		return structuredClone(this.counts);
	}

	/** How often an operation was asked for. */
	count(provider: string, operation: string): number {
		return this.list({ provider, operation }).length;
	}

	/** Forgets what was; requests still under way stay counted as such. */
	clear(): void {
		this.entries = this.entries.filter((entry) => entry.outcome === 'underWay');
		for (const load of Object.values(this.counts.inFlight)) load.max = load.now;
		this.counts = { total: 0, byOperation: {}, inFlight: this.counts.inFlight };
	}
}
