import type { EventName } from '../shared/event';
import type { SmsStatus } from '../shared/message';

/** Codes of postbacks, some of which mean something else in answers (docs/providers/skycore.md 5). */

/** What a postback's code stands for. */
interface Notification {
	event: EventName;
	status?: SmsStatus;
}

const status = (word: SmsStatus): Notification => ({ event: 'message.status', status: word });

/** Codes of postbacks (6.2 to 6.6); any other is an event `unknown`. */
export const POSTBACK_CODES: Readonly<Record<string, Notification>> = {
	N101: status('sent'),
	N102: status('delivered'),
	// only in API v2 (8)
	N103: status('undelivered'),
	E101: status('failed'),
	E102: status('undelivered'),
	N201: status('sent'),
	N202: status('delivered'),
	E201: status('failed'),
	E202: status('undelivered'),
	N211: { event: 'message.received' },
	N401: { event: 'message.received' },
	N301: { event: 'contact.optedIn' },
	N302: { event: 'contact.optedOut' },
	N003: { event: 'media.ready' },
	N013: { event: 'media.ready' },
	E002: { event: 'media.failed' },
	E003: { event: 'media.failed' },
	E011: { event: 'media.failed' },
	E012: { event: 'media.failed' },
	E013: { event: 'media.failed' },
};

/**
 * INFERRED: receipts of before 2014 tell in attributes of STATUS what their code, one that means
 * just `sent`, does not (6.7; 10, row 21): for an SMS 0 in STATUS, as in GSM 03.40, for an MMS the
 * word Retrieved in TEXT.
 */
export const RECEIPT_ATTRIBUTES: ReadonlyArray<{ name: string; value: string; status: SmsStatus }> =
	[
		{ name: 'STATUS', value: '0', status: 'delivered' },
		{ name: 'TEXT', value: 'retrieved', status: 'delivered' },
	];
