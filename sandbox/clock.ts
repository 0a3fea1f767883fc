/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a local server, not a node */

/** Node fires timers with a longer delay immediately. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Ends `advance()` without a limit if every step schedules another one. */
const MAX_STEPS = 10_000;

interface Task {
	due: number;
	work: () => unknown;
	timer?: NodeJS.Timeout;
}

/**
 * Schedules everything that happens later in the sandbox, so that a test can shorten an hour to a
 * second, stop time, or step through it. Only delays are scaled. Times in messages are those of
 * the system clock, because clients compare them with their own.
 */
/** Real time; tests that run faster replace it. */
export const timers = {
	now: () => performance.now(),
	setTimeout: (work: () => void, milliseconds: number) => setTimeout(work, milliseconds),
	clearTimeout: (timer?: NodeJS.Timeout) => clearTimeout(timer),
};

export class Clock {
	private readonly tasks = new Set<Task>();
	private elapsed = 0;
	private anchor = timers.now();
	private factor: number;

	/** @param scale sandbox milliseconds per real one: 60 runs a minute in a second, 0 stops time */
	constructor(scale = 1) {
		this.factor = scale;
	}

	get scale(): number {
		return this.factor;
	}

	set scale(scale: number) {
		this.elapsed = this.now();
		this.anchor = timers.now();
		this.factor = scale;
		this.rearm();
	}

	/** The number of scheduled tasks. */
	get pending(): number {
		return this.tasks.size;
	}

	/** Sandbox milliseconds since the start. */
	now(): number {
		return this.elapsed + (timers.now() - this.anchor) * this.factor;
	}

	/** Runs `work` after a number of sandbox milliseconds. @returns a function that cancels it */
	after(milliseconds: number, work: () => unknown): () => void {
		const task: Task = { due: this.now() + Math.max(0, milliseconds), work };
		this.tasks.add(task);
		this.arm(task);
		return () => this.drop(task);
	}

	/** Runs, in order, the tasks due within a number of sandbox milliseconds; by default all. */
	async advance(milliseconds = Infinity): Promise<void> {
		const end = this.now() + milliseconds;
		for (let step = 0; step < MAX_STEPS; step++) {
			const next = [...this.tasks].sort((a, b) => a.due - b.due)[0];
			if (next === undefined || next.due > end) break;
			this.moveTo(Math.max(next.due, this.now()));
			this.drop(next);
			await next.work();
		}
		if (milliseconds !== Infinity) this.moveTo(Math.max(end, this.now()));
		this.rearm();
	}

	/** Cancels all tasks. */
	clear(): void {
		for (const task of [...this.tasks]) this.drop(task);
	}

	private moveTo(time: number): void {
		this.elapsed = time;
		this.anchor = timers.now();
	}

	private drop(task: Task): void {
		timers.clearTimeout(task.timer);
		this.tasks.delete(task);
	}

	private rearm(): void {
		for (const task of this.tasks) {
			timers.clearTimeout(task.timer);
			this.arm(task);
		}
	}

	private arm(task: Task): void {
		if (this.factor <= 0) return;
		const delay = (task.due - this.now()) / this.factor;
		task.timer = timers.setTimeout(
			() => {
				if (delay > MAX_TIMER_MS) {
					this.arm(task);
					return;
				}
				this.drop(task);
				void task.work();
			},
			Math.min(Math.max(0, delay), MAX_TIMER_MS),
		);
	}
}
