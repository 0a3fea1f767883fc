import { type INode, type JsonObject, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { Failure, type FailureKind, messageOf } from './failure';
import { quoted } from './quoted';
import type { Redact } from './redact';

/** n8n's names for some kinds, from which it tells users whether waiting helps. */
const CAUSE: Partial<Record<FailureKind, string>> = {
	credential: 'credential-invalid',
	rateLimited: 'rate-limited',
	unavailable: 'temporarily-unavailable',
};

/** If a message contains one of these words, n8n replaces all of it with n8n's advice. */
const REPLACED_BY_N8N =
	/ECONN(?:REFUSED|RESET|ABORTED)|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/gi;

/**
 * Creates an error whose message n8n does not replace. Some of n8n's advice is dangerous here: after
 * a reset connection it tells users to retry at once. n8n looks only at the message that an error is
 * created with.
 */
function withWording<T extends Error>(message: string, create: (message: string) => T): T {
	const error = create(message.replace(REPLACED_BY_N8N, (word) => [...word].join(' ')));
	error.stack = error.stack?.replace(error.message, () => message);
	error.message = message;
	return error;
}

/** The facts by which a workflow can handle a failed item. */
export interface FailureDetails {
	kind: FailureKind;
	/** The provider's code for the error. */
	code: string | null;
	description: string | null;
	/** It is certain that the provider accepted nothing. */
	nothingSent: boolean;
	/** Only with quiet hours: when they end (ISO 8601, UTC). */
	retryAt?: string;
}

interface ErrorOptions {
	node: INode;
	/** Masks the secrets of the run. */
	redact: Redact;
	/** Index of the failed input item, from 0; undefined if the error does not belong to an item. */
	itemIndex?: number;
	/** An agent sees only the message of an error, so the message includes the description. */
	asTool?: boolean;
}

const MAX_MESSAGE_LENGTH = 2_000;

/** A text as users see it: secrets are masked, then long quotes and long texts are shortened. */
function toReadable(text: string, redact: Redact): string {
	const shortened = redact(text).replace(/"([^"]*)"/g, (_, quote: string) => quoted(quote));
	return shortened.length > MAX_MESSAGE_LENGTH
		? `${shortened.slice(0, MAX_MESSAGE_LENGTH)}…`
		: shortened;
}

function descriptionOf(error: unknown, redact: Redact): string | undefined {
	const { description } = Object(error) as { description?: unknown };
	return typeof description === 'string' ? toReadable(description, redact) : undefined;
}

/** What the output item of an error contains besides its message. */
export function detailsOf(error: unknown, nothingSent: boolean, redact: Redact): FailureDetails {
	const description = descriptionOf(error, redact) ?? null;
	if (error instanceof Failure) {
		const { kind, code = null, retryAt } = error;
		const shown = code === null ? null : toReadable(code, redact);
		return { kind, code: shown, description, nothingSent, ...(retryAt && { retryAt }) };
	}
	// an error of n8n itself, which has no kind
	const kind = /credential/i.test(messageOf(error)) ? 'credential' : 'rejected';
	return { kind, code: null, description, nothingSent };
}

/** n8n's error for one item, with the item's number. Secrets are masked in all its texts. */
export function toNodeError(
	error: unknown,
	{ node, redact, itemIndex, asTool = false }: ErrorOptions,
): NodeApiError | NodeOperationError {
	const readable = (text: string) => toReadable(text, redact);
	const suffix = itemIndex === undefined ? '' : ` [Item ${itemIndex}]`;
	const description = descriptionOf(error, redact) || undefined;
	const advice = asTool && description ? `. ${description}` : '';
	if (!(error instanceof Failure)) {
		// an error of n8n, such as a missing parameter or credential, or a bug of this package
		const message = readable(messageOf(error)) + advice + suffix;
		const operationError = new NodeOperationError(node, message, { description });
		const { context } = Object(error) as { context?: { descriptionKey?: string } };
		const descriptionKey = context?.descriptionKey;
		if (descriptionKey) operationError.context.descriptionKey = descriptionKey;
		return withItemIndex(operationError, itemIndex);
	}
	const cause = CAUSE[error.kind];
	const code = error.code === undefined ? undefined : readable(error.code);
	const facts: JsonObject = { kind: error.kind };
	if (code !== undefined) facts.code = code;
	if (error.httpStatus !== undefined) facts.httpStatus = error.httpStatus;
	const httpCode = code ?? (error.httpStatus === undefined ? undefined : String(error.httpStatus));
	const apiError = withWording(
		readable(error.message) + advice + suffix,
		(message) =>
			new NodeApiError(node, facts, {
				message,
				description,
				httpCode,
				...(cause && { failure: { cause, retryAfterMs: error.retryAfter } as never }),
			}),
	);
	apiError.context.kind = error.kind;
	if (error.retryAt) apiError.context.retryAt = error.retryAt;
	if (code !== undefined) apiError.context.code = code;
	return withItemIndex(apiError, itemIndex);
}

/**
 * The editor appends the item's number to the message of an error with an `itemIndex` in its
 * context. These messages already have the number, so the index is hidden from the editor. It is
 * writable, because n8n assigns it when a tool fails inside an agent.
 */
function withItemIndex<T extends NodeApiError | NodeOperationError>(error: T, index?: number): T {
	if (index === undefined) return error;
	Object.defineProperty(error.context, 'itemIndex', {
		value: index,
		writable: true,
		enumerable: false,
	});
	return error;
}
