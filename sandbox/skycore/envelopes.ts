import type { Notice } from './notices';
import { choose, timestamp } from './timestamps';
import { writeXml, type Element } from './xml';

/** What an envelope may know besides the notices. */
export interface EnvelopeStyle {
	prolog: boolean;
	jsonTrackingId: string;
	/** Makes the ID of a NOTIFICATION. */
	nextId: () => string;
}

type Envelope = (notices: Notice[], style: EnvelopeStyle) => Element;

const SCHEMA = {
	'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
	'xsi:noNamespaceSchemaLocation': 'https://www.skycore.com/platform/schema/postback.xsd',
};

const flat: Envelope = (notices) => ['POSTBACK', notices.flatMap(allFields)];
const notification: Envelope = (notices, style) => [
	'POSTBACK',
	notices.map((notice) => inNotification(notice, style, ['ID', 'CREATED'])),
];

/** The published forms of a postback in XML (docs/providers/skycore.md 6.1 and 6.7). */
const XML_ENVELOPES: Record<string, Envelope> = {
	/** What the platform sends today. */
	flat,
	/** The same with the schema attributes of 2013-14. */
	flatNamespaced: (notices) => ['POSTBACK', notices.flatMap(allFields), SCHEMA],
	/** NOTIFICATION with attributes and a BODY. */
	notification,
	/** Its attributes in lower case. */
	notificationLowerCase: (notices, style) => [
		'POSTBACK',
		notices.map((notice) => inNotification(notice, style, ['id', 'created'])),
	],
	/** NOTIFICATION around the fields, as incoming MMS had it. */
	nested: (notices) => [
		'POSTBACK',
		notices.map((notice): Element => ['NOTIFICATION', allFields(notice)]),
	],
	/** The status in attributes of STATUS. */
	statusAttributes: (notices, style) => notification(notices.map(withStatusAttributes), style),
	/** All of a minute in one POSTBACK. */
	batch: notification,
};

export const ENVELOPES = [...Object.keys(XML_ENVELOPES), 'json'];

/** The text of a postback in an envelope. @throws Error in plain words where there is none such */
export function writePostback(envelope: string, notices: Notice[], style: EnvelopeStyle): string {
	if (envelope === 'json') return writeJson(notices[0], style);
	const write = choose({ ...XML_ENVELOPES, json: flat }, envelope, 'envelope');
	// the samples of incoming messages have none
	const prolog = style.prolog && !notices[0].incoming ? "<?xml version='1.0'?>" : '';
	return writeXml(write(notices, style), { prolog, pretty: false });
}

function allFields({ origin, code, fields }: Notice): Element[] {
	return [...headOf(origin, code), ...fields];
}

/** Both are always there, unless a test left one out. */
function headOf(origin: string, code: string): Element[] {
	const both: Element[] = [
		['ORIGIN', origin],
		['CODE', code],
	];
	return both.filter(([, value]) => value !== '');
}

function inNotification(
	{ origin, code, fields }: Notice,
	{ nextId }: EnvelopeStyle,
	[id, created]: [string, string],
): Element {
	return [
		'NOTIFICATION',
		[...headOf(origin, code), ['BODY', fields]],
		{ [id]: nextId(), [created]: timestamp('old') },
	];
}

function withStatusAttributes(notice: Notice): Notice {
	const fields = notice.fields.map((field): Element => {
		if (field[0] !== 'STATUS') return field;
		const word = String(field[1]).split('/').pop() ?? '';
		return notice.origin === 'SMS_MT'
			? ['STATUS', [], { PROTOCOL: '4', STATUS: notice.code.startsWith('N') ? '0' : '5' }]
			: ['STATUS', [], { CELLY: '20', PROVIDER: '1000', TEXT: retrieved(word), DESCRIPTION: '' }];
	});
	return { ...notice, fields };
}

function retrieved(word: string): string {
	return word === 'Delivered' ? 'Retrieved' : word;
}

/** Names of the JSON dialect of v2; what is not here has no place in it. */
const JSON_NAMES: Record<string, string> = {
	SENTAS: 'sent-as',
	STATUS: 'status',
	FROM: 'from',
	TO: 'to',
	MMSID: 'mms-id',
	STATUSDETAILS: 'status-details',
	TEXT: 'message-text',
	SUBJECT: 'message-subject',
	TRANSACTIONID: 'tracking-id',
	TRACKINGID: 'tracking-id',
	CAMPAIGNREF: 'campaign-ref',
	RECEIVED: 'timestamp',
	TIMESTAMP: 'timestamp',
	// no page shows these kinds in JSON: named as the others are
	MOBILE: 'mobile',
	SHORTCODE: 'short-code',
	CAMPAIGNTITLE: 'campaign-title',
	BRANDNAME: 'brand-name',
	SOURCE: 'source',
	EMAIL: 'email',
	AUDIONAME: 'audio-name',
	VIDEONAME: 'video-name',
};

/** Status words of v2, which differ from those of v1 for the same code. */
const JSON_STATUS: Record<string, string> = {
	N1: 'Sent',
	N2: 'Delivered',
	N3: 'Expired',
	E1: 'Failed',
	E2: 'Rejected',
};

function writeJson(notice: Notice, { jsonTrackingId }: EnvelopeStyle): string {
	const { origin, code } = notice;
	const json: Record<string, unknown> = { origin, code };
	if (origin === 'SMS_MT') json['sent-as'] = 'SMS';
	for (const [name, content] of notice.fields) {
		if (name === 'CONTENT' && typeof content !== 'string') {
			json.content = content.map(([, file]) => ({ file }));
		}
		const known = JSON_NAMES[name];
		if (known === undefined) continue;
		json[known === 'tracking-id' ? jsonTrackingId : known] = content;
	}
	if ('status' in json) {
		json.status = JSON_STATUS[`${code[0]}${code.slice(-1)}`] ?? json.status;
	}
	if ('timestamp' in json) json.timestamp = timestamp('micro');
	return JSON.stringify(json);
}
