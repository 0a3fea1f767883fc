import type { EventName } from '../shared/model/event';
import type { SmsStatus } from '../shared/model/message';

/** Codes of postbacks; some mean something else in responses (docs/providers/skycore.md 5). */

interface CodeMeaning {
	event: EventName;
	status?: SmsStatus;
}

const statusEvent = (status: SmsStatus): CodeMeaning => ({ event: 'message.status', status });

/** Codes of docs/providers/skycore.md 6.2 to 6.6; any other is an event `unknown`. */
export const POSTBACK_CODES: Readonly<Record<string, CodeMeaning>> = {
	N101: statusEvent('sent'),
	N102: statusEvent('delivered'),
	// in API v2 only
	N103: statusEvent('undelivered'),
	E101: statusEvent('failed'),
	E102: statusEvent('undelivered'),
	N201: statusEvent('sent'),
	N202: statusEvent('delivered'),
	E201: statusEvent('failed'),
	E202: statusEvent('undelivered'),
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
 * Attributes of STATUS in receipts of before 2014 that mean delivered, although the code of the
 * receipt means only `sent` (docs/providers/skycore.md 6.7). INFERRED: of an SMS, STATUS is 0, as
 * in GSM 03.40; of an MMS, TEXT is Retrieved.
 */
export const DELIVERED_ATTRIBUTES: ReadonlyArray<{ name: string; value: string }> = [
	{ name: 'STATUS', value: '0' },
	{ name: 'TEXT', value: 'retrieved' },
];
