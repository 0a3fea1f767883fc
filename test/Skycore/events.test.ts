import { extraSchema, readPostback } from '../../nodes/Skycore/postback';

/** The events in notifications, field by field, and what makes two of them the same. */

const read = (text: string) => readPostback({ text, contentType: '', headers: {} });
const only = (fields: Record<string, string>) => {
	const [event, ...others] = read(JSON.stringify(fields));
	expect(others).toEqual([]);
	return event;
};
/** The fields that every event has. */
const COMMON = { messageId: null, referenceId: null, from: null, to: null, occurredAt: null };
const AT = '2026-03-05T14:07:09Z';
const ISO = '2026-03-05T14:07:09.000Z';

describe('a change of status', () => {
	it('is read field by field', () => {
		const raw = {
			CODE: ' n202 ',
			TRACKINGID: ' t1 ',
			CLIENTREFERENCE: 'r1',
			FROM: '1',
			TO: '2',
			MMSID: '3',
			CAMPAIGNREF: 'C1',
			CAMPAIGNID: 'C2',
			STATUS: 'Done',
			TIMESTAMP: AT,
		};
		expect(only(raw)).toStrictEqual({
			messageId: 't1',
			referenceId: 'r1',
			from: '1',
			to: '2',
			occurredAt: ISO,
			mmsId: '3',
			campaignRef: 'C1',
			event: 'message.status',
			key: ['N202', 't1', undefined],
			raw,
			status: 'delivered',
			providerStatus: 'Done',
			errorCode: null,
			errorMessage: null,
		});
	});

	it('may have no fields', () => {
		const raw = { CODE: 'N201' };
		expect(only(raw)).toStrictEqual({
			...COMMON,
			event: 'message.status',
			key: ['N201', JSON.stringify(raw), undefined],
			raw,
			status: 'sent',
			providerStatus: 'N201',
			errorCode: null,
			errorMessage: null,
		});
	});

	it.each([
		[{ STATUSDETAILS: 'a', ERRORINFO: 'b', STATUS: 'c' }, 'a', 'c'],
		[{ ERRORINFO: 'b', STATUS: 'c' }, 'b', 'c'],
		[{ STATUS: 'c', ERRORINFO: ' ' }, 'c', 'c'],
		[{}, 'E201', 'E201'],
	])('to failed or undelivered has a reason: %j', (fields, errorMessage, providerStatus) => {
		expect(only({ CODE: 'E201', ...fields })).toMatchObject({
			status: 'failed',
			errorCode: 'E201',
			errorMessage,
			providerStatus,
		});
		expect(only({ CODE: 'E202', ...fields })).toMatchObject({
			status: 'undelivered',
			errorCode: 'E202',
		});
	});

	it.each([
		['N201', 'STATUS="0"', 'delivered', 'delivered', 'N201', null],
		['N201', 'STATUS=" 0 "', 'delivered', 'delivered', 'N201', null],
		['N201', 'STATUS="1"', 'sent', undefined, 'N201', null],
		['N101', 'TEXT="RETRIEVED"', 'delivered', 'delivered', 'RETRIEVED', null],
		['N101', 'TEXT="0"', 'sent', undefined, '0', null],
		['E202', 'STATUS="0"', 'undelivered', undefined, 'E202', 'E202'],
		['E202', 'TEXT="Expired"', 'undelivered', undefined, 'Expired', 'Expired'],
	])('%s with the attribute %s is %s', (code, attribute, status, keyStatus, words, reason) => {
		const [event] = read(
			`<POSTBACK><CODE>${code}</CODE><TRACKINGID>t1</TRACKINGID><STATUS ${attribute}/></POSTBACK>`,
		);
		expect(event).toMatchObject({ status, providerStatus: words, errorMessage: reason });
		expect(event.key).toEqual([code, 't1', keyStatus]);
	});
});

