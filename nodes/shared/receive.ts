import { createHash, timingSafeEqual } from 'crypto';
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { MEGABYTE, readBody } from './body';
import type { RawPostback } from './body';
import { postbackEvent, readKnown } from './event';
import type { PostbackEvent, ReadPostback } from './event';
import { redactor } from './redact';
import { postbackTokens } from './token';

/** Receiving postbacks: authentication, answer, and the choice of events. */

export interface PostbackSource {
	provider: string;
	/** The credential type that holds `postbackToken`. */
	credential: string;
	read: ReadPostback;
	/** Events that no choice of the user drops, as they do not say of which kind they are. */
	isUnnamed?(event: PostbackEvent): boolean;
	/** Further filters of the provider's trigger. */
	accepts?(context: IWebhookFunctions, event: PostbackEvent): boolean;
	/** Who answers where the user has not chosen. */
	answer: 'whenStored' | 'atOnce';
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
	return timingSafeEqual(digest(given), digest(expected));
}

/** Answers in place of n8n. */
export function end(
	context: IWebhookFunctions,
	status: number,
	text: string,
): IWebhookResponseData {
	context.getResponseObject().status(status).type('text/plain').send(text);
	return { noWebhookResponse: true };
}

/** Whether the request has the token, if one is set. @returns the token, or undefined for a forgery */
async function authenticate(
	context: IWebhookFunctions,
	credential: string,
): Promise<string | undefined> {
	const { token: given } = context.getQueryData() as { token?: unknown };
	for await (const token of postbackTokens(context, credential)) {
		if (token === '') return token;
		if (typeof given === 'string' && sameSecret(given, token)) return token;
	}
	return undefined;
}

/**
 * Receives one postback: checks the token, reads the events, drops what the user did not select,
 * and answers. A refused postback gets 401, one that is too large 413, one in an encoding that
 * nobody reads 415, everything else 200.
 *
 * With `answer: whenStored` n8n answers once the execution is stored and with 500 when it could
 * not be, so that the provider tries again; with `atOnce` the node answers before that.
 */
export async function receive(
	context: IWebhookFunctions,
	source: PostbackSource,
): Promise<IWebhookResponseData> {
	const token = await authenticate(context, source.credential);
	if (token === undefined) return end(context, 401, 'The token is missing or wrong');

	const fields = context.getNodeParameter('additionalFields', {}) as IDataObject;
	let postback: RawPostback;
	try {
		postback = await readBody(context, mostBytes(fields));
	} catch (error) {
		const { httpStatus, status = httpStatus } = error as { status?: number; httpStatus?: number };
		const known = status === 413 || status === 415 ? status : 400;
		return end(context, known, 'The body could not be read');
	}

	const selected = new Set(context.getNodeParameter('events', []) as string[]);
	const receivedAt = new Date().toISOString();
	const events = readKnown(source.read, postback)
		.filter(({ event }) => selected.has(event) || source.isUnnamed !== undefined)
		.map((known) => postbackEvent(source.provider, receivedAt, known))
		.filter((event) => selected.has(event.event) || source.isUnnamed?.(event))
		.filter((event) => source.accepts?.(context, event) ?? true);
	if (events.length === 0) return end(context, 200, 'OK');

	const redact = redactor([token]);
	const items: INodeExecutionData[] = events.map((event) => ({
		json: redact(event as unknown as IDataObject),
	}));
	const { answer } = fields as { answer?: string };
	const response200 = (answer ?? source.answer) === 'atOnce' ? end(context, 200, 'OK') : {};
	return { ...response200, workflowData: [items] };
}

/** Largest Body, in bytes. */
function mostBytes({ maxBodySize }: IDataObject): number {
	const megabytes = Number(maxBodySize ?? 1);
	return (megabytes >= 1 ? Math.min(megabytes, 16) : 1) * MEGABYTE;
}
