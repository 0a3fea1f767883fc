import { type FieldSchema, FLAG, NUMBER_OR_NULL, TEXT, TEXT_OR_NULL } from './schema';
import type { Encoding } from './segments';

/** The statuses of messages at all providers, named as in Twilio's message resource. */
export const SMS_STATUSES = [
	'queued',
	'sent',
	'delivered',
	'read',
	'undelivered',
	'failed',
	'canceled',
	'unknown',
] as const;

export type SmsStatus = (typeof SMS_STATUSES)[number];

/** What send and status operations return, one per message. A provider may add fields to it. */
export interface SmsMessage {
	/** E.164, or what the provider says if that is not a phone number. */
	to: string | null;
	status: SmsStatus;
	errorMessage: string | null;
	/** The provider's id; a string even if it looks like a number. */
	messageId: string | null;
	/** The user's id for the message. */
	referenceId: string | null;
	/** E.164, or a short code or name. */
	from: string | null;
	provider: string;
	/** The provider's name for the status. */
	providerStatus: string;
	/** No further change is expected. */
	isFinal: boolean;
	errorCode: string | null;
	/** When the provider accepted the message. ISO 8601, UTC. */
	createdAt: string | null;
	/** When it was handed to the network. ISO 8601, UTC. */
	sentAt: string | null;
	/** When its status last changed. ISO 8601, UTC. */
	updatedAt: string | null;
	segments: number | null;
	/** Of the text as sent. */
	encoding: Encoding | null;
	/** Nothing was sent now: an earlier try, run or execution had sent the message. */
	alreadySent?: boolean;
	/** When the provider is to send the message, because quiet hours put it off: ISO 8601, UTC. */
	scheduledFor?: string;
	/** Nothing was sent: this is the message as it would be sent. */
	dryRun?: boolean;
	/** What a workflow should know about the send, such as that people may have been texted twice. */
	warning?: string;
	/** Only in look-ups by id: whether the provider knows the message. */
	found?: boolean;
}

type MessageFields = Partial<Record<keyof SmsMessage, FieldSchema>>;

/** The fields of every message, the most important ones first. */
export const messageSchema = {
	to: TEXT_OR_NULL,
	status: TEXT,
	errorMessage: TEXT_OR_NULL,
	messageId: TEXT_OR_NULL,
	referenceId: TEXT_OR_NULL,
	from: TEXT_OR_NULL,
	provider: TEXT,
	providerStatus: TEXT,
	isFinal: FLAG,
	errorCode: TEXT_OR_NULL,
	createdAt: TEXT_OR_NULL,
	sentAt: TEXT_OR_NULL,
	updatedAt: TEXT_OR_NULL,
	segments: NUMBER_OR_NULL,
	encoding: TEXT_OR_NULL,
} satisfies MessageFields;

/** The fields of the messages that sends return. */
export const sentMessageSchema = {
	...messageSchema,
	alreadySent: FLAG,
	dryRun: FLAG,
	warning: TEXT,
} satisfies MessageFields;

/** The fields of the messages that look-ups by id return. */
export const lookedUpMessageSchema = { ...messageSchema, found: FLAG } satisfies MessageFields;

const FINAL: readonly SmsStatus[] = ['delivered', 'read', 'undelivered', 'failed', 'canceled'];

/** Whether a message with this status is not expected to change any more. */
export function isFinalStatus(status: SmsStatus): boolean {
	return FINAL.includes(status);
}

/** Whether a message with this status did not arrive, so that there is a reason. */
export function hasFailed(status: SmsStatus): boolean {
	return status === 'failed' || status === 'undelivered';
}

/**
 * A message with all fields: those that the provider does not report are null. `isFinal` follows
 * from the status unless it is set (an RCS message may still be read after it was delivered, and a
 * rejected hand-off is retried). The error message of a failure is at least the provider's status.
 * `Extras` are the fields that only this provider's messages have.
 */
export function smsMessage<Extras extends object = object>(
	fields: Pick<SmsMessage, 'provider' | 'status' | 'providerStatus'> &
		Partial<SmsMessage> &
		NoInfer<Extras>,
): SmsMessage & Extras {
	const { provider, status, providerStatus, ...optional } = fields;
	const message: SmsMessage = {
		to: null,
		status,
		errorMessage: null,
		messageId: null,
		referenceId: null,
		from: null,
		provider,
		providerStatus,
		isFinal: isFinalStatus(status),
		errorCode: null,
		createdAt: null,
		sentAt: null,
		updatedAt: null,
		segments: null,
		encoding: null,
	};
	for (const [name, value] of Object.entries(optional)) {
		if (value !== undefined) (message as unknown as Record<string, unknown>)[name] = value;
	}
	if (hasFailed(status)) message.errorMessage ??= providerStatus || status;
	return message as SmsMessage & Extras;
}

/** Marks a message that an earlier try, run or execution had sent, so that nothing was sent now. */
export function markAlreadySent<T extends object>(message: T): T & { alreadySent: true } {
	return { ...message, alreadySent: true };
}

/** The result of a look-up by an id that the provider does not know: an item, not an error. */
export function notFoundMessage(
	provider: string,
	messageId: string,
	errorMessage: string,
): SmsMessage {
	return smsMessage({
		provider,
		messageId,
		status: 'unknown',
		providerStatus: 'not found',
		errorMessage,
		found: false,
	});
}
