import { readIsoTime } from '../shared/formats/providerTime';
import { getOwn } from '../shared/formats/values';
import type { ParsedEvent, RawPostback } from '../shared/model/event';
import { hasFailed, type SmsStatus } from '../shared/model/message';
import { TEXT } from '../shared/model/schema';
import { readList } from '../shared/receiving/readEvents';
import { documentOf, type Fields, type Notice, noticesOf, salvage } from './envelope';
import { fromSkycoreForm } from './number';
import { DELIVERED_ATTRIBUTES, POSTBACK_CODES } from './postbackCodes';

/** Reads Skycore's postbacks (docs/providers/skycore.md 6, 8) by their codes, not their origins. */

/** Additional fields of Skycore's events: the saved MMS and the campaign that they are about. */
export const extraSchema = { mmsId: TEXT, campaignRef: TEXT };

type SkycoreEvent = ParsedEvent & { [Name in keyof typeof extraSchema]?: string };

/** The events of a postback. An unreadable one is `unknown`, with the fields that can be read. */
export function readPostback(postback: RawPostback): SkycoreEvent[] {
	const document = documentOf(postback);
	const notices = noticesOf(document);
	if (notices) return readList(notices, toEvent, postback.text);
	const fields = salvage(document);
	return [
		{
			...commonFields(fields),
			event: 'unknown',
			key: [document],
			raw: postback.text,
			text: fields.TEXT ?? null,
			providerStatus: firstField(fields, 'CODE') ?? null,
		},
	];
}

/** The first of the fields that is not empty, trimmed. */
function firstField(fields: Fields, ...names: string[]): string | undefined {
	for (const name of names) {
		const value = fields[name]?.trim();
		if (value) return value;
	}
	return undefined;
}

/** A number in E.164, a short code, or null. */
const numberIn = (fields: Fields, name: string) =>
	fromSkycoreForm(firstField(fields, name) ?? null);

/** Fields of most notifications. Newer forms have other names for some of them. */
function commonFields(fields: Fields) {
	const mmsId = firstField(fields, 'MMSID');
	const campaignRef = firstField(fields, 'CAMPAIGNREF', 'CAMPAIGNID');
	return {
		messageId: firstField(fields, 'TRACKINGID') ?? null,
		referenceId: firstField(fields, 'CLIENTREFERENCE') ?? null,
		from: numberIn(fields, 'FROM'),
		to: numberIn(fields, 'TO'),
		occurredAt: readIsoTime(firstField(fields, 'TIMESTAMP', 'RECEIVED', 'CREATED')),
		...(mmsId !== undefined && { mmsId }),
		...(campaignRef !== undefined && { campaignRef }),
	};
}

function toEvent(notice: Notice): SkycoreEvent {
	const code = firstField(notice.fields, 'CODE')?.toUpperCase();
	const notification = code === undefined ? undefined : getOwn(POSTBACK_CODES, code);
	if (code === undefined || notification === undefined) return unknownEvent(notice);
	switch (notification.event) {
		case 'message.status':
			return statusEvent(notice, code, notification.status as SmsStatus);
		case 'message.received':
			return receivedEvent(notice, code);
		case 'contact.optedIn':
		case 'contact.optedOut':
			return { ...subscriptionEvent(notice, code), event: notification.event };
		default:
			return { ...encodingEvent(notice, code), event: notification.event };
	}
}

/** Any other notification, such as device discovery, e-mail and passes. */
function unknownEvent({ fields, raw }: Notice): SkycoreEvent {
	const code = firstField(fields, 'CODE', 'STATUSCODE') ?? null;
	return {
		...commonFields(fields),
		event: 'unknown',
		key: [code, JSON.stringify(raw)],
		raw,
		text: fields.TEXT ?? null,
		providerStatus: firstField(fields, 'STATUS') ?? code,
	};
}

function reasonOf(fields: Fields, statusAttributes: Fields, code: string): string {
	return (
		firstField(fields, 'STATUSDETAILS', 'ERRORINFO', 'STATUS') ??
		firstField(statusAttributes, 'TEXT') ??
		code
	);
}

function statusEvent(
	{ fields, statusAttributes, raw }: Notice,
	code: string,
	codeStatus: SmsStatus,
): SkycoreEvent {
	const confirmsDelivery = DELIVERED_ATTRIBUTES.some(
		({ name, value }) => firstField(statusAttributes, name)?.toLowerCase() === value,
	);
	const attributeStatus = codeStatus === 'sent' && confirmsDelivery ? 'delivered' : undefined;
	const status = attributeStatus ?? codeStatus;
	const failed = hasFailed(status);
	const { messageId, ...rest } = commonFields(fields);
	return {
		...rest,
		messageId,
		event: 'message.status',
		// INFERRED: what makes two notifications the same, here and below
		key: [code, messageId ?? JSON.stringify(raw), attributeStatus],
		raw,
		status,
		providerStatus: firstField(fields, 'STATUS') ?? firstField(statusAttributes, 'TEXT') ?? code,
		errorCode: failed ? code : null,
		errorMessage: failed ? reasonOf(fields, statusAttributes, code) : null,
	};
}

/** A text or an MMS from a handset. STOP is posted like any other text (6.4). */
function receivedEvent({ fields, raw }: Notice, code: string): SkycoreEvent {
	const { messageId: trackingId, ...rest } = commonFields(fields);
	const messageId = firstField(fields, 'TRANSACTIONID') ?? trackingId;
	const text = fields.TEXT ?? fields.MESSAGETEXT ?? fields.SUBJECT ?? fields.MESSAGESUBJECT ?? null;
	const { from, to } = rest;
	const received = firstField(fields, 'RECEIVED', 'TIMESTAMP');
	return {
		...rest,
		messageId,
		event: 'message.received',
		key: messageId === null ? [code, from, to, received, text] : [code, messageId],
		raw,
		text,
	};
}

/** A number that subscribed or unsubscribed. It is in `from`. */
function subscriptionEvent({ fields, raw }: Notice, code: string): Omit<SkycoreEvent, 'event'> {
	const { campaignRef, ...rest } = commonFields(fields);
	const mobile = numberIn(fields, 'MOBILE') ?? rest.from;
	return {
		...rest,
		...(campaignRef !== undefined && { campaignRef }),
		key: [code, mobile, campaignRef, firstField(fields, 'TIMESTAMP')],
		raw,
		from: mobile,
		to: numberIn(fields, 'SHORTCODE') ?? rest.to,
		providerStatus: firstField(fields, 'SOURCE') ?? code,
	};
}

/** Media of a saved MMS that have been encoded, or cannot be. Several files of an MMS may fail. */
function encodingEvent({ fields, raw }: Notice, code: string): Omit<SkycoreEvent, 'event'> {
	const rest = commonFields(fields);
	const file = firstField(fields, 'AUDIONAME', 'VIDEONAME');
	return {
		...rest,
		key: [code, rest.mmsId ?? JSON.stringify(raw), file],
		raw,
		providerStatus: firstField(fields, 'STATUS') ?? code,
		errorCode: code.startsWith('E') ? code : null,
	};
}
