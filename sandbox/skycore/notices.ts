import type { Campaign, SkycoreSettings } from './settings';
import { timestamp } from './timestamps';
import type { Element } from './xml';

/** One notification, before it has an envelope. */
export interface Notice {
	origin: string;
	code: string;
	/** All but ORIGIN and CODE, in order. */
	fields: Element[];
	/** The message it is about, and its handset. */
	messageId?: string;
	handset?: string;
	/** Goes where incoming messages go. */
	incoming?: boolean;
}

export type SubscriptionCode = 'N301' | 'N302';

/** Carrier of every number here; the zeros in front are part of it. */
const SPID = '0001470';
/** Printed by the provider; the ampersand travels escaped. */
const RECEIPT_DETAILS = '?smpp?deliver_sm=4&';

/** STATUS of a code, where the network adds no word of its own. */
const STATUS: Record<string, string> = {
	N1: 'Message Sent',
	N2: 'Message Sent/Delivered',
	E1: 'Message Failed',
	E2: 'Message Sent/Failed',
};

/** What a status says about a message. */
export interface StatusOf {
	code: string;
	/** Of E102 and E202: `Expired`. */
	word?: string;
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

/** ORIGIN SMS_MT: N201, N202, E201, E202 (docs/providers/skycore.md 6.2). */
export function smsStatus(settings: SkycoreSettings, of: StatusOf): Notice {
	const receipt = of.code.endsWith('2');
	return about(of, 'SMS_MT', [
		['STATUS', statusText(of)],
		['FROM', of.from],
		...when(settings.postbackFromMask, ['FROM_MASK', of.fromMask ?? '']),
		['TO', of.to],
		['TRACKINGID', of.trackingId],
		['SPID', SPID],
		['TIMESTAMP', timestamp(settings.postbackTimestamps)],
		...when(receipt, ['AGGREGATORID', of.aggregatorId ?? '4411567']),
		...when(of.code === 'E202', ['STATUSDETAILS', of.details ?? RECEIPT_DETAILS]),
	]);
}

/** ORIGIN MMS_MT: N101, N102, N202 of an MMS that went as SMS, E101, E102, and N5xx, E5xx (6.3). */
export function mmsStatus(settings: SkycoreSettings, of: StatusOf): Notice {
	const asSms = of.code === 'N202';
	const sent = of.code.startsWith('N');
	const details =
		of.sentAs === 'SMS' && of.code === 'N101' ? 'Sent as SMS with a link' : of.details;
	return about(of, 'MMS_MT', [
		...when(sent, ['SENTAS', of.sentAs ?? 'MMS']),
		['STATUS', statusText(of)],
		...when(!asSms, ['MMSID', of.mmsId ?? '']),
		['FROM', of.from],
		['TO', of.to],
		['TRACKINGID', of.trackingId],
		['SPID', SPID],
		// the one status without a time
		...when(of.code !== 'E101', ['TIMESTAMP', timestamp(settings.postbackTimestamps)]),
		...when(of.code === 'N102', ['HANDSET', 'Apple iPhone']),
		...when(of.code.endsWith('02'), ['AGGREGATORID', of.aggregatorId ?? '4411567']),
		...when(!sent || details !== undefined, ['STATUSDETAILS', details ?? 'Not accepted']),
	]);
}

/** Encoding of a saved MMS (N003, E002, E003) or of one sent at once (N013, E011, E012, E013). */
export function encoding(code: string, mmsId: string, mediaUrl: string): Notice {
	const failed = code.startsWith('E0');
	const name = code.endsWith('2') ? 'AUDIONAME' : 'VIDEONAME';
	return {
		origin: 'MMS_MT',
		code,
		fields: [['MMSID', mmsId], ...when(failed, [name, mediaUrl])],
	};
}

/** N211, an incoming SMS. */
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
			...when(settings.moTransactionId, ['TRANSACTIONID', id]),
		],
		messageId: id,
		handset: from,
		incoming: true,
	};
}

/** N401, an incoming MMS. */
export function incomingMms(
	settings: SkycoreSettings,
	mms: { from: string; to: string; subject: string; id: string; files: string[] },
): Notice {
	const word = mms.subject.trim().split(/\s+/)[0].toUpperCase();
	const keyword = settings.mmsKeywords.find((known) => known.toUpperCase() === word);
	return {
		origin: 'MMS_MO',
		code: 'N401',
		fields: [
			['FROM', mms.from],
			['TO', mms.to],
			...when(keyword !== undefined, ['KEYWORD', keyword ?? '']),
			...when(mms.subject !== '', ['SUBJECT', mms.subject]),
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

/** N301 and N302: a number was subscribed or unsubscribed. */
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

function about(of: StatusOf, origin: string, fields: Element[]): Notice {
	return { origin, code: of.code, fields, messageId: of.trackingId, handset: of.handset ?? of.to };
}

function statusText({ code, word }: StatusOf): string {
	if (word !== undefined) return `Message Sent/${word}`;
	return STATUS[`${code[0]}${code.slice(-1)}`] ?? 'Message Sent';
}

function when(condition: boolean, field: Element): Element[] {
	return condition ? [field] : [];
}
