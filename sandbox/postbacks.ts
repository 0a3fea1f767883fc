/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a local server, not a node */
import { EventEmitter, setMaxListeners } from 'node:events';
import type { Clock } from './clock';
import { post, type PostResult } from './post';

/** A postback that a provider sends. */
export interface PostbackOrder {
	provider: string;
	/** The kind, as the provider names it: `DeliveryReceipt`. */
	kind: string;
	url: string;
	/**
	 * Exactly the headers that are sent, in this order and spelling. Host and Content-Length are
	 * filled in if their value is ''.
	 */
	headers: Record<string, string>;
	body: string | Buffer;
	/** The related message, and its handset. */
	messageId?: string;
	handset?: string;
	/** Delays before the second attempt, the third...; by default there is one attempt. */
	retries?: number[];
	/** Which status the provider treats as received; 2xx by default. */
	accepts?: (status: number) => boolean;
	/** How long the provider waits for a response, in real milliseconds. */
	timeoutMs?: number;
}

export interface PostbackAttempt extends PostResult {
	/** ISO 8601, UTC. */
	at: string;
}

export interface Postback {
	id: string;
	provider: string;
	kind: string;
	url: string;
	headers: Record<string, string>;
	/** As text. A body that is not UTF-8 has replacement characters here, but is sent unchanged. */
	body: string;
	messageId: string | null;
	handset: string | null;
	/** ISO 8601, UTC. */
	at: string;
	/** `refused`: the address is invalid, or not on this machine while `outside` is false. */
	state: 'waiting' | 'delivered' | 'retrying' | 'failed' | 'refused';
	attempts: PostbackAttempt[];
}

export interface PostbackOptions {
	/** How many times each postback is sent. */
	copies: number;
	/** Collect for this many sandbox milliseconds, then send in reverse order; 0 keeps the order. */
	reorderMs: number;
	/** The maximum number sent at the same time. */
	concurrency: number;
	/** Overrides the provider's timeout, in real milliseconds; 0 keeps it. */
	timeoutMs: number;
	/** Whether providers retry postbacks that were not received. */
	retry: boolean;
	/** Whether postbacks may be sent to addresses outside this machine. */
	outside: boolean;
}

const DEFAULTS: PostbackOptions = {
	copies: 1,
	reorderMs: 0,
	concurrency: 20,
	timeoutMs: 0,
	retry: true,
	outside: false,
};

const DEFAULT_TIMEOUT_MS = 30_000;
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Returns whether an address is on this machine. */
export function isLoopback(url: string): boolean {
	return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

/** Sends postbacks and records every attempt; `change` is emitted at every step. */
export class PostbackOutbox extends EventEmitter<{ change: [Postback] }> {
	options: PostbackOptions;
	private readonly all: Postback[] = [];
	private readonly queue: Array<() => Promise<void>> = [];
	private collected: Array<() => void> = [];
	private active = 0;
	private nextId = 1;
	private abort = newAbortController();

	constructor(
		private readonly clock: Clock,
		private readonly initialOptions: Partial<PostbackOptions> = {},
	) {
		super();
		this.options = { ...DEFAULTS, ...initialOptions };
	}

	/** Queues a postback. @returns its record, which changes with every attempt */
	send(order: PostbackOrder): Postback {
		const postback: Postback = {
			id: `postback-${this.nextId++}`,
			provider: order.provider,
			kind: order.kind,
			url: order.url,
			headers: order.headers,
			body: order.body.toString(),
			messageId: order.messageId ?? null,
			handset: order.handset ?? null,
			at: new Date().toISOString(),
			state: 'waiting',
			attempts: [],
		};
		this.all.push(postback);
		if (!URL.canParse(order.url) || !(this.options.outside || isLoopback(order.url))) {
			this.setState(postback, 'refused');
			return postback;
		}
		this.emit('change', postback);
		for (let copy = 0; copy < this.options.copies; copy++) {
			this.reorder(() => this.enqueue(async () => await this.attempt(postback, order, 0)));
		}
		return postback;
	}

	list(filter: { provider?: string; kind?: string; handset?: string; messageId?: string } = {}) {
		const conditions = Object.entries(filter).filter(([, value]) => value !== undefined);
		return this.all.filter((postback) =>
			conditions.every(([field, value]) => postback[field as keyof typeof filter] === value),
		);
	}

	/** Deletes all records, aborts pending requests, and restores the initial options. */
	reset(): void {
		this.close();
		this.abort = newAbortController();
		this.all.length = 0;
		this.options = { ...DEFAULTS, ...this.initialOptions };
	}

	close(): void {
		this.abort.abort();
		this.queue.length = 0;
		this.collected = [];
	}

	private reorder(work: () => void): void {
		if (this.options.reorderMs <= 0) {
			work();
			return;
		}
		if (this.collected.push(work) > 1) return;
		this.clock.after(this.options.reorderMs, () => {
			const reversed = this.collected.reverse();
			this.collected = [];
			for (const release of reversed) release();
		});
	}

	private enqueue(work: () => Promise<void>): void {
		this.queue.push(work);
		this.drain();
	}

	private drain(): void {
		while (this.active < this.options.concurrency) {
			const work = this.queue.shift();
			if (work === undefined) return;
			this.active++;
			void work().finally(() => {
				this.active--;
				this.drain();
			});
		}
	}

	private async attempt(postback: Postback, order: PostbackOrder, retries: number): Promise<void> {
		const { signal } = this.abort;
		const at = new Date().toISOString();
		const result = await post({
			url: order.url,
			headers: order.headers,
			body: Buffer.from(order.body),
			timeoutMs: this.options.timeoutMs || (order.timeoutMs ?? DEFAULT_TIMEOUT_MS),
			signal,
		});
		if (signal.aborted) return;
		postback.attempts.push({ at, ...result });
		const accepts = order.accepts ?? ((status: number) => status >= 200 && status < 300);
		if (result.status !== null && accepts(result.status)) {
			this.setState(postback, 'delivered');
			return;
		}
		const pause = this.options.retry ? order.retries?.[retries] : undefined;
		if (pause === undefined) {
			if (postback.state !== 'delivered') this.setState(postback, 'failed');
			return;
		}
		this.setState(postback, 'retrying');
		this.clock.after(pause, () =>
			this.enqueue(async () => await this.attempt(postback, order, retries + 1)),
		);
	}

	private setState(postback: Postback, state: Postback['state']): void {
		postback.state = state;
		this.emit('change', postback);
	}
}

/** Every pending request listens to the signal, which may exceed Node's limit for a warning. */
function newAbortController(): AbortController {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	return controller;
}
