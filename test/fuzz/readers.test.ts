import fc from 'fast-check';
import { readPostback as cdyne } from '../../nodes/Cdyne/postback';
import { readOutgoing, readSmsResponse } from '../../nodes/Cdyne/api/message';
import { readValue } from '../../nodes/Cdyne/wire';
import { readMessage } from '../../nodes/Namirial/wire';
import { readPostback as namirial } from '../../nodes/Namirial/postback';
import { readPostback as skycore } from '../../nodes/Skycore/postback';
import { readReport } from '../../nodes/Skycore/api/message';
import { readResponse } from '../../nodes/Skycore/wire';
import { readPostback as wooxy } from '../../nodes/Wooxy/postback';
import { readLookups, readSms } from '../../nodes/Wooxy/api/status';
import { readEnvelope } from '../../nodes/Wooxy/wire';
import { Failure } from '../../nodes/shared/errors';
import { readEvents } from '../../nodes/shared/event';
import type { PostbackEvent, ReadPostback } from '../../nodes/shared/event';
import type { SmsMessage } from '../../nodes/shared/message';
import { isObject } from '../../nodes/shared/values';
import { RUNS } from '../runs';

/** Whatever comes, what leaves is of the contract. */

const EVENTS = [
	'message.status',
	'message.received',
	'contact.optedIn',
	'contact.optedOut',
	'link.clicked',
	'media.ready',
	'media.failed',
	'unknown',
];
const STATUSES = [
	'queued',
	'sent',
	'delivered',
	'read',
	'undelivered',
	'failed',
	'canceled',
	'unknown',
];
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function isTextOrNull(value: unknown) {
	return value === null || typeof value === 'string';
}

function checkEvent(event: PostbackEvent) {
	expect(EVENTS).toContain(event.event);
	expect(event.eventId).toMatch(/^[\da-f]{32}$/);
	for (const name of ['messageId', 'inReplyTo', 'referenceId', 'from', 'to', 'text'] as const) {
		expect([name, isTextOrNull(event[name])]).toEqual([name, true]);
	}
	expect(isTextOrNull(event.providerStatus) && isTextOrNull(event.errorCode)).toBe(true);
	if (event.status !== null) expect(STATUSES).toContain(event.status);
	if (event.occurredAt !== null) expect(event.occurredAt).toMatch(ISO);
	expect([true, false, null]).toContain(event.isFinal);
}

function checkMessage(message: SmsMessage) {
	expect(STATUSES).toContain(message.status);
	expect(typeof message.isFinal).toBe('boolean');
	expect(typeof message.providerStatus).toBe('string');
	for (const name of ['messageId', 'referenceId', 'to', 'from', 'errorCode'] as const) {
		expect([name, isTextOrNull(message[name])]).toEqual([name, true]);
	}
	for (const time of [message.sentAt, message.updatedAt])
		if (time !== null) expect(time).toMatch(ISO);
}

/** Words that providers use, codes that nobody does, and names of members of every object. */
const word = fc.constantFrom(
	...[
		'constructor',
		'__proto__',
		'toString',
		'hasOwnProperty',
		'valueOf',
		'',
		' ',
		'0',
		'1',
		'000',
	],
	...['024', '091', '999', '777', 'N102', 'E101', 'N211', 'N301', 'N003', 'E503', 'E999', 'SMS_MT'],
	...['delivered', 'DELIVERED', 'UNDELIVERED', 'READ', 'queued', 'sms_delivered', 'sms-clicked'],
	...['STATUS_UPDATE', 'true', 'null', 'STOP', 'Hello', '2024-03-05T14:07:09Z', '1709647629'],
	...['3/5/2024 2:07:09 PM', '/Date(1709647629250-0500)/', '0001-01-01T00:00:00', '2024-02-30'],
	...[
		'0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31',
		'00000000-0000-0000-0000-000000000000',
		'9'.repeat(19),
	],
);
/** What JSON can hold and JavaScript cannot make a text or a number of. */
const unspeakable = fc.constantFrom<unknown>({ toString: 0 }, { toString: null, valueOf: null }, [
	{ toString: 0 },
]);
const value = fc.oneof(
	{ weight: 4, arbitrary: word },
	unspeakable,
	fc.string(),
	fc.integer(),
	fc.anything(),
);
const named = (names: string[], of: fc.Arbitrary<unknown> = value) =>
	fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor', 'toString'), of, {
		maxKeys: 12,
	});

const CDYNE = ['DeliveryReceipt', 'SMSSent', 'MMSSent', 'SMSResponse', 'MMSResponse', 'MessageID']
	.concat(['MatchedMessageID', 'ReferenceID', 'FromPhoneNumber', 'ToPhoneNumber', 'Message'])
	.concat(['DeliveryReceiptMessage', 'Code', 'BackupMessageID', 'SentTime', 'ResponseReceiveDate']);
