import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { Failure, rethrow, throwFailure } from '../errors/failure';
import { type Redact, redactorForRun } from '../errors/redact';
import { describeUnexpected, type HttpResponse } from './response';
import { AccountPace } from './accountPace';
import { createDeadlines } from './deadlines';
import { cancelled, sleepOrCancel } from './sleep';
import { type TransportError, transportFailure } from './transportFailure';

/** n8n's default is five minutes, longer than any user waits. */
const SEND_TIMEOUT_MS = 30_000;
const LOOKUP_TIMEOUT_MS = 10_000;

const MAX_RETRIES = 3;
const MAX_RETRIES_AFTER_TIMEOUT = 1;
const FIRST_DELAY_MS = 500;
/** If a provider asks for a longer delay, the request fails and the user decides. */
const MAX_DELAY_MS = 30_000;

/** The part of n8n's contexts that requests need. Nodes, triggers and drop-downs have it. */
export interface HttpContext {
	helpers: { httpRequest(options: IHttpRequestOptions): Promise<unknown> };
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

export interface HttpRequest {
	/**
	 * - send: retried only if it is certain that the provider accepted nothing
	 * - repeatable: look-ups, and changes that may safely be made twice
	 */
	kind: 'send' | 'repeatable';
	method: 'GET' | 'POST';
	url: string;
	query?: Record<string, string>;
	headers?: Record<string, string>;
	/** An object is sent as JSON; a string unchanged, with the content type in `headers`. */
	body?: IDataObject | string;
	/** Milliseconds; by default 30 s for sends and 10 s for all other requests. */
	timeout?: number;
	/** For sends: the provider documents refusals under HTTP 5xx. Elsewhere they are not certain. */
	refusesWith5xx?: boolean;
	/** Error texts for a lost response, for sends of something other than a message. */
	ambiguity?: Ambiguity;
}

interface Ambiguity {
	/** What may have happened; appended to the error message. */
	message: string;
	/** How to find out; the description of the error. */
	description: string;
}

/** Reads a response into what the caller needs, or throws a Failure. */
export type ReadResponse<T> = (response: HttpResponse) => T;

export interface Http {
	/**
	 * Makes a request, retries it if that is safe, and reads the response.
	 *
	 * @throws Failure, of the kind `ambiguous` if the response to a send is lost or cannot be read
	 */
	request<T>(request: HttpRequest, read: ReadResponse<T>): Promise<T>;
	/** Masks the secrets of the credential in a value. */
	redact: Redact;
	/** When the requests and the texts of the account may go out. */
	pace: AccountPace;
}

function mayRetry(request: HttpRequest, failure: Failure): boolean {
	const { kind, nothingAccepted, persistent } = failure;
	const isTemporary = kind === 'unavailable' || kind === 'rateLimited';
	if (persistent || !isTemporary) return false;
	return request.kind === 'repeatable' || nothingAccepted;
}

const MESSAGE_MAY_HAVE_GONE_OUT: Ambiguity = {
	message: 'The message may have gone out',
	description:
		'The provider may have accepted the message before its response was lost. Check its log or the handset before you send again. The send is not retried automatically.',
};

/** Makes a failure of a send `ambiguous` if the message may have gone out. */
export function asAmbiguousSend(failure: Failure, ambiguity = MESSAGE_MAY_HAVE_GONE_OUT): Failure {
	const { kind, nothingAccepted } = failure;
	if (nothingAccepted || (kind !== 'unavailable' && kind !== 'malformed')) return failure;
	return failure.with({
		kind: 'ambiguous',
		message: `${failure.message}. ${ambiguity.message}`,
		description: ambiguity.description,
	});
}

/** Whether a refusal in the response to a send may be wrong: with HTTP 5xx, anything can be. */
export function isDoubtful(request: Omit<HttpRequest, 'kind'>, { status }: HttpResponse): boolean {
	return status >= 500 && !request.refusesWith5xx;
}

/** A refusal that may be wrong. */
export function doubted(failure: Failure): Failure {
	return failure.nothingAccepted
		? failure.with({ nothingAccepted: false, kind: 'unavailable' })
		: failure;
}

/** Reads a response. An unexpected error of the reader means that the response cannot be read. */
function readWith<T>(request: HttpRequest, read: ReadResponse<T>, response: HttpResponse): T {
	try {
		return read(response);
	} catch (error) {
		if (error instanceof Failure) {
			const isInDoubt = request.kind === 'send' && isDoubtful(request, response);
			return rethrow(isInDoubt ? doubted(error) : error);
		}
		return throwFailure({
			kind: 'malformed',
			message: describeUnexpected('a readable response', response),
			description: 'Please report this as a bug of the node, together with the response.',
			httpStatus: response.status,
		});
	}
}

function toHttpResponse(
	{ statusCode, headers, body }: IN8nHttpFullResponse,
	requestedAt: number,
): HttpResponse {
	const lowerCased = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
	return {
		status: statusCode,
		headers: lowerCased,
		text: typeof body === 'string' ? body : '',
		times: { requestedAt, receivedAt: Date.now() },
	};
}

/**
 * The HTTP client for one run of a node.
 *
 * @param secrets masked in every failure, besides those of the URLs that are handed to the provider
 * @param pace of the account, for all runs of this process
 */
export function createHttp(
	context: HttpContext,
	secrets: ReadonlyArray<string | undefined>,
	pace = new AccountPace(),
): Http {
	const redact = redactorForRun(context, secrets);
	const cancel = context.getExecutionCancelSignal?.();
	const deadlineOf = createDeadlines(cancel);

	async function attempt<T>(request: HttpRequest, read: ReadResponse<T>): Promise<T> {
		const { kind, method, url, query, headers, body } = request;
		const { timeout = kind === 'send' ? SEND_TIMEOUT_MS : LOOKUP_TIMEOUT_MS } = request;
		if (cancel?.aborted) rethrow(cancelled());
		const deadline = deadlineOf(timeout);
		const requestedAt = Date.now();
		let response: HttpResponse;
		try {
			const full = (await context.helpers.httpRequest({
				method,
				url,
				qs: query,
				headers,
				body,
				timeout,
				abortSignal: deadline.signal,
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			})) as IN8nHttpFullResponse;
			response = toHttpResponse(full, requestedAt);
		} catch (error) {
			const isLate = deadline.isOver() && !cancel?.aborted;
			return throwFailure(transportFailure(error as TransportError, url, timeout, isLate));
		} finally {
			deadline.close();
		}
		return readWith(request, read, response);
	}

	async function request<T>(httpRequest: HttpRequest, read: ReadResponse<T>): Promise<T> {
		let waitedMs = 0;
		for (let tries = 1; ; tries++) {
			try {
				if (!pace.isOpen) await pace.turn(cancel);
				return await attempt(httpRequest, read);
			} catch (error) {
				if (!(error instanceof Failure)) return rethrow(error);
				const masked = error.masked(redact);
				const isSend = httpRequest.kind === 'send';
				const failure = isSend ? asAmbiguousSend(masked, httpRequest.ambiguity) : masked;
				const maxRetries = failure.timedOut ? MAX_RETRIES_AFTER_TIMEOUT : MAX_RETRIES;
				if (cancel?.aborted || tries > maxRetries || !mayRetry(httpRequest, failure)) {
					return rethrow(withTimeWaited(failure, waitedMs));
				}
				const jitter = 1 + Math.random() / 4;
				const delayMs = failure.retryAfter ?? FIRST_DELAY_MS * 2 ** (tries - 1) * jitter;
				if (delayMs > MAX_DELAY_MS) rethrow(withTimeToWait(failure, delayMs));
				waitedMs += delayMs;
				if (failure.holdsForAccount) {
					pace.slowTo(delayMs);
					continue;
				}
				if (failure.retryAfter !== undefined) pace.pause(delayMs);
				await sleepOrCancel(delayMs, cancel).catch(() => undefined);
				if (cancel?.aborted) rethrow(failure);
			}
		}
	}

	return { request, redact, pace };
}

/** Adds how long the node has waited, if the provider asked it to wait. */
function withTimeWaited(failure: Failure, waitedMs: number): Failure {
	if (failure.retryAfter === undefined || waitedMs === 0) return failure;
	const seconds = Math.round(waitedMs / 1000);
	return failure.with({ message: `${failure.message} (after waiting ${seconds} seconds)` });
}

/** Adds how long the user must wait, if that is longer than a node should wait. */
function withTimeToWait(failure: Failure, delayMs: number): Failure {
	const seconds = Math.ceil(delayMs / 1000);
	const advice = `Run the workflow again in ${seconds} seconds; a node should not wait that long.`;
	return failure.with({
		message: `${failure.message} (try again in ${seconds} seconds)`,
		description: failure.description ? `${failure.description} ${advice}` : advice,
	});
}
