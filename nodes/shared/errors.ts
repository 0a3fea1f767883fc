import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import { quoted } from './pasted';
import type { Redact } from './redact';

/**
 * - rejected: the provider (or a check of ours) refused the request; the same one will fail again
 * - notFound: the thing named does not exist
 * - credential: the key is wrong, blocked or lacks a right
 * - rateLimited: too many requests, come back later
 * - unavailable: the provider could not be reached or is out of order
 * - ambiguous: a send whose answer is lost; the message may have gone out
 * - optedOut: the recipient does not want messages; only they can change that
 * - malformed: an answer that is not of the provider's form
 */
export type FailureKind =
	| 'rejected'
	| 'notFound'
	| 'credential'
	| 'rateLimited'
	| 'unavailable'
	| 'ambiguous'
	| 'optedOut'
	| 'malformed';

export interface FailureFacts {
	kind: FailureKind;
	/** What happened, in the provider's words where it gave any. */
	message: string;
	/** How to get unstuck. */
	description?: string;
	/** The provider's own code or name for it. */
	code?: string;
	httpStatus?: number;
	/** Milliseconds after which the provider wants to be asked again. */
	retryAfter?: number;
	/** It is certain that the provider accepted nothing, so that repeating a send is safe. */
	nothingAccepted?: boolean;
	/** No answer within the time-out. */
	timedOut?: boolean;
	/** Trying again within one run of a node cannot help, as with a limit for the whole day. */
	lasting?: boolean;
	/** The provider was asked afterwards, and does not know the message. */
	notFound?: boolean;
	/**
	 * What came, whole, in the order of the places (CAME) for it in the message: its secrets have to
	 * be out before it is cut to its first words.
	 */
	came?: string[];
}

/** Where the first words of what came belong in a message. */
export const CAME = '\u0000';

/** A failure on its way to the runner, which turns it into n8n's error for the item. */
export class Failure extends Error implements FailureFacts {
	readonly kind: FailureKind;

	readonly description?: string;

	readonly code?: string;

	readonly httpStatus?: number;

	readonly retryAfter?: number;

	readonly nothingAccepted: boolean;

	readonly timedOut: boolean;

	readonly lasting: boolean;

	readonly notFound: boolean;

	readonly came?: string[];

	constructor(facts: FailureFacts) {
		super(facts.message);
		this.name = 'Failure';
		this.kind = facts.kind;
		this.description = facts.description;
		this.code = facts.code;
		this.httpStatus = facts.httpStatus;
		this.retryAfter = facts.retryAfter;
		this.nothingAccepted = facts.nothingAccepted ?? false;
		this.timedOut = facts.timedOut ?? false;
		this.lasting = facts.lasting ?? false;
		this.notFound = facts.notFound ?? false;
		this.came = facts.came;
	}

	/** The same failure with some facts put differently. */
	with(facts: Partial<FailureFacts>): Failure {
		const { message } = this;
		return new Failure({ ...this, message, ...facts });
	}
}

/** Ends the current step with a failure; a call rather than a `throw`, for use in expressions. */
export function fail(facts: FailureFacts): never {
	throw new Failure(facts);
}

/** Throws an error as it is; a call, where n8n's lint takes a `throw` for an unwrapped error. */
export function rethrow(error: unknown): never {
	throw error;
}

/** A value the user gave that cannot work: nothing was sent. */
export function failInput(message: string, description?: string): never {
	throw new Failure({ kind: 'rejected', message, description, nothingAccepted: true });
}

/**
 * The words of anything that was thrown. Not by `instanceof`: what an expression throws may be an
 * error of another realm. (Failures are told apart by it: the whole package shares this module.)
 */
export function wordsOf(error: unknown): string {
	const { message } = (error ?? {}) as { message?: unknown };
	if (typeof message === 'string') return message;
	return typeof error === 'object' ? 'An error without words' : String(error);
}

/** Errors of n8n's own, such as an expression that cannot be evaluated, as a failure. */
export function asFailure(error: unknown): Failure {
	if (error instanceof Failure) return error;
	const message = wordsOf(error);
	return new Failure({ kind: 'rejected', message });
}

