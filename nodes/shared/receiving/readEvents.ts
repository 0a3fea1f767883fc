import { createHash } from 'crypto';
import type {
	EventName,
	ParsedEvent,
	PostbackEvent,
	RawPostback,
	ParsePostback,
} from '../model/event';
import { isFinalStatus } from '../model/message';
import { systemWordOf } from '../model/systemWords';

/** Per postback. No provider sends more than a few. */
const MAX_EVENTS = 1_000;

/** Reads a list of events. If it is too long, one event with the whole body stands for the rest. */
export function readList<T>(
	list: T[],
	read: (entry: T) => ParsedEvent,
	body: string,
): ParsedEvent[] {
	const events = list.slice(0, MAX_EVENTS).map(read);
	if (list.length > MAX_EVENTS) events.push(unknownEvent(body));
	return events;
}

/** The event for a body that cannot be read. It contains the whole text. */
function unknownEvent(body: string): ParsedEvent {
	return { event: 'unknown', key: [body], raw: body, text: body };
}

/** An id made from the given parts only, so that a repeated postback has the same one. */
export function eventId(provider: string, parts: ReadonlyArray<string | null | undefined>): string {
	const text = JSON.stringify([provider, ...parts.map((part) => part ?? null)]);
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** The events of a text from a handset. */
const IS_TEXT: ReadonlySet<EventName> = new Set([
	'message.received',
	'contact.optedIn',
	'contact.optedOut',
]);

/** Adds the fields that a provider's reader does not set. @param receivedAt ISO 8601, UTC */
export function completeEvent(
	provider: string,
	receivedAt: string,
	{ key, raw, event, errorMessage, ...fields }: ParsedEvent,
): PostbackEvent {
	const { status = null, text = null } = fields;
	// n8n shows the fields in this order
	return {
		from: null,
		text,
		to: null,
		event,
		occurredAt: null,
		status,
		isFinal: status === null ? null : isFinalStatus(status),
		providerStatus: null,
		errorCode: null,
		systemWord: IS_TEXT.has(event) ? systemWordOf(text) : null,
		messageId: null,
		inReplyTo: null,
		referenceId: null,
		eventId: eventId(provider, [event, ...key]),
		provider,
		...fields,
		...(errorMessage && errorMessage !== fields.providerStatus && { errorMessage }),
		receivedAt,
		raw,
	};
}

/**
 * The events that a provider's reader finds in a postback; one `unknown` event with the whole text
 * if it finds none or throws.
 */
export function parseEvents(read: ParsePostback, postback: RawPostback): ParsedEvent[] {
	try {
		const events = read(postback);
		if (events.length > 0) return events;
	} catch {
		// not in the provider's format
	}
	return [unknownEvent(postback.text)];
}

/** The complete events of a postback. */
export function readEvents(
	{ provider, read }: { provider: string; read: ParsePostback },
	postback: RawPostback,
	receivedAt: string,
): PostbackEvent[] {
	return parseEvents(read, postback).map((event) => completeEvent(provider, receivedAt, event));
}
