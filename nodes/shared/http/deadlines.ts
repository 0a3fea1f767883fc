/** Aborts a request. */
export interface Deadline {
	/** At the time limit, or when the execution is cancelled. */
	signal: AbortSignal;
	/** Only at the time limit. */
	timer: AbortSignal;
}

/** Requests that begin within a hundredth of their time limit share a deadline. */
const SHARES = 100;

/**
 * The deadlines of the requests of a run. Node.js keeps the signals of a request until its time limit
 * is over, even if the response takes milliseconds. So requests that begin at about the same time share
 * them, and each has up to a hundredth more time.
 */
export function createDeadlines(cancel?: AbortSignal): (limitMs: number) => Deadline {
	const latest = new Map<number, Deadline & { from: number }>();
	return (limitMs) => {
		const now = Date.now();
		const sharedMs = Math.ceil(limitMs / SHARES);
		const last = latest.get(limitMs);
		if (last && now >= last.from && now <= last.from + sharedMs) return last;
		const timer = AbortSignal.timeout(limitMs + sharedMs);
		const signal = cancel ? AbortSignal.any([timer, cancel]) : timer;
		const deadline = { from: now, timer, signal };
		latest.set(limitMs, deadline);
		return deadline;
	};
}