/** What n8n calls each kind, so that it can tell people whether waiting helps. */
const CAUSE: Partial<Record<FailureKind, string>> = {
	credential: 'credential-invalid',
	rateLimited: 'rate-limited',
	unavailable: 'temporarily-unavailable',
};

/** Words that n8n looks for in a message to replace all of it by advice of its own. */
const TRIGGER_WORDS =
	/ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/gi;

/**
 * Keeps n8n from replacing the message: some of its advice is dangerous here (it tells people to
 * retry at once after a reset). An invisible word joiner is enough.
 */
function keepWording(message: string): string {
	return message.replace(TRIGGER_WORDS, (word) => `${word.slice(0, 2)}\u2060${word.slice(2)}`);
}

/** What a workflow can decide on after an item failed (contract 4.7). */
export interface FailureDetails {
	kind: FailureKind;
	/** The provider's, or null. */
	code: string | null;
	description: string | null;
	/** It is certain that the provider accepted nothing. */
	nothingSent: boolean;
}

export interface ErrorFrame {
	node: INode;
	/** Takes the secrets of the run out of a text. */
	redact: Redact;
	/** Index of the input item, from 0; left out where the failure is no item's. */
	itemIndex?: number;
	/** An agent sees the message of an error and nothing else. */
	isTool?: boolean;
}

const LONGEST_MESSAGE = 2_000;

/** A text as people see it: without secrets, and then without what is too long to be read. */
function told(text: string, redact: Redact): string {
	const short = redact(text).replace(/"([^"]*)"/g, (_, quote: string) => quoted(quote));
	return short.length > LONGEST_MESSAGE ? `${short.slice(0, LONGEST_MESSAGE)}…` : short;
}

/** What is told of an error beside its message; n8n's own errors have come before any request. */
export function detailsOf(error: unknown, nothingSent: boolean, redact: Redact): FailureDetails {
	const { description } = error as { description?: unknown };
	const advice = typeof description === 'string' ? told(description, redact) : null;
	if (error instanceof Failure) {
		const { kind, code = null } = error;
		const shown = code === null ? null : told(code, redact);
		return { kind, code: shown, description: advice, nothingSent };
	}
	const missesCredential = /credential/i.test(wordsOf(error));
	const kind = missesCredential ? 'credential' : 'rejected';
	return { kind, code: null, description: advice, nothingSent };
}

/**
 * n8n's error for one item: the message with the item's number, the description, the provider's
 * code, and no secret in any of them.
 */
export function toNodeError(
	error: unknown,
	{ node, redact, itemIndex, isTool = false }: ErrorFrame,
): NodeApiError | NodeOperationError {
	const suffix = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	const { description: given, context } = (error ?? {}) as {
		description?: unknown;
		context?: { descriptionKey?: string };
	};
	const description = typeof given === 'string' && given !== '' ? told(given, redact) : undefined;
	const advice = isTool && description ? `. ${description}` : '';
	if (!(error instanceof Failure)) {
		// n8n's own complaints, such as a missing parameter or credential, or a bug of ours
		const plain = new NodeOperationError(node, told(wordsOf(error), redact) + advice + suffix, {
			description,
		});
		if (context?.descriptionKey) plain.context.descriptionKey = context.descriptionKey;
		return withItem(plain, itemIndex);
	}
	const cause = CAUSE[error.kind];
	const code = error.code === undefined ? undefined : told(error.code, redact);
	const facts: JsonObject = { kind: error.kind };
	if (code !== undefined) facts.code = code;
	if (error.httpStatus !== undefined) facts.httpStatus = error.httpStatus;
	const apiError = new NodeApiError(node, facts, {
		message: keepWording(told(error.message, redact)) + advice + suffix,
		description,
		httpCode: code ?? (error.httpStatus === undefined ? undefined : String(error.httpStatus)),
		...(cause && { failure: { cause, retryAfterMs: error.retryAfter } as never }),
	});
	apiError.context.kind = error.kind;
	if (code !== undefined) apiError.context.code = code;
	return withItem(apiError, itemIndex);
}

/** The editor writes the item behind a message that has its index in the context; ours does so. */
function withItem<T extends NodeApiError | NodeOperationError>(error: T, itemIndex?: number): T {
	if (itemIndex === undefined) return error;
	Object.defineProperty(error.context, 'itemIndex', { value: itemIndex, enumerable: false });
	return error;
}
