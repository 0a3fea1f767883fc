import { decodeComponent, parseForm } from '../shared/formats/form';
import { utcTime } from '../shared/formats/providerTime';
import { getOwn, textOrNull, trimEndOf } from '../shared/formats/values';
import type { EventName, ParsedEvent, RawPostback } from '../shared/model/event';
import { OPT_IN_WORDS, OPT_OUT_WORDS, RECEIPT_NAMES, receiptStatus } from './codes';
import { fromCdyneForm } from './number';
import { readGuid } from './wire';

/** CDYNE's form postbacks (docs/providers/cdyne.md 7). A marker field tells the kind of each. */

type Fields = Readonly<Record<string, string>>;

/** The text of a receipt. It is sent unencoded and may contain the separators of a form. */
const RECEIPT_TEXT = 'DeliveryReceiptMessage';

/** The fields that may follow the text of a receipt. */
const NEXT_FIELD =
	/&(?:Code|BackupMessageID|MessageID|ReferenceID|FromPhoneNumber|ToPhoneNumber|DeliveryReceipt|SMSSent|MMSSent|SentTime)=/i;

/** The documented names of fields, by their lower-case form. */
const NAMES: ReadonlyMap<string, string> = new Map(
	[
		'BackupMessageID',
		'Code',
		'DeliveryReceipt',
		RECEIPT_TEXT,
		'FromPhoneNumber',
		'MMSResponse',
		'MMSSent',
		'MatchedMessageID',
		'Message',
		'MessageID',
		'ReferenceID',
		'ResponseReceiveDate',
		'SMSResponse',
		'SMSSent',
		'SentTime',
		'ToPhoneNumber',
	].map((name) => [name.toLowerCase(), name]),
);

/**
 * The fields of a form body, without a line end after the last one. An ampersand, plus or percent
 * sign in the text of a receipt would corrupt the form, so that text is cut out before the rest is
 * decoded.
 */
export function readForm(body: string): Fields {
	const form = trimEndOf(body.replace(/^\uFEFF/, ''), /[\r\n]/);
	const start = new RegExp(`(?:^|&)${RECEIPT_TEXT}=`, 'i').exec(form);
	if (!start) return byDocumentedName(parseForm(form));
	const from = start.index + start[0].length;
	const length = NEXT_FIELD.exec(form.slice(from))?.index ?? form.length - from;
	const rest = form.slice(0, start.index) + form.slice(from + length);
	const text = decodeReceiptText(form.slice(from, from + length));
	return { ...byDocumentedName(parseForm(rest)), [RECEIPT_TEXT]: text };
}

/** Fields by their documented names. The first of several fields with the same name counts. */
function byDocumentedName(pairs: Array<[string, string]>): Fields {
	const fields = new Map<string, string>();
	for (const [name, value] of pairs) {
		const documented = NAMES.get(name.trim().toLowerCase()) ?? name;
		if (!fields.has(documented)) fields.set(documented, value);
	}
	return Object.fromEntries(fields);
}

/** Decodes the text of a receipt only if it looks encoded. */
function decodeReceiptText(value: string): string {
	if (/[ :]/.test(value) || !/[%+]/.test(value)) return value;
	return decodeComponent(value);
}

const DATE =
	/^(\d{1,2})\/(\d{1,2})\/(\d{4})\s{1,9}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:\s{0,9}([AP])M)?$/i;

/** Converts `3/5/2024 2:07:09 PM`, in UTC (7.1), to ISO 8601; null for anything else. */
export function readPostbackDate(value: string | undefined): string | null {
	const match = DATE.exec(value?.trim() ?? '');
	if (!match) return null;
	const [, month, day, year, hour, minute, second = '0', fraction = '', half] = match;
	if (half && (Number(hour) < 1 || Number(hour) > 12)) return null;
	const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : hour;
	const millisecond = fraction.slice(0, 3).padEnd(3, '0');
	return utcTime({ year, month, day, hour: hours, minute, second, millisecond });
}

function eventOfText(message: string): EventName {
	const word = message.trim().toUpperCase();
	if (OPT_OUT_WORDS.has(word)) return 'contact.optedOut';
	return OPT_IN_WORDS.has(word) ? 'contact.optedIn' : 'message.received';
}

