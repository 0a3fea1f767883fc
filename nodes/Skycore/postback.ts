import type { RawPostback } from '../shared/body';
import { readIsoTime } from '../shared/clock';
import { readList } from '../shared/event';
import type { KnownEvent } from '../shared/event';
import type { SmsStatus } from '../shared/message';
import { TEXT } from '../shared/schema';
import type { Schema } from '../shared/schema';
import { own } from '../shared/values';
import { documentOf, noticesOf, salvage } from './envelope';
import type { Fields, Notice } from './envelope';
import { POSTBACK_CODES, RECEIPT_ATTRIBUTES } from './postbackCodes';

/** Skycore's postbacks as events (docs/providers/skycore.md 6, 8); the code says which, whatever the origin. */

/** What events of Skycore have besides: the stored MMS and the campaign that they are about. */
interface Extras {
	mmsId?: string;
	campaignRef?: string;
}

export const extraShape = { mmsId: TEXT, campaignRef: TEXT } satisfies Record<keyof Extras, Schema>;

type SkycoreEvent = KnownEvent & Extras;

/** Events of a postback; one that cannot be read is `unknown` with what can be read of it. */
export function readPostback(postback: RawPostback): SkycoreEvent[] {
	const document = documentOf(postback);
	const notices = noticesOf(document);
	if (notices) return readList(notices, eventOf, postback.text);
	const fields = salvage(document);
	return [
		{
			...common(fields),
			event: 'unknown',
			key: [document],
			raw: postback.text,
			text: fields.TEXT ?? null,
			providerStatus: word(fields, 'CODE') ?? null,
		},
	];
}

/** A field, trimmed; undefined where it is missing or empty. */
function word(fields: Fields, ...names: string[]): string | undefined {
	for (const name of names) {
		const value = fields[name]?.trim();
		if (value) return value;
	}
	return undefined;
}

/** What most notifications have; later dialects call some of it differently. */
function common(fields: Fields) {
	const mmsId = word(fields, 'MMSID');
	const campaignRef = word(fields, 'CAMPAIGNREF', 'CAMPAIGNID');
	return {
		messageId: word(fields, 'TRACKINGID') ?? null,
		referenceId: word(fields, 'CLIENTREFERENCE') ?? null,
		from: word(fields, 'FROM') ?? null,
		to: word(fields, 'TO') ?? null,
		occurredAt: readIsoTime(word(fields, 'TIMESTAMP', 'RECEIVED', 'CREATED')),
		...(mmsId !== undefined && { mmsId }),
		...(campaignRef !== undefined && { campaignRef }),
	};
}

function eventOf(notice: Notice): SkycoreEvent {
	const code = word(notice.fields, 'CODE')?.toUpperCase();
	const known = code === undefined ? undefined : own(POSTBACK_CODES, code);
	if (code === undefined || known === undefined) return unknown(notice);
	switch (known.event) {
		case 'message.status':
			return statusChange(notice, code, known.status as SmsStatus);
		case 'message.received':
			return received(notice, code);
		case 'contact.optedIn':
		case 'contact.optedOut':
			return { ...subscription(notice, code), event: known.event };
		default:
			return { ...encoding(notice, code), event: known.event };
	}
}

/** Codes without a place in the contract, such as device discovery, e-mail and passes. */
function unknown({ fields, raw }: Notice): SkycoreEvent {
	const code = word(fields, 'CODE', 'STATUSCODE') ?? null;
	return {
		...common(fields),
		event: 'unknown',
		key: [code, JSON.stringify(raw)],
		raw,
		text: fields.TEXT ?? null,
		providerStatus: word(fields, 'STATUS') ?? code,
	};
}

/** The status that attributes of the oldest form give to a code that says just `sent`. */
function attributeStatus(attributes: Fields): SmsStatus | undefined {
	return RECEIPT_ATTRIBUTES.find(
		({ name, value }) => word(attributes, name)?.toLowerCase() === value,
	)?.status;
}

/** The words for a failure. */
function reasonOf(fields: Fields, statusAttributes: Fields, code: string): string {
	return (
		word(fields, 'STATUSDETAILS', 'ERRORINFO', 'STATUS') ?? word(statusAttributes, 'TEXT') ?? code
	);
}

function statusChange({ fields, statusAttributes, raw }: Notice, code: string, ofCode: SmsStatus) {
	const ofAttributes = ofCode === 'sent' ? attributeStatus(statusAttributes) : undefined;
	const status = ofAttributes ?? ofCode;
	const gaveUp = status === 'failed' || status === 'undelivered';
	const { messageId, ...rest } = common(fields);
	const event: SkycoreEvent = {
		...rest,
		messageId,
		event: 'message.status',
		key: [code, messageId ?? JSON.stringify(raw), ofAttributes],
		raw,
		status,
		providerStatus: word(fields, 'STATUS') ?? word(statusAttributes, 'TEXT') ?? code,
		errorCode: gaveUp ? code : null,
		errorMessage: gaveUp ? reasonOf(fields, statusAttributes, code) : null,
	};
	return event;
}

/** A text or an MMS from a handset. STOP and the like come as ordinary texts (6.4). */
function received({ fields, raw }: Notice, code: string): SkycoreEvent {
	const { messageId: trackingId, ...rest } = common(fields);
	const messageId = word(fields, 'TRANSACTIONID') ?? trackingId;
	const text = fields.TEXT ?? fields.MESSAGETEXT ?? fields.SUBJECT ?? fields.MESSAGESUBJECT ?? null;
	const { from, to } = rest;
	const received = word(fields, 'RECEIVED', 'TIMESTAMP');
	return {
		...rest,
		messageId,
		event: 'message.received',
		key: messageId === null ? [code, from, to, received, text] : [code, messageId],
		raw,
		text,
	};
}

/** A number that subscribed or unsubscribed; it stands in `from`. */
function subscription({ fields, raw }: Notice, code: string): Omit<SkycoreEvent, 'event'> {
	const { campaignRef, ...rest } = common(fields);
	const mobile = word(fields, 'MOBILE') ?? rest.from;
	return {
		...rest,
		...(campaignRef !== undefined && { campaignRef }),
		key: [code, mobile, campaignRef, word(fields, 'TIMESTAMP')],
		raw,
		from: mobile,
		to: word(fields, 'SHORTCODE') ?? rest.to,
		providerStatus: word(fields, 'SOURCE') ?? code,
	};
}

/** Media of a saved MMS that are encoded, or cannot be. Several files of one MMS may fail. */
function encoding({ fields, raw }: Notice, code: string): Omit<SkycoreEvent, 'event'> {
	const rest = common(fields);
	const file = word(fields, 'AUDIONAME', 'VIDEONAME');
	return {
		...rest,
		key: [code, rest.mmsId ?? JSON.stringify(raw), file],
		raw,
		providerStatus: word(fields, 'STATUS') ?? code,
		errorCode: code.startsWith('E') ? code : null,
	};
}