describe('an incoming message', () => {
	it('is read field by field', () => {
		const raw = {
			CODE: 'N211',
			FROM: '1',
			TO: '2',
			TEXT: ' Yes ',
			TRANSACTIONID: 'm1',
			TRACKINGID: 't1',
			RECEIVED: AT,
		};
		expect(only(raw)).toStrictEqual({
			referenceId: null,
			from: '1',
			to: '2',
			occurredAt: ISO,
			messageId: 'm1',
			event: 'message.received',
			key: ['N211', 'm1'],
			raw,
			text: ' Yes ',
		});
	});

	it.each([
		[{ TEXT: '', MESSAGETEXT: 'b', SUBJECT: 'c', MESSAGESUBJECT: 'd' }, ''],
		[{ MESSAGETEXT: 'b', SUBJECT: 'c', MESSAGESUBJECT: 'd' }, 'b'],
		[{ SUBJECT: 'c', MESSAGESUBJECT: 'd' }, 'c'],
		[{ MESSAGESUBJECT: 'd' }, 'd'],
		[{}, null],
	])('has the text in %j', (fields, text) => {
		expect(only({ CODE: 'N401', ...fields })).toMatchObject({ text });
	});

	it('has the tracking ID if it has no other', () => {
		expect(only({ CODE: 'N401', TRACKINGID: 't1' })).toMatchObject({
			messageId: 't1',
			key: ['N401', 't1'],
		});
	});

	it('without an ID is identified by all other fields', () => {
		const raw = { CODE: 'N211', FROM: '1', TO: '2', TEXT: 'x', RECEIVED: 'then', TIMESTAMP: AT };
		expect(only(raw)).toMatchObject({
			messageId: null,
			occurredAt: ISO,
			key: ['N211', '1', '2', 'then', 'x'],
		});
		expect(only({ ...raw, RECEIVED: ' ' }).key).toEqual(['N211', '1', '2', AT, 'x']);
	});
});

describe('a subscription', () => {
	it.each([
		['N301', 'contact.optedIn'],
		['N302', 'contact.optedOut'],
	])('%s is read field by field', (code, event) => {
		const raw = {
			CODE: code,
			MOBILE: '1',
			FROM: '3',
			SHORTCODE: '2',
			TO: '4',
			CAMPAIGNREF: 'C1',
			TIMESTAMP: AT,
			SOURCE: 'WEB',
		};
		expect(only(raw)).toStrictEqual({
			messageId: null,
			referenceId: null,
			occurredAt: ISO,
			campaignRef: 'C1',
			key: [code, '1', 'C1', AT],
			raw,
			from: '1',
			to: '2',
			providerStatus: 'WEB',
			event,
		});
	});

	it('may have its numbers in other fields', () => {
		const raw = { CODE: 'N301', FROM: '3', TO: '4' };
		expect(only(raw)).toStrictEqual({
			...COMMON,
			key: ['N301', '3', undefined, undefined],
			raw,
			from: '3',
			to: '4',
			providerStatus: 'N301',
			event: 'contact.optedIn',
		});
	});
});

describe('media', () => {
	it.each([
		['N013', { STATUS: 'Done' }, 'media.ready', 'Done', null, undefined],
		['E002', { AUDIONAME: 'a', VIDEONAME: 'b' }, 'media.failed', 'E002', 'E002', 'a'],
		['E003', { VIDEONAME: 'b' }, 'media.failed', 'E003', 'E003', 'b'],
	])('with %s and %j are %s', (code, extra, event, providerStatus, errorCode, file) => {
		const withoutId = { CODE: code, ...extra };
		const raw = { ...withoutId, MMSID: '35' };
		const expected = { ...COMMON, event, providerStatus, errorCode };
		expect(only(raw)).toStrictEqual({ ...expected, mmsId: '35', key: [code, '35', file], raw });
		const key = [code, JSON.stringify(withoutId), file];
		expect(only(withoutId)).toStrictEqual({ ...expected, key, raw: withoutId });
	});
});

describe('the additional fields of events', () => {
	it('are texts', () => {
		expect(extraSchema).toEqual({ mmsId: { type: 'string' }, campaignRef: { type: 'string' } });
	});
});

describe('anything else', () => {
	it.each<[Record<string, string>, string | null, string | null, string | null]>([
		[{ CODE: 'n501' }, 'n501', 'n501', null],
		[{ CODE: 'N501', STATUSCODE: 'x', STATUS: 'Done', TEXT: 'Hi' }, 'N501', 'Done', 'Hi'],
		[{ STATUSCODE: 'N102' }, 'N102', 'N102', null],
		[{ CODE: ' ' }, null, null, null],
		[{ CODE: 'constructor' }, 'constructor', 'constructor', null],
		[{ FROM: '' }, null, null, null],
	])('is unknown: %j', (raw, code, providerStatus, text) => {
		expect(only(raw)).toStrictEqual({
			...COMMON,
			event: 'unknown',
			key: [code, JSON.stringify(raw)],
			raw,
			text,
			providerStatus,
		});
	});

	it('that is not well-formed has the fields that can be read', () => {
		const text =
			'<POSTBACK><CODE>N211</CODE><FROM>1</FROM><CREATED>2026-03-05T14:07:09Z</CREATED><BROKEN></POSTBACK>';
		expect(read(text)).toStrictEqual([
			{
				...COMMON,
				from: '1',
				occurredAt: ISO,
				event: 'unknown',
				key: [text],
				raw: text,
				text: null,
				providerStatus: 'N211',
			},
		]);
		expect(read('hello')).toStrictEqual([
			{
				...COMMON,
				event: 'unknown',
				key: ['hello'],
				raw: 'hello',
				text: null,
				providerStatus: null,
			},
		]);
	});
});