const CDYNE_ANSWER = [
	'SMSError',
	'MessageID',
	'Queued',
	'Sent',
	'Cancelled',
	'SentDateTime',
].concat(['MessageStatus', 'To', 'From', 'SentTime', 'ReferenceID', 'Attachments']);
const NAMIRIAL = [
	'id',
	'type',
	'createdAt',
	'message',
	'status',
	'reference',
	'provider',
	'sms',
].concat(['statusChangedAt', 'providerAcceptanceAt', 'channel', 'code', 'key', 'segments']);
const WOOXY = [
	'event',
	'id',
	'sms_id',
	'smsId',
	'messageId',
	'phoneNumber',
	'phone',
	'datetime',
].concat(['contact', 'email', 'userId', 'status', 'createdAt', 'fromName', 'data', 'errors']);
const SKYCORE = [
	'ORIGIN',
	'CODE',
	'STATUS',
	'FROM',
	'TO',
	'TRACKINGID',
	'TIMESTAMP',
	'TEXT',
	'MOBILE',
].concat(['CAMPAIGNREF', 'MMSID', 'TRANSACTIONID', 'RECEIVED', 'ERRORCODE', 'ERRORINFO', 'SOURCE']);

/** A text without halves of characters, which no address can hold. */
const wellFormed = (text: string) => Buffer.from(text).toString();

const escaped = (text: unknown) =>
	String(typeof text === 'symbol' ? '' : typeof text === 'object' ? '' : text).replace(
		/[<&]/g,
		(c) => (c === '<' ? '&lt;' : '&amp;'),
	);
const xmlOf = (fields: object) =>
	Object.entries(fields)
		.map(([name, text]) => `<${name}>${escaped(text)}</${name}>`)
		.join('');
const skycoreXml = named(SKYCORE).map(
	(fields) => `<POSTBACK><NOTIFICATION>${xmlOf(fields)}</NOTIFICATION></POSTBACK>`,
);
const form = named(CDYNE, fc.oneof(word, fc.string())).chain((fields) =>
	fc
		.shuffledSubarray(Object.entries(fields), { minLength: Object.keys(fields).length })
		.map((pairs) =>
			pairs
				.map(
					([name, text]) =>
						`${name}=${name === 'DeliveryReceiptMessage' ? String(text) : encodeURIComponent(wellFormed(String(text)))}`,
				)
				.join('&'),
		),
);
const jsonOf = (names: string[]) => {
	const inner = named(names);
	return fc.oneof(inner, fc.array(inner), named(names, fc.oneof(value, inner))).map((one) => {
		try {
			return (
				JSON.stringify(one, (_, part: unknown) =>
					typeof part === 'bigint' ? Number(part) : part,
				) ?? ''
			);
		} catch {
			return '';
		}
	});
};
const cut = (text: fc.Arbitrary<string>) =>
	fc.oneof(
		{ weight: 5, arbitrary: text },
		fc.tuple(text, fc.nat(60)).map(([whole, at]) => whole.slice(0, at)),
		fc.string(),
	);

const POSTBACKS: Array<[string, ReadPostback, fc.Arbitrary<string>]> = [
	['CDYNE', cdyne, form],
	['Namirial', namirial, jsonOf(NAMIRIAL)],
	['Wooxy', wooxy, jsonOf(WOOXY)],
	[
		'Skycore',
		skycore,
		fc.oneof(
			skycoreXml,
			jsonOf(SKYCORE),
			skycoreXml.map((xml) => `xml=${encodeURIComponent(wellFormed(xml))}`),
		),
	],
];

describe('postbacks', () => {
	it.each(POSTBACKS)('of %s become events of the contract', (_, read, bodies) => {
		fc.assert(
			fc.property(cut(bodies), (text) => {
				const postback = { text, contentType: '', headers: {} };
				const events = readEvents({ provider: 'p', read }, postback, 'now');
				expect(events.length).toBeGreaterThan(0);
				events.forEach(checkEvent);
				const again = readEvents({ provider: 'p', read }, postback, 'later');
				expect(again.map(({ eventId }) => eventId)).toEqual(events.map(({ eventId }) => eventId));
			}),
			RUNS,
		);
	});
});

/** Reads, or ends in a Failure. */
function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(Failure);
		return undefined;
	}
}

describe('answers', () => {
	const answerOf = (text: string) => ({ status: 200, headers: {}, text });

	it('of CDYNE become messages of the contract', () => {
		fc.assert(
			fc.property(named(CDYNE_ANSWER), (raw) => {
				for (const read of [readSmsResponse, readOutgoing]) {
					const report = attempt(() => read(raw as never));
					if (report) checkMessage(report.message);
				}
			}),
			RUNS,
		);
		fc.assert(
			fc.property(
				cut(jsonOf(CDYNE_ANSWER)),
				(text) => void attempt(() => readValue(answerOf(text))),
			),
			RUNS,
		);
	});

	it('of Namirial become messages of the contract', () => {
		fc.assert(
			fc.property(named(NAMIRIAL, fc.oneof(value, named(NAMIRIAL))), (raw) => {
				checkMessage(readMessage(raw as never));
			}),
			RUNS,
		);
	});

	it('of Wooxy become messages of the contract', () => {
		fc.assert(
			fc.property(named(WOOXY), cut(jsonOf(WOOXY)), (raw, text) => {
				checkMessage(readSms('id', raw as never).message);
				const envelope = attempt(() => readEnvelope(answerOf(text)));
				if (isObject(envelope)) readLookups(['a', 'constructor'], envelope);
			}),
			RUNS,
		);
	});

	it('of Skycore become messages of the contract', () => {
		fc.assert(
			fc.property(
				cut(named(SKYCORE).map((fields) => `<RESPONSE>${xmlOf(fields)}</RESPONSE>`)),
				(text) => {
					const root = attempt(() => readResponse(answerOf(text)));
					if (root) checkMessage(readReport(root, {}).message);
				},
			),
			RUNS,
		);
	});
});
