import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import { Failure, wordsOf } from './errors';
import type { FailureKind } from './errors';
import { quoted } from './pasted';
import type { Redact } from './redact';

/** n8n's errors, made of failures and of whatever else was thrown. */

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

interface ErrorFrame {
	node: INode;
	/** Takes the secrets of the run out of a text. */
	redact: Redact;
	/** Index of the input item, from 0; left out where the failure is no item's. */
	itemIndex?: number;
	/** An agent sees the message of an error and nothing else. */
	asTool?: boolean;
}

const LONGEST_MESSAGE = 2_000;

/** A text as people see it: without secrets, and then without what is too long to be read. */
function told(text: string, redact: Redact): string {
	const short = redact(text).replace(/"([^"]*)"/g, (_, quote: string) => quoted(quote));
	return short.length > LONGEST_MESSAGE ? `${short.slice(0, LONGEST_MESSAGE)}…` : short;
}

/** What is told of an error beside its message; n8n's own errors have come before any request. */
export function detailsOf(error: unknown, nothingSent: boolean, redact: Redact): FailureDetails {
	const { description } = Object(error) as { description?: unknown };
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
	{ node, redact, itemIndex, asTool = false }: ErrorFrame,
): NodeApiError | NodeOperationError {
	const suffix = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	const { description: given, context } = (error ?? {}) as {
		description?: unknown;
		context?: { descriptionKey?: string };
	};
	const description = typeof given === 'string' && given !== '' ? told(given, redact) : undefined;
	const advice = asTool && description ? `. ${description}` : '';
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
