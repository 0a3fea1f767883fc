import type { Notice } from './notices';
import { lookUp, timestamp } from './timestamps';
import { writeXml, type Element } from './xml';

/** The options of an envelope. */
export interface EnvelopeStyle {
	prolog: boolean;
	jsonTrackingId: string;
	/** Returns the next ID of a NOTIFICATION. */
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

/** The published XML formats of a postback (docs/providers/skycore.md 6.1 and 6.7). */
const XML_ENVELOPES: Record<string, Envelope> = {
	/** The current format. */
	flat,
	/** The current format with the schema attributes of 2013-14. */
	flatNamespaced: (notices) => ['POSTBACK', notices.flatMap(allFields), SCHEMA],
	/** NOTIFICATION with attributes and a BODY. */
	notification,
	/** The same with attribute names in lower case. */
	notificationLowerCase: (notices, style) => [
		'POSTBACK',
		notices.map((notice) => inNotification(notice, style, ['id', 'created'])),
	],
	/** The fields directly in NOTIFICATION, as in earlier incoming MMS. */
	nested: (notices) => [
		'POSTBACK',
		notices.map((notice): Element => ['NOTIFICATION', allFields(notice)]),
	],
	/** The status in attributes of STATUS. */
	statusAttributes: (notices, style) => notification(notices.map(withStatusAttributes), style),
	/** All notifications of a minute in one POSTBACK. */
	batch: notification,
};

export const ENVELOPES = [...Object.keys(XML_ENVELOPES), 'json'];

/** Writes a postback in an envelope. @throws Error if the envelope is unknown */
export function writePostback(envelope: string, notices: Notice[], style: EnvelopeStyle): string {
	if (envelope === 'json') return writeJson(notices[0], style);
	const write = lookUp({ ...XML_ENVELOPES, json: flat }, envelope, 'envelope');
	// the samples of incoming messages have no prolog
	const prolog = style.prolog && !notices[0].incoming ? "<?xml version='1.0'?>" : '';
	return writeXml(write(notices, style), { prolog, pretty: false });
}

function allFields({ origin, code, fields }: Notice): Element[] {
	return [...originAndCode(origin, code), ...fields];
}

/** Returns ORIGIN and CODE, unless a test removed one of them. */
function originAndCode(origin: string, code: string): Element[] {
	const fields: Element[] = [
		['ORIGIN', origin],
		['CODE', code],
	];
	return fields.filter(([, value]) => value !== '');
}

function inNotification(
	{ origin, code, fields }: Notice,
	{ nextId }: EnvelopeStyle,
	[id, created]: [string, string],
): Element {
	return [
		'NOTIFICATION',
		[...originAndCode(origin, code), ['BODY', fields]],
		{ [id]: nextId(), [created]: timestamp('old') },
	];
}

function withStatusAttributes(notice: Notice): Notice {
	const fields = notice.fields.map((field): Element => {
		if (field[0] !== 'STATUS') return field;
		const word = String(field[1]).split('/').pop() ?? '';
		return notice.origin === 'SMS_MT'
			? ['STATUS', [], { PROTOCOL: '4', STATUS: notice.code.startsWith('N') ? '0' : '5' }]
			: [
					'STATUS',
					[],
					{ CELLY: '20', PROVIDER: '1000', TEXT: attributeStatus(word), DESCRIPTION: '' },
				];
	});
	return { ...notice, fields };
}

function attributeStatus(word: string): string {
	return word === 'Delivered' ? 'Retrieved' : word;
}

/** The field names in the JSON of v2; other fields are omitted. */
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
	// not documented in JSON: named by analogy
	MOBILE: 'mobile',
	SHORTCODE: 'short-code',
	CAMPAIGNTITLE: 'campaign-title',
	BRANDNAME: 'brand-name',
	SOURCE: 'source',
	EMAIL: 'email',
	AUDIONAME: 'audio-name',
	VIDEONAME: 'video-name',
};

/** Statuses in v2, which differ from v1 for the same code. */
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
		const jsonName = JSON_NAMES[name];
		if (jsonName === undefined) continue;
		json[jsonName === 'tracking-id' ? jsonTrackingId : jsonName] = content;
	}
	if ('status' in json) {
		json.status = JSON_STATUS[`${code[0]}${code.slice(-1)}`] ?? json.status;
	}
	if ('timestamp' in json) json.timestamp = timestamp('micro');
	return JSON.stringify(json);
}
