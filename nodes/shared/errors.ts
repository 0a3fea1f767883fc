/** Failures, by their kinds. */

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
