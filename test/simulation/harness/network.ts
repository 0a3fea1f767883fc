/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test: n8n's HTTP helper uses this axios */
import axios, { AxiosError, CanceledError } from 'axios';
import type { AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { Fault, FaultKind, History } from '../history';
import type { ProviderModel, Sent, Truth, WireRequest, WireResponse } from '../providers/model';
import type { VirtualTime } from './virtualTime';

/**
 * The network between n8n's own HTTP helper and the model of a provider. It takes the place of
 * sockets: requests take virtual time, and break where the history says so.
 */

const NO_FAULT: Fault = { kind: 'none', quirk: 0, mask: 0, choice: 0 };

/** The way to the provider and back, different for each request so that requests overtake. */
const delayOf = (count: number) => 20 + ((count * 37) % 90);

/** A message in a request, and what the node was told about it. */
export interface Told extends Sent {
	execution: number;
	attempt: number;
}

/** Faults after which the node knows that nothing was accepted. */
const CERTAIN = new Set<FaultKind>(['notConnected', 'tooManyRequests']);

const page = (status: number): WireResponse => ({
	status,
	type: 'text/html',
	body: `<html><head><title>${status}</title></head><body>Please come back later</body></html>`,
});

const PAGES: Partial<Record<FaultKind, WireResponse>> = {
	emptyBody: { status: 200, type: 'text/plain', body: '' },
	htmlPage: page(200),
	serverErrorBefore: page(503),
	serverErrorAfter: page(502),
	tooManyRequests: { status: 429, type: 'text/plain', body: 'Slow down' },
};

const BEFORE = new Set<FaultKind>([
	'notConnected',
	'resetBefore',
	'timeoutBefore',
	'serverErrorBefore',
	'tooManyRequests',
]);

/** Thrown to the host when n8n is gone. */
export class Crash extends Error {}

export class Network {
	/** Requests that are in flight now, and the most since the last try began. */
	inFlight = 0;

	mostInFlight = 0;

	/** Sends since the last try began. */
	sendsOfTry = 0;

	/** What the node was told about each message. */
	readonly told: Told[] = [];

	/** Rejects when n8n is gone. */
	crashed: Promise<never> = new Promise(() => undefined);

	/** Requests of n8n to itself. */
	local?: (request: WireRequest) => Promise<void>;

	private crash: () => void = () => undefined;

	private requests = 0;

	private sends = 0;

	private lookups = 0;

	/** n8n is gone at this request; 0 for never. */
	private crashAt = 0;

	/** No faults happen any more. */
	isClean = false;

	/** Whether a fault happened since the process began. */
	hadFaults = false;

	private isGone = false;

	constructor(
		private readonly time: VirtualTime,
		private readonly history: History,
		private readonly model: ProviderModel,
		private readonly truth: Truth,
		private readonly quirks: readonly string[],
	) {}

	/** Starts a process of n8n. */
	startProcess(crashAt: number): void {
		this.requests = 0;
		this.crashAt = crashAt;
		this.isGone = false;
		this.hadFaults = false;
		this.inFlight = 0;
		this.crashed = new Promise((_, reject) => (this.crash = () => reject(new Crash())));
		this.crashed.catch(() => undefined);
	}

	startTry(): void {
		this.mostInFlight = this.inFlight;
		this.sendsOfTry = 0;
	}

	/** Takes over the requests of axios, which n8n's HTTP helper uses. */
	install(): () => void {
		const { adapter } = axios.defaults;
		axios.defaults.adapter = async (config) => await this.request(config);
		return () => (axios.defaults.adapter = adapter);
	}

	private nextFault(isSend: boolean): Fault {
		const list = isSend ? this.history.sends : this.history.lookups;
		const index = isSend ? this.sends++ : this.lookups++;
		const fault = (this.isClean ? undefined : list[index]) ?? NO_FAULT;
		this.hadFaults ||= fault.kind !== 'none';
		return fault;
	}

	private async request(config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
		const headers = Object.fromEntries(
			Object.entries(config.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
		);
		const data = config.data as unknown;
		const request: WireRequest = {
			method: (config.method ?? 'get').toUpperCase(),
			url: new URL(axios.getUri(config)),
			headers,
			body: typeof data === 'string' ? data : data instanceof URLSearchParams ? String(data) : '',
		};
		if (request.url.hostname === '127.0.0.1') {
			await this.local?.(request);
			return { data: 'OK', status: 200, statusText: '', headers: {}, config, request: {} };
		}
		this.inFlight += 1;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		try {
			return await new Promise<AxiosResponse>((resolve, reject) => {
				const { signal } = config;
				const cancel = () => reject(new CanceledError(undefined, undefined, config));
				if (signal?.aborted) return cancel();
				signal?.addEventListener?.('abort', cancel);
				const fail = (code: string, cause: object) =>
					reject(
						Object.assign(new AxiosError(code, code, config), {
							cause: { code, ...cause },
							...cause,
						}),
					);
				this.travel(request, fail, ({ status, type, body }, more = {}) => {
					const date = new Date(this.truth.providerTime(this.time.now())).toUTCString();
					resolve({
						data: body,
						status,
						statusText: '',
						headers: { 'content-type': type, date, ...more },
						config,
						request: {},
					});
				});
			});
		} finally {
			this.inFlight -= 1;
		}
	}

	private travel(
		request: WireRequest,
		fail: (code: string, cause: object) => void,
		respond: (response: WireResponse, headers?: Record<string, string>) => void,
	): void {
		const { time, model } = this;
		const isSend = model.isSend(request);
		const fault = this.nextFault(isSend);
		const { kind, choice } = fault;
		const count = ++this.requests;
		const delay = delayOf(count);
		const isLast = count === this.crashAt;
		const processes = isLast ? this.history.crashAfter : !BEFORE.has(kind);
		if (isSend) this.sendsOfTry += 1;
		time.set(() => {
			if (this.isGone) return;
			const response = this.process(request, isSend, fault, processes, isLast);
			if (isLast) {
				this.isGone = true;
				this.crash();
				return;
			}
			time.set(() => {
				if (kind === 'notConnected') return fail('ECONNREFUSED', { syscall: 'connect' });
				if (kind.startsWith('reset')) return fail('ECONNRESET', { syscall: 'read' });
				if (kind.startsWith('timeout')) return undefined;
				if (kind === 'tooManyRequests') {
					// after the last of them, a node fails instead of waiting
					const seconds = String([1, 2, 3, 120][choice % 4]);
					return respond(response, { 'retry-after': seconds });
				}
				return respond(response);
			}, delay);
		}, delay);
	}

	/** Lets the provider process a request, and notes what the node will know of its messages. */
	private process(
		request: WireRequest,
		isSend: boolean,
		fault: Fault,
		processes: boolean,
		isLast: boolean,
	): WireResponse {
		const { model, truth } = this;
		const { kind, choice } = fault;
		const name = kind === 'quirk' ? this.quirks[fault.quirk % this.quirks.length] : '';
		let response = page(503);
		let messages = isSend ? model.read(request) : [];
		if (processes && isSend) {
			({ response, messages } = model.send(truth, request, { ...fault, name }));
		} else if (processes) response = model.lookUp(truth, request);
		const isDamaged = isLast || (kind !== 'none' && kind !== 'quirk');
		const { execution, attempt } = truth;
		for (const message of messages) {
			const damaged = CERTAIN.has(kind) && !isLast ? 'refused' : 'unclear';
			this.told.push({
				...message,
				said: isDamaged ? damaged : message.said,
				execution,
				attempt,
			});
		}
		if (kind === 'cutBody') {
			const length = (choice * 7) % Math.max(response.body.length, 1);
			return { ...response, body: response.body.slice(0, length) };
		}
		return PAGES[kind] ?? response;
	}
}
