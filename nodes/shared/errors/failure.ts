import { excerpt } from './excerpt';
import type { Redact } from './redact';

/**
 * - rejected: the provider (or a check of this package) rejected the request; the same one will
 *   fail again
 * - notFound: what the request names does not exist
 * - credential: the key is wrong, blocked or lacks a permission
 * - rateLimited: too many requests, try again later
 * - unavailable: the provider could not be reached, or is down
 * - ambiguous: a send whose response was lost; the message may have gone out
 * - optedOut: the recipient does not accept messages; only they can change that
 * - quietHours: it is quiet hours for the recipient; the same message can be sent when they end
 * - malformed: a response that is not in the provider's format
 */
export type FailureKind =
	| 'rejected'
	| 'notFound'
	| 'credential'
	| 'rateLimited'
	| 'unavailable'
	| 'ambiguous'
	| 'optedOut'
	| 'quietHours'
	| 'malformed';

/**
 * Composes a message that quotes a received body. Secrets must be masked in the complete body
 * before it is cut to an excerpt. Only the HTTP layer knows the secrets, so it composes the message
 * again.
 */
type ComposeMessage = (excerptOf: (received: string) => string) => string;

export interface FailureFacts {
	kind: FailureKind;
	/** What happened, in the provider's words if there are any. */
	message: string | ComposeMessage;
	/** What to do about it. */
	description?: string;
	/** The provider's code or name for the error. */
	code?: string;
	httpStatus?: number;
	/** Milliseconds to wait before the next request, as requested by the provider. */
	retryAfter?: number;
	/** When quiet hours end: ISO 8601, UTC. */
	retryAt?: string;
	/** It is certain that the provider accepted nothing, so it is safe to repeat a send. */
	nothingAccepted?: boolean;
	/** There was no response within the time-out. */
	timedOut?: boolean;
	/** Retrying within the same run cannot help, as with a daily limit. */
	persistent?: boolean;
	/** The delay is for the whole account, not only for this request. */
	holdsForAccount?: boolean;
}

/** What the code of this package throws. The runner turns it into n8n's error for the item. */
export class Failure extends Error {
	readonly kind!: FailureKind;

	readonly description?: string;

	readonly code?: string;

	readonly httpStatus?: number;

	readonly retryAfter?: number;

	readonly retryAt?: string;

	readonly nothingAccepted!: boolean;

	readonly timedOut!: boolean;

	readonly persistent!: boolean;

	readonly holdsForAccount!: boolean;

	private readonly compose?: ComposeMessage;

	constructor({
		message,
		nothingAccepted = false,
		timedOut = false,
		persistent = false,
		holdsForAccount = false,
		...facts
	}: FailureFacts) {
		const isComposed = typeof message === 'function';
		super(isComposed ? message(excerpt) : message);
		const flags = { nothingAccepted, timedOut, persistent, holdsForAccount };
		Object.assign(this, facts, flags, { name: 'Failure' }, isComposed && { compose: message });
	}

	/** The same failure with some facts changed. */
	with(changes: Partial<FailureFacts>): Failure {
		const { message, compose, ...facts } = this;
		return new Failure({ ...facts, message: compose ?? message, ...changes });
	}

	/** The same failure with secrets masked in what its message quotes. */
	masked(redact: Redact): Failure {
		const { compose } = this;
		if (!compose) return this;
		return this.with({ message: compose((received) => excerpt(redact(received))) });
	}
}

/** Throws a failure; a function, so that it can be used in expressions. */
export function throwFailure(facts: FailureFacts): never {
	throw new Failure(facts);
}

/** Throws an error unchanged; a function, because n8n's lint rejects `throw` of a caught error. */
export function rethrow(error: unknown): never {
	throw error;
}

/** Throws for a value of the user that cannot work. Nothing was sent. */
export function throwInvalidInput(message: string, description?: string): never {
	throw new Failure({ kind: 'rejected', message, description, nothingAccepted: true });
}

/**
 * The message of any thrown value. Does not use `instanceof`, since an expression may throw an
 * error of another realm. (For failures it is safe: the whole package shares this module.)
 */
export function messageOf(error: unknown): string {
	const { message } = (error ?? {}) as { message?: unknown };
	if (typeof message === 'string') return message;
	return typeof error === 'object' ? 'Unknown error' : String(error);
}

/** Any thrown value as a failure, such as n8n's error for an expression that cannot be run. */
export function toFailure(error: unknown): Failure {
	if (error instanceof Failure) return error;
	return new Failure({ kind: 'rejected', message: messageOf(error) });
}
