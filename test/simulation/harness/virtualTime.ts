/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */

/**
 * Time that passes only when everything waits. While it is installed, Date, setTimeout and
 * AbortSignal.timeout count virtual milliseconds, so a time-out of 30 seconds costs nothing and
 * every run of a history takes the same course.
 */

interface Timer {
	due: number;
	/** Timers that are due at the same time run in the order in which they were set. */
	order: number;
	work(): void;
}

const RealDate = Date;
const realSetTimeout = setTimeout;
const realClearTimeout = clearTimeout;
const realAbortTimeout = AbortSignal.timeout.bind(AbortSignal);
const realAbortAny = AbortSignal.any.bind(AbortSignal);
const realRandom = Math.random;

/** Rounds of Node's event loop without a timer after which a run counts as stuck. */
const MAX_IDLE_ROUNDS = 10_000;

const nextRound = async () => await new Promise<void>((resolve) => setImmediate(resolve));

/** AbortSignal.any, whose signals Node.js would keep until all time-outs have passed. */
function abortWithAny(signals: AbortSignal[]): AbortSignal {
	const controller = new AbortController();
	for (const signal of signals) {
		const abort = () => controller.abort(signal.reason);
		if (signal.aborted) abort();
		else signal.addEventListener('abort', abort);
	}
	return controller.signal;
}

/** A pseudorandom generator (mulberry32), so that jitter is the same in every run. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export class VirtualTime {
	private timers: Timer[] = [];

	private order = 0;

	constructor(private time: number) {}

	now(): number {
		return this.time;
	}

	/** Sets a timer, like Node.js in whole milliseconds, at least one. @returns the timer, for `clear` */
	set(work: () => void, milliseconds = 0): Timer {
		const due = this.time + Math.max(Math.trunc(milliseconds), 1);
		const timer = { due, order: this.order++, work };
		let low = 0;
		let high = this.timers.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.timers[middle].due <= timer.due) low = middle + 1;
			else high = middle;
		}
		this.timers.splice(low, 0, timer);
		return timer;
	}

	clear(timer: unknown): void {
		const index = this.timers.indexOf(timer as Timer);
		if (index >= 0) this.timers.splice(index, 1);
	}

	/** Forgets all timers, as when a process ends. */
	forget(): void {
		this.timers = [];
	}

	/** Lets time pass while nothing runs. */
	pass(milliseconds: number): void {
		this.time += milliseconds;
	}

	/** Waits for a promise, and lets time pass whenever nothing else can run. */
	async settle<T>(promise: Promise<T>): Promise<T> {
		let isSettled = false;
		const settled = () => (isSettled = true);
		promise.then(settled, settled);
		let idle = 0;
		for (;;) {
			await nextRound();
			if (isSettled) return await promise;
			const timer = this.timers.shift();
			if (timer) {
				idle = 0;
				this.time = Math.max(this.time, timer.due);
				timer.work();
			} else if (++idle > MAX_IDLE_ROUNDS) {
				throw new Error('Everything waits, and no timer is set');
			}
		}
	}

	/** Replaces the clocks and timers of this process. @returns a function that puts them back */
	install(seed: number): () => void {
		const now = () => this.time;
		class VirtualDate extends RealDate {
			constructor(...parts: [] | [number]) {
				if (parts.length === 0) super(now());
				else super(...parts);
			}

			static now(): number {
				return now();
			}

			static [Symbol.hasInstance](value: unknown): boolean {
				return value instanceof RealDate;
			}
		}
		const setVirtual = (work: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) =>
			Object.assign(
				this.set(() => work(...values), ms),
				{ unref: () => undefined },
			);
		const abortAfter = (ms: number) => {
			const controller = new AbortController();
			this.set(() => controller.abort(new DOMException('Timed out', 'TimeoutError')), ms);
			return controller.signal;
		};
		globalThis.Date = VirtualDate as DateConstructor;
		globalThis.setTimeout = setVirtual as unknown as typeof setTimeout;
		globalThis.clearTimeout = ((timer: unknown) => this.clear(timer)) as typeof clearTimeout;
		AbortSignal.timeout = abortAfter;
		AbortSignal.any = abortWithAny;
		Math.random = seeded(seed);
		return () => {
			globalThis.Date = RealDate;
			globalThis.setTimeout = realSetTimeout;
			globalThis.clearTimeout = realClearTimeout;
			AbortSignal.timeout = realAbortTimeout;
			AbortSignal.any = realAbortAny;
			Math.random = realRandom;
		};
	}
}
