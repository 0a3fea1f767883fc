import { createHash } from 'crypto';
import type { RawPostback } from './body';
import { isFinalStatus } from './message';
import type { SmsStatus } from './message';
import { FLAG_OR_NULL, TEXT, TEXT_OR_NULL } from './schema';
import type { Schema } from './schema';

/** What happened at a provider, as triggers emit it. */

export type EventName =
	| 'message.status'
	| 'message.received'
	| 'contact.optedIn'
	| 'contact.optedOut'
	| 'link.clicked'
	| 'media.ready'
	| 'media.failed'
	| 'unknown';

/**
 * What triggers emit, one item per event (design 3.3). What one provider alone has is in a type of its
 * own that its events have besides.
 */
export interface PostbackEvent {
	provider: string;
	event: EventName;
	/** Stable: the same postback delivered twice has the same one. */
	eventId: string;
	/** Of a received message its own id. */
	messageId: string | null;
	/** The outgoing message that a received one answers. */
	inReplyTo: string | null;
	referenceId: string | null;
	from: string | null;
	to: string | null;
	text: string | null;
	status: SmsStatus | null;
	isFinal: boolean | null;
	providerStatus: string | null;
	errorCode: string | null;
	/** The provider's words for a failure, where providerStatus does not say them. */
	errorMessage?: string;
	/** The id under which the message goes on, where the provider sends it again. */
	continuesAs?: string;
	/** ISO 8601, UTC: the time of the change itself. */
	occurredAt: string | null;
	/** ISO 8601, UTC. */
	receivedAt: string;
	/** All fields as they came; the text where it could not be read. */
	raw: unknown;
}

/** What every event has. */
export const eventShape = {
	provider: TEXT,
	event: TEXT,
	eventId: TEXT,
	messageId: TEXT_OR_NULL,
	inReplyTo: TEXT_OR_NULL,
	referenceId: TEXT_OR_NULL,
	from: TEXT_OR_NULL,
	to: TEXT_OR_NULL,
	text: TEXT_OR_NULL,
	status: TEXT_OR_NULL,
	isFinal: FLAG_OR_NULL,
	providerStatus: TEXT_OR_NULL,
	errorCode: TEXT_OR_NULL,
	occurredAt: TEXT_OR_NULL,
	receivedAt: TEXT,
	raw: { type: ['object', 'string'] },
} satisfies Partial<Record<keyof PostbackEvent, Schema>>;

/** What a provider's reader knows of an event; the rest is filled in. */
export type KnownEvent = Pick<PostbackEvent, 'event' | 'raw'> &
	Partial<Omit<PostbackEvent, 'eventId' | 'provider' | 'receivedAt' | 'errorMessage'>> & {
		errorMessage?: string | null;
		/** What makes two deliveries the same event. */
		key: ReadonlyArray<string | null | undefined>;
	};

/**
 * A provider's reader: from what came to its events. Whatever it throws on is emitted as
 * `unknown` with the text.
 */
export type ReadPostback = (postback: RawPostback) => KnownEvent[];

/** The events of one postback that are read; no provider sends more than a few. */
const MOST_EVENTS = 1_000;

/** The events of a list; of one that is too long the rest is one event with the whole text. */
export function readList<T>(list: T[], read: (one: T) => KnownEvent, body: string): KnownEvent[] {
	const events = list.slice(0, MOST_EVENTS).map(read);
	if (list.length > MOST_EVENTS) events.push(unknownEvent(body));
	return events;
}

/** An event that cannot be read: nothing of it is lost. */
function unknownEvent(body: string): KnownEvent {
	return { event: 'unknown', key: [body], raw: body, text: body };
}

/** A stable id: the same parts give the same id, in every process and at every time. */
function eventId(provider: string, parts: ReadonlyArray<string | null | undefined>): string {
	const text = JSON.stringify([provider, ...parts.map((part) => part ?? null)]);
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Completes what a reader knows to the event of the contract. */
export function postbackEvent(
	provider: string,
	receivedAt: string,
	{ key, raw, event, errorMessage, ...known }: KnownEvent,
): PostbackEvent {
	const status = known.status ?? null;
	return {
		provider,
		event,
		eventId: eventId(provider, [event, ...key]),
		messageId: null,
		inReplyTo: null,
		referenceId: null,
		from: null,
		to: null,
		text: null,
		isFinal: status === null ? null : isFinalStatus(status),
		providerStatus: null,
		errorCode: null,
		occurredAt: null,
		...known,
		...(errorMessage && errorMessage !== known.providerStatus && { errorMessage }),
		status,
		receivedAt,
		raw,
	};
}

/** What a reader makes of a postback; nothing is lost and nothing is thrown. */
export function readKnown(read: ReadPostback, postback: RawPostback): KnownEvent[] {
	let known: KnownEvent[];
	try {
		known = read(postback);
	} catch {
		known = [];
	}
	return known.length > 0 ? known : [unknownEvent(postback.text)];
}

/** All events of a postback. */
export function readEvents(
	{ provider, read }: { provider: string; read: ReadPostback },
	postback: RawPostback,
	receivedAt: string,
): PostbackEvent[] {
	return readKnown(read, postback).map((event) => postbackEvent(provider, receivedAt, event));
}
