/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a server of ours, not a node */

/** Node fires longer timers at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Stops `advance()` without a limit where every step plans a next one. */
const MOST_STEPS = 10_000;

interface Task {
	due: number;
	work: () => unknown;
	timer?: NodeJS.Timeout;
}

/**
 * Everything that happens later in the sandbox goes through here, so that a test can make an hour
 * a second, stop time, or step through it. Only waiting is scaled: the times that messages carry
 * are those of the wall clock, because clients compare them with their own.
 */
export class Clock {
	private readonly tasks = new Set<Task>();
	private elapsed = 0;
	private anchor = performance.now();
	private factor: number;

	/** @param scale sandbox milliseconds per real one: 60 runs a minute in a second, 0 stands still */
	constructor(scale = 1) {
		this.factor = scale;
	}

	get scale(): number {
		return this.factor;
	}

	set scale(scale: number) {
		this.elapsed = this.now();
		this.anchor = performance.now();
		this.factor = scale;
		this.rearm();
	}

	/** How many tasks are waiting. */
	get pending(): number {
		return this.tasks.size;
	}

	/** Sandbox milliseconds since the start. */
	now(): number {
		return this.elapsed + (performance.now() - this.anchor) * this.factor;
	}

	/** Runs `work` after so many sandbox milliseconds; the returned function calls it off. */
	after(milliseconds: number, work: () => unknown): () => void {
		const task: Task = { due: this.now() + Math.max(0, milliseconds), work };
		this.tasks.add(task);
		this.arm(task);
		return () => this.drop(task);
	}

	/** Resolves after so many sandbox milliseconds. */
	async wait(milliseconds: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.after(milliseconds, resolve);
		});
	}

	/** Runs what is due within so many sandbox milliseconds, in order; without a number, all there is. */
	async advance(milliseconds = Infinity): Promise<void> {
		const end = this.now() + milliseconds;
		for (let step = 0; step < MOST_STEPS; step++) {
			const next = [...this.tasks].sort((a, b) => a.due - b.due)[0];
			if (next === undefined || next.due > end) break;
			this.moveTo(Math.max(next.due, this.now()));
			this.drop(next);
			await next.work();
		}
		if (milliseconds !== Infinity) this.moveTo(Math.max(end, this.now()));
		this.rearm();
	}

	/** Forgets all that is waiting. */
	clear(): void {
		for (const task of [...this.tasks]) this.drop(task);
	}

	private moveTo(time: number): void {
		this.elapsed = time;
		this.anchor = performance.now();
	}

	private drop(task: Task): void {
		clearTimeout(task.timer);
		this.tasks.delete(task);
	}

	private rearm(): void {
		for (const task of this.tasks) {
			clearTimeout(task.timer);
			this.arm(task);
		}
	}

	private arm(task: Task): void {
		if (this.factor <= 0) return;
		const wait = (task.due - this.now()) / this.factor;
		task.timer = setTimeout(
			() => {
				if (wait > LONGEST_TIMER) {
					this.arm(task);
					return;
				}
				this.drop(task);
				void task.work();
			},
			Math.min(Math.max(0, wait), LONGEST_TIMER),
		);
	}
}