/** The events of one postback. @throws Error if it has none of the known markers */
export function readPostback({ text: body }: RawPostback): ParsedEvent[] {
	const fields = readForm(body);
	const common = {
		raw: fields,
		messageId: readGuid(fields.MessageID),
		referenceId: trimmedOrNull(fields.ReferenceID),
		from: fromCdyneForm(fields.FromPhoneNumber),
		to: fromCdyneForm(fields.ToPhoneNumber),
	};
	if ('DeliveryReceipt' in fields) return [receiptEvent(fields, common)];
	if ('SMSSent' in fields || 'MMSSent' in fields) return [handOffEvent(fields, common)];
	if ('SMSResponse' in fields || 'MMSResponse' in fields) return incomingEvents(fields, common);
	throw new Error('no marker');
}

/** The value of a field without surrounding spaces; null if it is missing or empty. */
function trimmedOrNull(value: string | undefined): string | null {
	return textOrNull(value?.trim());
}

type Common = Pick<ParsedEvent, 'raw' | 'messageId' | 'referenceId' | 'from' | 'to'>;

/** What identifies the message of an event: its ID or, without one, all that was posted. */
function idOf({ messageId, raw }: Common): string {
	return messageId ?? JSON.stringify(raw);
}

/** The code of a receipt, from `err:` in its text if Code is missing. */
function codeOf(fields: Fields): string {
	const err = /\berr:\s{0,3}(\d{3})/.exec(fields[RECEIPT_TEXT] ?? '')?.[1];
	const code = trimmedOrNull(fields.Code) ?? err ?? '';
	return code.replace(/^\d{1,2}$/, (digits) => digits.padStart(3, '0'));
}

function receiptEvent(fields: Fields, common: Common): ParsedEvent {
	const code = codeOf(fields);
	const backup = readGuid(trimmedOrNull(fields.BackupMessageID));
	const status = code === '' ? 'unknown' : receiptStatus(code);
	const failed = status === 'undelivered';
	const name = getOwn(RECEIPT_NAMES, code);
	return {
		...common,
		event: 'message.status',
		key: ['DeliveryReceipt', idOf(common), code, backup],
		status,
		// CDYNE sends the message again through another number, with this ID
		...(failed && backup !== null && { isFinal: false, continuesAs: backup }),
		providerStatus: name ?? code,
		errorCode: failed ? code : null,
		errorMessage: failed ? (name ?? `Code ${code}, which is not on CDYNE’s list`) : null,
		occurredAt: receiptDate(fields[RECEIPT_TEXT]),
	};
}

/** The time in `done date:yyMMddHHmm`, in UTC, possibly with a four-digit year or with seconds. */
function receiptDate(message = ''): string | null {
	const digits = /\bdone date:\s{0,3}(\d{10,14})\b/i.exec(message)?.[1] ?? '';
	const short = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(digits);
	const long = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(digits);
	for (const match of [short, long]) {
		if (!match) continue;
		const [, year, month, day, hour, minute, second = '0'] = match;
		const full = year.length === 2 ? `20${year}` : year;
		const time = utcTime({ year: full, month, day, hour, minute, second });
		if (time !== null) return time;
	}
	return null;
}

/** A message that the aggregator accepted or rejected. Not final: CDYNE retries a rejected one. */
function handOffEvent(fields: Fields, common: Common): ParsedEvent {
	const marker = 'MMSSent' in fields ? 'MMSSent' : 'SMSSent';
	const value = fields[marker].trim();
	const isRejected = value === '0';
	return {
		...common,
		event: 'message.status',
		key: [marker, idOf(common), value, isRejected ? trimmedOrNull(fields.SentTime) : null],
		status: isRejected ? 'failed' : 'sent',
		isFinal: false,
		providerStatus: `${marker}=${value}`,
		errorMessage: isRejected ? `${marker}=0: the aggregator rejected the message` : null,
		occurredAt: readPostbackDate(fields.SentTime),
	};
}

/** The events of a text from a handset. */
function incomingEvents(fields: Fields, common: Common): ParsedEvent[] {
	const marker = 'MMSResponse' in fields ? 'MMSResponse' : 'SMSResponse';
	const message = fields.Message ?? '';
	const received: ParsedEvent = {
		...common,
		event: 'message.received',
		key: [marker, idOf(common)],
		inReplyTo: readGuid(trimmedOrNull(fields.MatchedMessageID)),
		text: message,
		occurredAt: readPostbackDate(fields.ResponseReceiveDate),
	};
	return withOptOut(received);
}

/** A received text, followed by a second event if it opts in or out. */
export function withOptOut(received: ParsedEvent): ParsedEvent[] {
	const event = eventOfText(received.text ?? '');
	return event === 'message.received' ? [received] : [received, { ...received, event }];
}
