import { sleep } from 'n8n-workflow';
import type { Failure } from '../errors/failure';
import { cancelled, NAP_MS } from './sleep';

/** How much of a delay is made up for, so that late timers do not lower the rate. */
const CATCH_UP_MS = 50;

export interface Turn {
	/** The time from this turn to the next, read when the turn comes. */
	costMs(): number;
	/** How many waiting callers may share a turn, which then costs the sum; 1 if missing. */
	together?: number;
	/** How many of them this caller counts as; 1 if missing. */
	size?: number;
	/** Whether the caller need not wait any more; checked several times a second. */
	isOver?(): boolean;
}

interface Waiter extends Turn {
	resolve(): void;
	reject(failure: Failure): void;
}

/** Turns that are some time apart, in the order in which callers ask for them. */
export class Pace {
	private readonly waiting: Waiter[] = [];

	private isServing = false;

	/** Epoch milliseconds of the next free turn. */
	nextAt = 0;

	/** Whether the next caller has a turn at once. */
	get isFree(): boolean {
		return this.waiting.length === 0 && this.nextAt <= Date.now();
	}

	/** Nobody has a turn before this time. */
	holdUntil(at: number): void {
		this.nextAt = Math.max(this.nextAt, at);
	}

	/** Waits for a turn. @throws Failure if `isOver` ends the wait */
	async turn(turn: Turn): Promise<void> {
		if (turn.isOver?.()) throw cancelled();
		const { together = 1 } = turn;
		if (together <= 1 && this.isFree) {
			this.nextAt = Date.now() + turn.costMs();
			return;
		}
		await new Promise<void>((resolve, reject) => {
			this.waiting.push({ ...turn, resolve, reject });
			if (!this.isServing) void this.serve();
		});
	}

	/** Gives turns until nobody waits. One timer serves all who wait. */
	private async serve(): Promise<void> {
		this.isServing = true;
		// all who ask at the same time can share the first turn
		await sleep(0);
		let isBusy = this.nextAt > Date.now();
		while (this.waiting.length > 0) {
			this.removeOver();
			const left = this.nextAt - Date.now();
			if (left > 0) await sleep(Math.min(left, NAP_MS));
			else this.give(isBusy ? CATCH_UP_MS : 0);
			isBusy = true;
		}
		this.isServing = false;
	}

	private removeOver(): void {
		const left = this.waiting.filter((waiter) => {
			const isOver = waiter.isOver?.() ?? false;
			if (isOver) waiter.reject(cancelled());
			return !isOver;
		});
		if (left.length < this.waiting.length) this.waiting.splice(0, Infinity, ...left);
	}

	private give(catchUpMs: number): void {
		const [first] = this.waiting;
		if (!first) return;
		let at = Math.max(this.nextAt, Date.now() - catchUpMs);
		for (let room = Math.max(first.together ?? 1, first.size ?? 1); ; ) {
			const [next] = this.waiting;
			room -= next?.size ?? 1;
			if (!next || room < 0) break;
			this.waiting.shift();
			at += next.costMs();
			next.resolve();
		}
		this.nextAt = at;
	}
}
