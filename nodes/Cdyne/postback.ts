import type { RawPostback } from '../shared/body';
import { utcTime } from '../shared/clock';
import type { EventName, KnownEvent } from '../shared/event';
import { decodeComponent, parseForm } from '../shared/form';
import { trimEndOf } from '../shared/trim';
import { own, text } from '../shared/values';
import { OPT_IN_WORDS, OPT_OUT_WORDS, RECEIPT_NAMES, receiptStatus } from './codes';
import { guid } from './wire';

/** CDYNE's form postbacks (docs/providers/cdyne.md 7); the kind shows in which marker is there. */

type Fields = Readonly<Record<string, string>>;

/** The text of a receipt, sent unencoded: it may hold what parts the fields of a form. */
const RECEIPT_TEXT = 'DeliveryReceiptMessage';

/** Fields that may stand behind it. */
const NEXT_FIELD =
	/&(?:Code|BackupMessageID|MessageID|ReferenceID|FromPhoneNumber|ToPhoneNumber|DeliveryReceipt|SMSSent|MMSSent|SentTime)=/i;

/** Names of fields, whose case other senders may have changed. */
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
 * The fields of a form body. An ampersand, plus or percent sign in the text of a receipt would
 * corrupt the form, so that text is cut out before the rest is decoded. A line end behind the body
 * belongs to no field.
 */
export function readForm(body: string): Fields {
	const form = trimEndOf(body.replace(/^\uFEFF/, ''), /[\r\n]/);
	const start = new RegExp(`(?:^|&)${RECEIPT_TEXT}=`, 'i').exec(form);
	if (!start) return named(parseForm(form));
	const from = start.index + start[0].length;
	const length = NEXT_FIELD.exec(form.slice(from))?.index ?? form.length - from;
	const rest = form.slice(0, start.index) + form.slice(from + length);
	const receipt = receiptText(form.slice(from, from + length));
	return { ...named(parseForm(rest)), [RECEIPT_TEXT]: receipt };
}

/** By the names of the documentation; of a field that comes twice the first one counts. */
function named(pairs: Array<[string, string]>): Fields {
	const fields = new Map<string, string>();
	for (const [name, value] of pairs) {
		const known = NAMES.get(name.trim().toLowerCase()) ?? name;
		if (!fields.has(known)) fields.set(known, value);
	}
	return Object.fromEntries(fields);
}

/** The receipt as it is, unless it was encoded after all. */
function receiptText(value: string): string {
	if (/[ :]/.test(value) || !/[%+]/.test(value)) return value;
	return decodeComponent(value);
}

const DATE =
	/^(\d{1,2})\/(\d{1,2})\/(\d{4})\s{1,9}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:\s{0,9}([AP])M)?$/i;

/** `3/5/2024 2:07:09 PM` in UTC (7.1) as ISO 8601; null where it is none. */
export function readPostbackDate(value: string | undefined): string | null {
	const match = DATE.exec(value?.trim() ?? '');
	if (!match) return null;
	const [, month, day, year, hour, minute, second = '0', fraction = '', half] = match;
	if (half && (Number(hour) < 1 || Number(hour) > 12)) return null;
	const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : hour;
	const millisecond = fraction.slice(0, 3).padEnd(3, '0');
	return utcTime({ year, month, day, hour: hours, minute, second, millisecond });
}

function incomingEvent(message: string): EventName {
	const word = message.trim().toUpperCase();
	if (OPT_OUT_WORDS.has(word)) return 'contact.optedOut';
	return OPT_IN_WORDS.has(word) ? 'contact.optedIn' : 'message.received';
}

/** One postback as its event. @throws when it has no marker of a known kind */
export function readPostback({ text: body }: RawPostback): KnownEvent[] {
	const fields = readForm(body);
	const common = {
		raw: fields,
		messageId: guid(fields.MessageID),
		referenceId: word(fields.ReferenceID),
		from: word(fields.FromPhoneNumber),
		to: word(fields.ToPhoneNumber),
	};
	if ('DeliveryReceipt' in fields) return [receipt(fields, common)];
	if ('SMSSent' in fields || 'MMSSent' in fields) return [handOff(fields, common)];
	if ('SMSResponse' in fields || 'MMSResponse' in fields) return incoming(fields, common);
	throw new Error('no marker');
}

/** A field without the blanks around it; null where it is missing or empty. */
function word(value: string | undefined): string | null {
	return text(value?.trim());
}

type Common = Pick<KnownEvent, 'raw' | 'messageId' | 'referenceId' | 'from' | 'to'>;

/** The code of a receipt; `err:` in its text is the usual source, and there where Code is missing. */
function codeOf(fields: Fields): string {
	const given = /^\s*(\d{1,3})\s*$/.exec(fields.Code ?? '')?.[1];
	const own = given ?? word(fields.Code);
	const err = /\berr:\s{0,3}(\d{3})/.exec(fields[RECEIPT_TEXT] ?? '')?.[1];
	return (own ?? err ?? '').replace(/^\d{1,2}$/, (digits) => digits.padStart(3, '0'));
}

function receipt(fields: Fields, common: Common): KnownEvent {
	const code = codeOf(fields);
	const backup = guid(word(fields.BackupMessageID));
	const status = code === '' ? 'unknown' : receiptStatus(code);
	const failed = status === 'undelivered';
	const name = own(RECEIPT_NAMES, code);
	return {
		...common,
		event: 'message.status',
		key: ['DeliveryReceipt', common.messageId, code, backup],
		status,
		// sent again through another number, the message goes on under that id
		...(failed && backup !== null && { isFinal: false, continuesAs: backup }),
		providerStatus: name ?? code,
		errorCode: failed ? code : null,
		errorMessage: failed ? (name ?? `Code ${code}, which is not on CDYNE’s list`) : null,
		occurredAt: receiptDate(fields[RECEIPT_TEXT]),
	};
}

/** `done date:yyMMddHHmm`, also with a year of four digits or with seconds, in UTC. */
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

/** Handed to the aggregator, or refused by it; a refused message is tried again. */
function handOff(fields: Fields, common: Common): KnownEvent {
	const marker = 'MMSSent' in fields ? 'MMSSent' : 'SMSSent';
	const value = fields[marker].trim();
	const refused = value === '0';
	return {
		...common,
		event: 'message.status',
		key: [marker, common.messageId, value, refused ? word(fields.SentTime) : null],
		status: refused ? 'failed' : 'sent',
		isFinal: false,
		providerStatus: `${marker}=${value}`,
		errorMessage: refused ? `${marker}=0: the aggregator refused the message` : null,
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
		inReplyTo: guid(word(fields.MatchedMessageID)),
		text: message,
		occurredAt: readPostbackDate(fields.ResponseReceiveDate),
	};
	const event = incomingEvent(message);
	return event === 'message.received' ? [received] : [received, { ...received, event }];
}
