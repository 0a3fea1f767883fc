import { FLAG, NUMBER_OR_NULL, TEXT, TEXT_OR_NULL } from './schema';
import type { Schema } from './schema';
import type { Encoding } from './segments';

/** The one status vocabulary of all providers; the words are those of Twilio's message resource. */
export type SmsStatus =
	| 'queued'
	| 'sent'
	| 'delivered'
	| 'read'
	| 'undelivered'
	| 'failed'
	| 'canceled'
	| 'unknown';

/**
 * What send and status operations return, one per message (design 3.2). What one provider alone has
 * is in a type of its own that its messages have besides.
 */
export interface SmsMessage {
	/** As the provider writes numbers. */
	to: string | null;
	status: SmsStatus;
	errorMessage: string | null;
	/** The provider's id; a string even where it looks like a number. */
	messageId: string | null;
	/** The caller's own id. */
	referenceId: string | null;
	/** As the provider writes numbers. */
	from: string | null;
	provider: string;
	/** The provider's own word. */
	providerStatus: string;
	/** No further change is expected. */
	isFinal: boolean;
	errorCode: string | null;
	/** ISO 8601, UTC. */
	sentAt: string | null;
	/** ISO 8601, UTC. */
	updatedAt: string | null;
	segments: number | null;
	/** Of the text that went out. */
	encoding: Encoding | null;
	/** Nothing was sent now: the message is of an earlier try, run or execution. */
	alreadySent?: boolean;
	/** Nothing was sent: this is how it would go out. */
	dryRun?: boolean;
	/** Only on look-ups by id: whether the provider knows it. */
	found?: boolean;
}

type Known = Partial<Record<keyof SmsMessage, Schema>>;

/** What every message has, what people look at first. */
export const messageShape = {
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
	sentAt: TEXT_OR_NULL,
	updatedAt: TEXT_OR_NULL,
	segments: NUMBER_OR_NULL,
	encoding: TEXT_OR_NULL,
} satisfies Known;

/** What sends return. */
export const sentShape = { ...messageShape, alreadySent: FLAG, dryRun: FLAG } satisfies Known;

/** What look-ups by id return. */
export const lookedUpShape = { ...messageShape, found: FLAG } satisfies Known;

const FINAL: ReadonlySet<SmsStatus> = new Set([
	'delivered',
	'read',
	'undelivered',
	'failed',
	'canceled',
]);

/** Whether a message that has this status is not expected to change any more. */
export function isFinalStatus(status: SmsStatus): boolean {
	return FINAL.has(status);
}

/**
 * Completes a message: every field of the contract is there, null where nothing is known or given.
 * `isFinal` follows from the status unless the provider knows better (an RCS message may still be
 * read after it was delivered, a refused hand-off is tried again). `Extras` is what the provider's
 * messages have besides.
 */
export function smsMessage<Extras extends object = object>(
	known: Pick<SmsMessage, 'provider' | 'status' | 'providerStatus'> &
		Partial<SmsMessage> &
		NoInfer<Extras>,
): SmsMessage & Extras {
	const { provider, status, providerStatus, ...others } = known;
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
		sentAt: null,
		updatedAt: null,
		segments: null,
		encoding: null,
	};
	for (const [name, value] of Object.entries(others)) {
		if (value !== undefined) (message as unknown as Record<string, unknown>)[name] = value;
	}
	return message as SmsMessage & Extras;
}

/** A message of an earlier try, run or execution, in place of which nothing was sent. */
export function alreadySent<Message extends object>(
	message: Message,
): Message & { alreadySent: true } {
	return { ...message, alreadySent: true };
}

/** The answer to a look-up by an id that the provider does not know: an item, not an error. */
export function notFoundMessage(provider: string, messageId: string, words: string): SmsMessage {
	return smsMessage({
		provider,
		messageId,
		status: 'unknown',
		isFinal: false,
		providerStatus: 'not found',
		errorMessage: words,
		found: false,
	});
}
