import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import type { Redact } from './redact';

/**
 * - rejected: the provider (or a check of ours) refused the request; the same one will fail again
 * - notFound: the thing named does not exist
 * - credential: the key is wrong, blocked or lacks a right
 * - rateLimited: too many requests, come back later
 * - unavailable: the provider could not be reached or is out of order
 * - ambiguous: a send whose answer is lost; the message may have gone out
 * - malformed: an answer that is not of the provider's form
 */
export type FailureKind =
	| 'rejected'
	| 'notFound'
	| 'credential'
	| 'rateLimited'
	| 'unavailable'
	| 'ambiguous'
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
}

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

/** Errors of n8n's own, such as an expression that cannot be evaluated, as a failure. */
export function asFailure(error: unknown): Failure {
	if (error instanceof Failure) return error;
	const message = error instanceof Error ? error.message : String(error);
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

/**
 * n8n's error for one item: the message with the item's number, the description, the provider's
 * code, and no secret in any of them.
 *
 * @param itemIndex index of the input item, from 0; left out where the failure is no item's
 */
export function toNodeError(
	node: INode,
	error: unknown,
	redact: Redact,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	const suffix = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	if (!(error instanceof Failure)) {
		// n8n's own complaints, such as a missing parameter or credential, or a bug of ours
		const known = error instanceof Error ? error : new Error(String(error));
		const { description } = known as { description?: unknown };
		const context = (known as { context?: { descriptionKey?: string } }).context;
		const plain = new NodeOperationError(node, redact(known.message) + suffix, {
			itemIndex,
			description: typeof description === 'string' ? redact(description) : undefined,
		});
		if (context?.descriptionKey) plain.context.descriptionKey = context.descriptionKey;
		return plain;
	}
	const message = keepWording(redact(error.message)) + suffix;
	const description = error.description && redact(error.description);
	const cause = CAUSE[error.kind];
	const facts: JsonObject = { kind: error.kind };
	if (error.code !== undefined) facts.code = error.code;
	if (error.httpStatus !== undefined) facts.httpStatus = error.httpStatus;
	const apiError = new NodeApiError(node, facts, {
		message,
		description,
		httpCode: error.code ?? (error.httpStatus === undefined ? undefined : String(error.httpStatus)),
		itemIndex,
		...(cause && { failure: { cause, retryAfterMs: error.retryAfter } as never }),
	});
	apiError.context.kind = error.kind;
	if (error.code !== undefined) apiError.context.code = error.code;
	return apiError;
}
