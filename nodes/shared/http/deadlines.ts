/** Aborts one request. */
export interface Deadline {
	/** Aborted at the time limit, or when the execution is cancelled. */
	signal: AbortSignal;
	/** Whether the time limit is over. */
	isOver(): boolean;
	/** The request has ended. */
	close(): void;
}

/** Requests with the same time limit that began at about the same time. */
interface Group {
	from: number;
	timer: AbortSignal;
	/** The timer or the end of the execution; kept, so that it is not collected as garbage. */
	signal: AbortSignal;
	open: Set<AbortController>;
}

/** Requests that begin within a hundredth of their time limit share a timer. */
const SHARES = 100;

/**
 * The deadlines of the requests of a run. Node.js keeps a timer and what it aborts until the time limit
 * is over, even if the response takes milliseconds. So requests that begin at about the same time share a
 * timer, and each has up to a hundredth more time.
 */
export function createDeadlines(cancel?: AbortSignal): (limitMs: number) => Deadline {
	const latest = new Map<number, Group>();

	function groupOf(limitMs: number): Group {
		const now = Date.now();
		const sharedMs = Math.ceil(limitMs / SHARES);
		const last = latest.get(limitMs);
		if (last && now >= last.from && now <= last.from + sharedMs) return last;
		const timer = AbortSignal.timeout(limitMs + sharedMs);
		const signal = cancel ? AbortSignal.any([timer, cancel]) : timer;
		const group: Group = { from: now, timer, signal, open: new Set() };
		signal.addEventListener('abort', () => group.open.forEach((request) => request.abort()));
		latest.set(limitMs, group);
		return group;
	}

	return (limitMs) => {
		const { timer, open } = groupOf(limitMs);
		const request = new AbortController();
		open.add(request);
		return {
			signal: request.signal,
			isOver: () => timer.aborted,
			close: () => void open.delete(request),
		};
	};
}
