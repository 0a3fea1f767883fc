import type { Campaign, SkycoreSettings } from './settings';
import { timestamp } from './timestamps';
import type { Element } from './xml';

/** A notification, without its envelope. */
export interface Notice {
	origin: string;
	code: string;
	/** All fields except ORIGIN and CODE, in order. */
	fields: Element[];
	/** The related message, and its handset. */
	messageId?: string;
	handset?: string;
	/** Whether it is sent to the address for incoming messages. */
	incoming?: boolean;
}

export type SubscriptionCode = 'N301' | 'N302';

/** The carrier of every number here. The leading zeros are significant. */
const SPID = '0001470';
/** Published by the provider; the ampersand is escaped in XML. */
const RECEIPT_DETAILS = '?smpp?deliver_sm=4&';

/** The STATUS of a code, unless the network adds a reason. */
const STATUS: Record<string, string> = {
	N1: 'Message Sent',
	N2: 'Message Sent/Delivered',
	E1: 'Message Failed',
	E2: 'Message Sent/Failed',
};

/** The contents of a status notification. */
export interface StatusDetails {
	code: string;
	/** With E102 and E202: `Expired`. */
	reason?: string;
	trackingId: string;
	from: string;
	to: string;
	handset?: string;
	fromMask?: string;
	mmsId?: string;
	sentAs?: 'MMS' | 'SMS';
	details?: string;
	aggregatorId?: string;
}

/** Returns a status with ORIGIN SMS_MT: N201, N202, E201, E202 (docs/providers/skycore.md 6.2). */
export function smsStatus(settings: SkycoreSettings, status: StatusDetails): Notice {
	const receipt = status.code.endsWith('2');
	return statusNotice(status, 'SMS_MT', [
		['STATUS', statusText(status)],
		['FROM', status.from],
		...fieldIf(settings.postbackFromMask, ['FROM_MASK', status.fromMask ?? '']),
		['TO', status.to],
		['TRACKINGID', status.trackingId],
		['SPID', SPID],
		['TIMESTAMP', timestamp(settings.postbackTimestamps)],
		...fieldIf(receipt, ['AGGREGATORID', status.aggregatorId ?? '4411567']),
		...fieldIf(status.code === 'E202', ['STATUSDETAILS', status.details ?? RECEIPT_DETAILS]),
	]);
}

/** Returns a status with ORIGIN MMS_MT: N1xx, N5xx, E1xx, E5xx, or N202 if sent as SMS (6.3). */
export function mmsStatus(settings: SkycoreSettings, status: StatusDetails): Notice {
	const asSms = status.code === 'N202';
	const sent = status.code.startsWith('N');
	const details =
		status.sentAs === 'SMS' && status.code === 'N101' ? 'Sent as SMS with a link' : status.details;
	return statusNotice(status, 'MMS_MT', [
		...fieldIf(sent, ['SENTAS', status.sentAs ?? 'MMS']),
		['STATUS', statusText(status)],
		...fieldIf(!asSms, ['MMSID', status.mmsId ?? '']),
		['FROM', status.from],
		['TO', status.to],
		['TRACKINGID', status.trackingId],
		['SPID', SPID],
		// the only status without a time
		...fieldIf(status.code !== 'E101', ['TIMESTAMP', timestamp(settings.postbackTimestamps)]),
		...fieldIf(status.code === 'N102', ['HANDSET', 'Apple iPhone']),
		...fieldIf(status.code.endsWith('02'), ['AGGREGATORID', status.aggregatorId ?? '4411567']),
		...fieldIf(!sent || details !== undefined, ['STATUSDETAILS', details ?? 'Not accepted']),
	]);
}

/** Returns an encoding result of a saved MMS (N003, E002, E003) or another (N013, E011 to E013). */
export function encoding(code: string, mmsId: string, mediaUrl: string): Notice {
	const failed = code.startsWith('E0');
	const name = code.endsWith('2') ? 'AUDIONAME' : 'VIDEONAME';
	return {
		origin: 'MMS_MT',
		code,
		fields: [['MMSID', mmsId], ...fieldIf(failed, [name, mediaUrl])],
	};
}

/** Returns N211, an incoming SMS. */
export function incomingSms(
	settings: SkycoreSettings,
	{ from, to, text, id }: { from: string; to: string; text: string; id: string },
): Notice {
	return {
		origin: 'SMS_MO',
		code: 'N211',
		fields: [
			['FROM', from],
			['TO', to],
			['TEXT', text],
			['RECEIVED', timestamp(settings.postbackTimestamps)],
			...fieldIf(settings.moTransactionId, ['TRANSACTIONID', id]),
		],
		messageId: id,
		handset: from,
		incoming: true,
	};
}

/** Returns N401, an incoming MMS. */
export function incomingMms(
	settings: SkycoreSettings,
	mms: { from: string; to: string; subject: string; id: string; files: string[] },
): Notice {
	const firstWord = mms.subject.trim().split(/\s+/)[0].toUpperCase();
	const keyword = settings.mmsKeywords.find((candidate) => candidate.toUpperCase() === firstWord);
	return {
		origin: 'MMS_MO',
		code: 'N401',
		fields: [
			['FROM', mms.from],
			['TO', mms.to],
			...fieldIf(keyword !== undefined, ['KEYWORD', keyword ?? '']),
			...fieldIf(mms.subject !== '', ['SUBJECT', mms.subject]),
			['TRACKINGID', mms.id],
			['SPID', SPID],
			['TIMESTAMP', timestamp(settings.postbackTimestamps)],
			['CONTENT', mms.files.map((url): Element => ['FILE', url])],
		],
		messageId: mms.id,
		handset: mms.from,
		incoming: true,
	};
}

/** Returns N301 or N302: a number was subscribed or unsubscribed. */
export function subscription(
	settings: SkycoreSettings,
	code: SubscriptionCode,
	campaign: Campaign,
	mobile: string,
	source: string,
): Notice {
	return {
		origin: 'SUB',
		code,
		fields: [
			['MOBILE', mobile],
			settings.subCampaign === 'CAMPAIGNREF'
				? ['CAMPAIGNREF', campaign.ref]
				: ['CAMPAIGNID', campaign.id],
			['TIMESTAMP', timestamp(settings.subTimestamps)],
			['SHORTCODE', campaign.shortCode],
			['CAMPAIGNTITLE', campaign.title],
			['BRANDNAME', campaign.brand],
			['SOURCE', source],
		],
		handset: mobile,
	};
}

function statusNotice(status: StatusDetails, origin: string, fields: Element[]): Notice {
	const { code, trackingId, handset, to } = status;
	return { origin, code, fields, messageId: trackingId, handset: handset ?? to };
}

function statusText({ code, reason }: StatusDetails): string {
	if (reason !== undefined) return `Message Sent/${reason}`;
	return STATUS[`${code[0]}${code.slice(-1)}`] ?? 'Message Sent';
}

function fieldIf(condition: boolean, field: Element): Element[] {
	return condition ? [field] : [];
}
