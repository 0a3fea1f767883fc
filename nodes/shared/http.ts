import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { excerpt, odd } from './answer';
import type { HttpAnswer } from './answer';
import { CAME, fail, Failure, rethrow } from './errors';
import { pause } from './pause';
import { redactor } from './redact';
import type { Redact } from './redact';
import { transportFailure } from './transport';
import type { TransportError } from './transport';

/** Milliseconds. n8n's own default is five minutes, which no user waits for. */
const SEND_TIMEOUT = 30_000;
const LOOKUP_TIMEOUT = 10_000;

const MORE_TRIES = 3;
const MORE_TRIES_AFTER_TIMEOUT = 1;
const FIRST_PAUSE = 500;
/** The longest pause a provider may ask for; for more, the user decides. */
const LONGEST_PAUSE = 30_000;

/** The part of n8n's contexts that requests need; action nodes, triggers and drop-downs have it. */
export interface HttpContext {
	helpers: { httpRequest(options: IHttpRequestOptions): Promise<unknown> };
	getExecutionCancelSignal?(): AbortSignal | undefined;
}

export interface HttpRequest {
	/**
	 * - send: repeated only where it is certain that the provider accepted nothing
	 * - repeatable: look-ups, and changes that are harmless twice
	 */
	kind: 'send' | 'repeatable';
	method: 'GET' | 'POST';
	url: string;
	query?: Record<string, string>;
	headers?: Record<string, string>;
	/** JSON when an object; otherwise as it is, with the content type given in `headers`. */
	body?: IDataObject | string;
	/** Milliseconds; 30 s for sends, 10 s for the rest. */
	timeout?: number;
	/** What a send that is not a text message says when its answer is lost. */
	ambiguity?: Ambiguity;
}

interface Ambiguity {
	/** What may have happened; the end of the message. */
	message: string;
	/** How to find out. */
	description: string;
}

/** Reads an answer into what the caller wants, or throws a Failure. */
export type ReadAnswer<T> = (answer: HttpAnswer) => T;

export interface Http {
	/**
	 * Makes one request, again where that is safe, and reads the answer.
	 *
	 * @throws Failure; for a send whose answer is lost or cannot be read its kind is `ambiguous`
	 */
	request<T>(request: HttpRequest, read: ReadAnswer<T>): Promise<T>;
	/** Takes this provider's secrets out of a value. */
	redact: Redact;
}

function mayRepeat(request: HttpRequest, failure: Failure): boolean {
	const { kind, nothingAccepted, lasting } = failure;
	if (lasting || (kind !== 'unavailable' && kind !== 'rateLimited')) return false;
	return request.kind === 'repeatable' || nothingAccepted;
}

const MESSAGE_MAY_BE_OUT: Ambiguity = {
	message: 'The message may have gone out',
	description:
		'The provider may have accepted the message before the answer was lost. Look at its log or at the handset before you send again. It is not sent again by itself.',
};

/** A send whose fate is unknown; everything else stays as it is. */
export function asSend(failure: Failure, ambiguity = MESSAGE_MAY_BE_OUT): Failure {
	const { kind, nothingAccepted } = failure;
	if (nothingAccepted || (kind !== 'unavailable' && kind !== 'malformed')) return failure;
	return failure.with({
		kind: 'ambiguous',
		message: `${failure.message}. ${ambiguity.message}`,
		description: ambiguity.description,
	});
}

/** Reads an answer; whatever a reader stumbles over is an answer that cannot be read. */
function readBy<T>(read: ReadAnswer<T>, answer: HttpAnswer): T {
	try {
		return read(answer);
	} catch (error) {
		if (error instanceof Failure) return rethrow(error);
		return fail({
			kind: 'malformed',
			...odd('an answer that can be read', answer),
			description: 'Please report this as a fault of the node, with the answer.',
			httpStatus: answer.status,
		});
	}
}

/**
 * A requester for one run of a node.
 *
 * @param secrets masked in every failure
 */
export function createHttp(context: HttpContext, secrets: ReadonlyArray<string | undefined>): Http {
	const redact = redactor(secrets);
	const cancel = context.getExecutionCancelSignal?.();

	async function once<T>(request: HttpRequest, read: ReadAnswer<T>): Promise<T> {
		const timeout = request.timeout ?? (request.kind === 'send' ? SEND_TIMEOUT : LOOKUP_TIMEOUT);
		const deadline = AbortSignal.timeout(timeout);
		let answer: HttpAnswer;
		try {
			const response = (await context.helpers.httpRequest({
				method: request.method,
				url: request.url,
				qs: request.query,
				headers: request.headers,
				body: request.body,
				timeout,
				abortSignal: cancel ? AbortSignal.any([deadline, cancel]) : deadline,
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			})) as IN8nHttpFullResponse;
			answer = {
				status: response.statusCode,
				headers: Object.fromEntries(
					Object.entries(response.headers).map(([name, value]) => [
						name.toLowerCase(),
						String(value),
					]),
				),
				text: typeof response.body === 'string' ? response.body : '',
			};
		} catch (error) {
			const late = deadline.aborted && !cancel?.aborted;
			return fail(transportFailure(error as TransportError, request.url, timeout, late));
		}
		return readBy(read, answer);
	}

	async function request<T>(wanted: HttpRequest, read: ReadAnswer<T>): Promise<T> {
		let waited = 0;
		for (let tries = 1; ; tries++) {
			try {
				return await once(wanted, read);
			} catch (error) {
				if (!(error instanceof Failure)) return rethrow(error);
				const told = tellCame(error, redact);
				const failure = wanted.kind === 'send' ? asSend(told, wanted.ambiguity) : told;
				const most = failure.timedOut ? MORE_TRIES_AFTER_TIMEOUT : MORE_TRIES;
				if (cancel?.aborted || tries > most || !mayRepeat(wanted, failure)) {
					return rethrow(tellWaited(failure, waited));
				}
				const wait = failure.retryAfter ?? FIRST_PAUSE * 2 ** (tries - 1) * (1 + Math.random() / 4);
				if (wait > LONGEST_PAUSE) rethrow(tellWait(failure, wait));
				await pause(wait, cancel);
				waited += wait;
			}
		}
	}

	return { request, redact };
}

/** Puts the first words of what came into the message, masked before they are cut. */
export function tellCame(failure: Failure, redact: Redact): Failure {
	const { came, message } = failure;
	if (!came) return failure;
	const left = came.values();
	const told = message.replaceAll(CAME, () => excerpt(redact(left.next().value ?? '')));
	return failure.with({ message: told, came: undefined });
}

/** Says how long the node has waited already, where the provider wants it to wait. */
function tellWaited(failure: Failure, waited: number): Failure {
	if (failure.retryAfter === undefined || waited === 0) return failure;
	const seconds = Math.round(waited / 1000);
	return failure.with({
		message: `${failure.message} (still so after waiting ${seconds} seconds)`,
	});
}

function tellWait(failure: Failure, wait: number): Failure {
	const seconds = Math.ceil(wait / 1000);
	const advice = `Run the workflow again in ${seconds} seconds: that is longer than a node should wait.`;
	return failure.with({
		message: `${failure.message} (try again in ${seconds} seconds)`,
		description: failure.description ? `${failure.description} ${advice}` : advice,
	});
}
