import type { EventName, KnownEvent, RawPostback } from '../shared/postback';
import { text } from '../shared/values';
import { receiptStatus, RECEIPT_NAMES } from './codes';
import { guid } from './wire';

/** CDYNE's form postbacks (providers/cdyne.md 7); the kind shows in which marker is there. */

type Fields = Record<string, string>;

/**
 * The fields of a form body. DeliveryReceiptMessage is sent unencoded, so an ampersand, plus or
 * percent sign in a receipt would corrupt the form: it is cut out before the rest is decoded.
 */
export function readForm(body: string): Fields {
	const receipt = /(?:^|&)DeliveryReceiptMessage=([\s\S]*?)(?=&(?:Code|BackupMessageID)=|$)/.exec(
		body,
	);
	const rest = receipt
		? body.slice(0, receipt.index) + body.slice(receipt.index + receipt[0].length)
		: body;
	const fields: Fields = Object.fromEntries(new URLSearchParams(rest));
	if (receipt) fields.DeliveryReceiptMessage = receiptText(receipt[1]);
	return fields;
}

/** The receipt as it is, unless it was encoded after all. */
function receiptText(value: string): string {
	if (/[ :]/.test(value) || !/[%+]/.test(value)) return value;
	const [decoded] = new URLSearchParams(`v=${value}`).values();
	return decoded;
}

/** `3/5/2024 2:07:09 PM` in UTC (7.1) as ISO 8601; null where it is none. */
export function readPostbackDate(value: string | undefined): string | null {
	const match =
		/^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?\s*([AP])M$/i.exec(
			value?.trim() ?? '',
		);
	if (!match) return null;
	const [, month, day, year, hour, minute, second, half] = match;
	const hours = (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
	const date = Date.UTC(+year, +month - 1, +day, hours, +minute, +second);
	return Number(year) <= 1 || Number.isNaN(date) ? null : new Date(date).toISOString();
}

/** Words that CDYNE itself acts on (providers/cdyne.md 8). */
const OPT_OUT = /^(stop|end|cancel|unsubscribe|unsub|quit|arret)$/i;
const OPT_IN = /^(resume|recommencer)$/i;

function incomingEvent(message: string): EventName {
	const word = message.trim();
	if (OPT_OUT.test(word)) return 'contact.optedOut';
	return OPT_IN.test(word) ? 'contact.optedIn' : 'message.received';
}

/** One postback as its event. @throws when it has no marker of a known kind */
export function readPostback({ text: body }: RawPostback): KnownEvent[] {
	const fields = readForm(body);
	const common = {
		raw: fields,
		messageId: guid(fields.MessageID),
		referenceId: text(fields.ReferenceID),
		from: text(fields.FromPhoneNumber),
		to: text(fields.ToPhoneNumber),
	};
	if ('DeliveryReceipt' in fields) return [receipt(fields, common)];
	if ('SMSSent' in fields || 'MMSSent' in fields) return [handOff(fields, common)];
	if ('SMSResponse' in fields || 'MMSResponse' in fields) return incoming(fields, common);
	throw new Error('no marker');
}

type Common = Pick<KnownEvent, 'raw' | 'messageId' | 'referenceId' | 'from' | 'to'>;

function receipt(fields: Fields, common: Common): KnownEvent {
	// the code may be missing where the receipt text swallowed it; `err:` is its usual source
	const code = fields.Code ?? /\berr:(\d{3})/.exec(fields.DeliveryReceiptMessage ?? '')?.[1] ?? '';
	const status = code === '' ? 'unknown' : receiptStatus(code);
	return {
		...common,
		event: 'message.status',
		key: ['DeliveryReceipt', common.messageId, code, text(fields.BackupMessageID)],
		status,
		providerStatus: RECEIPT_NAMES[code] ?? code,
		errorCode: status === 'undelivered' ? code : null,
		occurredAt: receiptDate(fields.DeliveryReceiptMessage),
	};
}

/** `done date:yyMMddHHmm`, in UTC like every time of CDYNE's. */
function receiptDate(message = ''): string | null {
	const match = /\bdone date:(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(message);
	if (!match) return null;
	const [year, month, day, hour, minute] = match.slice(1).map(Number);
	return new Date(Date.UTC(2000 + year, month - 1, day, hour, minute)).toISOString();
}

/** Handed to the aggregator, or refused by it; a refused message is tried again. */
function handOff(fields: Fields, common: Common): KnownEvent {
	const marker = 'MMSSent' in fields ? 'MMSSent' : 'SMSSent';
	const refused = fields[marker].trim() === '0';
	return {
		...common,
		event: 'message.status',
		key: [marker, common.messageId, fields[marker], refused ? text(fields.SentTime) : null],
		status: refused ? 'failed' : 'sent',
		isFinal: false,
		providerStatus: `${marker}=${fields[marker]}`,
		occurredAt: readPostbackDate(fields.SentTime),
	};
}

/** A text from a handset; a word that opts in or out is an event of its own beside it. */
function incoming(fields: Fields, common: Common): KnownEvent[] {
	const marker = 'MMSResponse' in fields ? 'MMSResponse' : 'SMSResponse';
	const message = fields.Message ?? '';
	const received: KnownEvent = {
		...common,
		event: 'message.received',
		key: [marker, common.messageId],
		inReplyTo: guid(fields.MatchedMessageID),
		text: message,
		occurredAt: readPostbackDate(fields.ResponseReceiveDate),
	};
	const event = incomingEvent(message);
	return event === 'message.received' ? [received] : [received, { ...received, event }];
}
