import type { IDataObject } from 'n8n-workflow';
import type { SmsStatus } from './message';
import { type FieldSchema, FLAG_OR_NULL, TEXT, TEXT_OR_NULL } from './schema';
import type { SystemWord } from './systemWords';

/** A postback as received, with its body decompressed and decoded. */
export interface RawPostback {
	text: string;
	/** Lower case, without parameters; empty if the header is missing. */
	contentType: string;
	headers: IDataObject;
}

export const EVENT_NAMES = [
	'message.status',
	'message.received',
	'contact.optedIn',
	'contact.optedOut',
	'link.clicked',
	'media.ready',
	'media.failed',
	'unknown',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** What triggers emit, one item per event. A provider may add fields to it. */
export interface PostbackEvent {
	provider: string;
	event: EventName;
	/** The same for every delivery of the same postback. */
	eventId: string;
	/** The id of the message that the event is about, sent or received. */
	messageId: string | null;
	/** The id of the sent message to which a received message replies. */
	inReplyTo: string | null;
	referenceId: string | null;
	from: string | null;
	to: string | null;
	text: string | null;
	status: SmsStatus | null;
	isFinal: boolean | null;
	providerStatus: string | null;
	errorCode: string | null;
	/** Of a received text: what the provider does itself, if it is a word such as STOP. */
	systemWord: SystemWord | null;
	/** The provider's description of a failure, if it differs from providerStatus. */
	errorMessage?: string;
	/** The id of the message that replaces this one, if the provider sends it again. */
	continuesAs?: string;
	/** ISO 8601, UTC: when the event happened. */
	occurredAt: string | null;
	/** ISO 8601, UTC: when the postback was received. */
	receivedAt: string;
	/** All fields as received, or the text of the body if it could not be read. */
	raw: unknown;
}

/** The fields of every event, those that people look for first. */
export const eventSchema = {
	from: TEXT_OR_NULL,
	text: TEXT_OR_NULL,
	to: TEXT_OR_NULL,
	event: TEXT,
	occurredAt: TEXT_OR_NULL,
	status: TEXT_OR_NULL,
	isFinal: FLAG_OR_NULL,
	providerStatus: TEXT_OR_NULL,
	errorCode: TEXT_OR_NULL,
	systemWord: TEXT_OR_NULL,
	messageId: TEXT_OR_NULL,
	inReplyTo: TEXT_OR_NULL,
	referenceId: TEXT_OR_NULL,
	eventId: TEXT,
	provider: TEXT,
	receivedAt: TEXT,
	raw: { type: ['object', 'string'] },
} satisfies Partial<Record<keyof PostbackEvent, FieldSchema>>;

/** What a provider's reader reads from a postback. The rest of the event is filled in. */
export type ParsedEvent = Pick<PostbackEvent, 'event' | 'raw'> &
	Partial<Omit<PostbackEvent, 'eventId' | 'provider' | 'receivedAt' | 'errorMessage'>> & {
		errorMessage?: string | null;
		/** Two deliveries with the same key are the same event. */
		key: ReadonlyArray<string | null | undefined>;
	};

/** Reads the events of a postback. If it throws, one event `unknown` with the body is emitted. */
export type ParsePostback = (postback: RawPostback) => ParsedEvent[];
