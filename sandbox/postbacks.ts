/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server of ours, not a node */
import { EventEmitter, setMaxListeners } from 'node:events';
import type { Clock } from './clock';
import { post, type PostAnswer } from './post';

/** What a provider posts. */
export interface PostbackOrder {
	provider: string;
	/** The provider's name for this kind: `DeliveryReceipt`. */
	kind: string;
	url: string;
	/**
	 * Exactly the headers that go out, in this order, names as spelt here. Host and Content-Length
	 * are filled in where their value is ''.
	 */
	headers: Record<string, string>;
	body: string | Buffer;
	/** The message it is about, and its handset. */
	messageId?: string;
	handset?: string;
	/** Pauses before the second try, the third...; none: one try is all. */
	retries?: number[];
	/** What the provider takes for received: 2xx, unless told otherwise. */
	accepts?: (status: number) => boolean;
	/** How long the provider waits for an answer, in real milliseconds. */
	timeoutMs?: number;
}

export interface PostbackAttempt extends PostAnswer {
	/** ISO 8601, UTC. */
	at: string;
}

export interface Postback {
	id: string;
	provider: string;
	kind: string;
	url: string;
	headers: Record<string, string>;
	/** As text; a body that is not UTF-8 shows replacement characters here, not on the wire. */
	body: string;
	messageId: string | null;
	handset: string | null;
	/** ISO 8601, UTC. */
	at: string;
	/** `refused`: no address, or none on this machine, and that is all the sandbox may write to. */
	state: 'waiting' | 'delivered' | 'retrying' | 'failed' | 'refused';
	attempts: PostbackAttempt[];
}

export interface PostbackOptions {
	/** Every postback goes out this many times. */
	copies: number;
	/** Collect for so many sandbox milliseconds, then send the last one first; 0 keeps the order. */
	reorderMs: number;
	/** How many go out at once. */
	concurrency: number;
	/** Overrides the provider's patience, in real milliseconds; 0 leaves it. */
	timeoutMs: number;
	/** Whether providers repeat what was not received. */
	retry: boolean;
	/** Whether addresses outside this machine may be posted to. */
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

const PATIENCE_MS = 30_000;
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address leads to this machine only. */
export function isLoopback(url: string): boolean {
	return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}

/** Sends postbacks and remembers how each was answered; `change` is emitted at every step. */
export class PostbackOutbox extends EventEmitter<{ change: [Postback] }> {
	options: PostbackOptions;
	private readonly all: Postback[] = [];
	private readonly line: Array<() => Promise<void>> = [];
	private gathered: Array<() => void> = [];
	private active = 0;
	private nextId = 1;
	private closed = breaker();

	constructor(
		private readonly clock: Clock,
		private readonly first: Partial<PostbackOptions> = {},
	) {
		super();
		this.options = { ...DEFAULTS, ...first };
	}

	/** Puts a postback on its way. */
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
			this.become(postback, 'refused');
			return postback;
		}
		this.emit('change', postback);
		for (let copy = 0; copy < this.options.copies; copy++) {
			this.gather(() => this.enqueue(async () => await this.attempt(postback, order, 0)));
		}
		return postback;
	}

	list(filter: { provider?: string; kind?: string; handset?: string; messageId?: string } = {}) {
		const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
		return this.all.filter((postback) =>
			wanted.every(([field, value]) => postback[field as keyof typeof filter] === value),
		);
	}

	/** Forgets everything, breaks off what is under way, and goes back to the first options. */
	reset(): void {
		this.close();
		this.closed = breaker();
		this.all.length = 0;
		this.options = { ...DEFAULTS, ...this.first };
	}

	close(): void {
		this.closed.abort();
		this.line.length = 0;
		this.gathered = [];
	}

	private gather(work: () => void): void {
		if (this.options.reorderMs <= 0) {
			work();
			return;
		}
		if (this.gathered.push(work) > 1) return;
		this.clock.after(this.options.reorderMs, () => {
			const last = this.gathered.reverse();
			this.gathered = [];
			for (const release of last) release();
		});
	}

	private enqueue(work: () => Promise<void>): void {
		this.line.push(work);
		this.drain();
	}

	private drain(): void {
		while (this.active < this.options.concurrency) {
			const work = this.line.shift();
			if (work === undefined) return;
			this.active++;
			void work().finally(() => {
				this.active--;
				this.drain();
			});
		}
	}

	private async attempt(postback: Postback, order: PostbackOrder, tries: number): Promise<void> {
		const { signal } = this.closed;
		const at = new Date().toISOString();
		const answer = await post({
			url: order.url,
			headers: order.headers,
			body: Buffer.from(order.body),
			timeoutMs: this.options.timeoutMs || (order.timeoutMs ?? PATIENCE_MS),
			signal,
		});
		if (signal.aborted) return;
		postback.attempts.push({ at, ...answer });
		const accepts = order.accepts ?? ((status: number) => status >= 200 && status < 300);
		if (answer.status !== null && accepts(answer.status)) {
			this.become(postback, 'delivered');
			return;
		}
		const pause = this.options.retry ? order.retries?.[tries] : undefined;
		if (pause === undefined) {
			if (postback.state !== 'delivered') this.become(postback, 'failed');
			return;
		}
		this.become(postback, 'retrying');
		this.clock.after(pause, () =>
			this.enqueue(async () => await this.attempt(postback, order, tries + 1)),
		);
	}

	private become(postback: Postback, state: Postback['state']): void {
		postback.state = state;
		this.emit('change', postback);
	}
}

/** Every post under way listens to it, and there may be more of them than Node finds plausible. */
function breaker(): AbortController {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	return controller;
}
