import { readPostback } from '../../nodes/Skycore/postback';
import type { PostbackEvent } from '../../nodes/shared/model/event';
import { readEvents } from '../../nodes/shared/receiving/readEvents';

const NOW = '2026-03-05T14:10:00.000Z';

function events(text: string, type = 'text/xml'): PostbackEvent[] {
	const contentType = type.split(';')[0].trim().toLowerCase();
	const postback = { text, contentType, headers: { 'content-type': type } };
	return readEvents({ provider: 'skycore', read: readPostback }, postback, NOW);
}

function only(text: string, type?: string): PostbackEvent {
	const all = events(text, type);
	if (all.length !== 1) throw new Error(`expected one event, got ${all.length}`);
	return all[0];
}

const PROLOG = "<?xml version='1.0'?>";
const smsMt = (code: string, status: string, extra = '') =>
	`${PROLOG}<POSTBACK><ORIGIN>SMS_MT</ORIGIN><CODE>${code}</CODE><STATUS>${status}</STATUS><FROM>00000</FROM><TO>17575550142</TO><TRACKINGID>U01TXzc2Nzg2Nw==</TRACKINGID><SPID>0001470</SPID><TIMESTAMP>2026-03-05T10:07:09.498351-04:00</TIMESTAMP>${extra}</POSTBACK>`;
const mmsMt = (code: string, status: string, extra = '') =>
	`${PROLOG}<POSTBACK><ORIGIN>MMS_MT</ORIGIN><CODE>${code}</CODE><STATUS>${status}</STATUS><MMSID>35674</MMSID><FROM>60856</FROM><TO>17575550142</TO><TRACKINGID>TU1TXzU5Nzg3OQ==</TRACKINGID>${extra}</POSTBACK>`;
const encoding = (code: string, extra = '') =>
	`${PROLOG}<POSTBACK><ORIGIN>MMS_MT</ORIGIN><CODE>${code}</CODE><MMSID>35674</MMSID>${extra}</POSTBACK>`;
const SMS_MO =
	'<POSTBACK><ORIGIN>SMS_MO</ORIGIN><CODE>N211</CODE><FROM>17575550142</FROM><TO>60856</TO><TEXT>Yes  &amp;\n 007 </TEXT><RECEIVED>2026-03-05T10:07:09-04:00</RECEIVED><TRANSACTIONID>511XG-02294-192SA-482H8</TRANSACTIONID></POSTBACK>';
const sub = (code: string, source: string) =>
	`<POSTBACK><ORIGIN>SUB</ORIGIN><CODE>${code}</CODE><MOBILE>17575550142</MOBILE><CAMPAIGNREF>Campaign1</CAMPAIGNREF><TIMESTAMP>2014-07-02T14:32:23-04</TIMESTAMP><SHORTCODE>60856</SHORTCODE><SOURCE>${source}</SOURCE></POSTBACK>`;

describe('the status of a message', () => {
	it.each([
		['N201', 'Message Sent', 'sent', false, null],
		['N202', 'Message Sent/Delivered', 'delivered', true, null],
		['E201', 'Message Failed', 'failed', true, 'E201'],
		['E202', 'Message Sent/Failed', 'undelivered', true, 'E202'],
		['E202', 'Message Sent/Expired', 'undelivered', true, 'E202'],
		['E202', 'Message Sent/NotSupported', 'undelivered', true, 'E202'],
	])('of a text: %s %s is %s', (code, providerStatus, status, isFinal, errorCode) => {
		const text = smsMt(code, providerStatus);
		expect(only(text)).toEqual({
			provider: 'skycore',
			event: 'message.status',
			eventId: expect.stringMatching(/^[\da-f]{32}$/),
			messageId: 'U01TXzc2Nzg2Nw==',
			inReplyTo: null,
			referenceId: null,
			from: '00000',
			to: '+17575550142',
			text: null,
			status,
			isFinal,
			providerStatus,
			errorCode,
			systemWord: null,
			occurredAt: '2026-03-05T14:07:09.498Z',
			receivedAt: NOW,
			raw: {
				ORIGIN: 'SMS_MT',
				CODE: code,
				STATUS: providerStatus,
				FROM: '00000',
				TO: '17575550142',
				TRACKINGID: 'U01TXzc2Nzg2Nw==',
				SPID: '0001470',
				TIMESTAMP: '2026-03-05T10:07:09.498351-04:00',
			},
		});
	});

	it.each([
		['N101', 'Message Sent', 'sent'],
		['N102', 'Message Sent/Delivered', 'delivered'],
		['N202', 'Message Sent/Delivered', 'delivered'],
		['E101', 'Message Failed', 'failed'],
		['E102', 'Message Sent/Rejected', 'undelivered'],
		['E102', 'Message Sent/Expired', 'undelivered'],
	])('of an MMS: %s %s is %s', (code, providerStatus, status) => {
		expect(only(mmsMt(code, providerStatus, '<SENTAS>SMS</SENTAS>'))).toMatchObject({
			event: 'message.status',
			messageId: 'TU1TXzU5Nzg3OQ==',
			mmsId: '35674',
			status,
			providerStatus,
		});
	});

	it('has its entities resolved, and keeps the fields that only some carriers send', () => {
		const extra =
			'<FROM_MASK></FROM_MASK><AGGREGATORID>0042</AGGREGATORID><STATUSDETAILS>?smpp?deliver_sm=4&amp;</STATUSDETAILS>';
		expect(only(smsMt('N202', 'Message Sent/Delivered', extra)).raw).toMatchObject({
			FROM_MASK: '',
			AGGREGATORID: '0042',
			STATUSDETAILS: '?smpp?deliver_sm=4&',
		});
	});

	it('is read from the code, whatever text a newer version has for it', () => {
		expect(only(smsMt('N202', 'Delivered')).status).toBe('delivered');
		expect(only(smsMt('E202', 'Rejected')).status).toBe('undelivered');
	});

	it.each([
		['<STATUS PROTOCOL="4" STATUS="0"/>', 'N201', 'delivered', 'N201'],
		['<STATUS PROTOCOL="4" STATUS="5"/>', 'N201', 'sent', 'N201'],
		[
			'<STATUS CELLY="20" PROVIDER="1000" TEXT="Retrieved" DESCRIPTION=""/>',
			'N101',
			'delivered',
			'Retrieved',
		],
		['<STATUS CELLY="20" PROVIDER="1000" TEXT="Expired"/>', 'E102', 'undelivered', 'Expired'],
	])('may be in attributes: %s with %s is %s', (element, code, status, providerStatus) => {
		const text = `<POSTBACK><NOTIFICATION ID="325" CREATED="2011-07-26 10:22:26.975911-04"><ORIGIN>SMS_MT</ORIGIN><CODE>${code}</CODE><BODY>${element}<TRACKINGID>SMS_12345</TRACKINGID></BODY></NOTIFICATION></POSTBACK>`;
		expect(only(text)).toMatchObject({ status, providerStatus, messageId: 'SMS_12345' });
	});
});

describe('other notifications', () => {
	it('an incoming text keeps its white space, and stays a text if it has only digits', () => {
		expect(only(SMS_MO)).toMatchObject({
			event: 'message.received',
			messageId: '511XG-02294-192SA-482H8',
			from: '+17575550142',
			to: '60856',
			text: 'Yes  &\n 007 ',
			status: null,
			isFinal: null,
			occurredAt: '2026-03-05T14:07:09.000Z',
		});
		expect(only(SMS_MO.replace(/<TEXT>[^<]*/, '<TEXT>0042')).text).toBe('0042');
		expect(only(SMS_MO.replace(/<TEXT>[^<]*/, '<TEXT>')).text).toBe('');
	});

	it('STOP is an ordinary text, as the opt-out is posted separately', () => {
		expect(only(SMS_MO.replace(/<TEXT>[^<]*/, '<TEXT>STOP')).event).toBe('message.received');
	});

	it.each([
		['one file', '<FILE>https://a.test/1.jpg</FILE>', 'https://a.test/1.jpg'],
		[
			'several files',
			'<FILE>https://a.test/1.jpg</FILE><FILE>https://a.test/2.smil</FILE>',
			['https://a.test/1.jpg', 'https://a.test/2.smil'],
		],
	])('an incoming MMS with %s', (_what, files, raw) => {
		const text = `<POSTBACK><ORIGIN>MMS_MO</ORIGIN><CODE>N401</CODE><FROM>17575550142</FROM><TO>60856</TO><KEYWORD>PHOTO</KEYWORD><SUBJECT>Photo &lt;1&gt;</SUBJECT><TRACKINGID>MMS_MO_iLnCRrL6</TRACKINGID><SPID>0001470</SPID><TIMESTAMP>2026-03-05T14:07:09+00:00</TIMESTAMP><CONTENT>${files}</CONTENT></POSTBACK>`;
		const event = only(text);
		expect(event).toMatchObject({
			event: 'message.received',
			messageId: 'MMS_MO_iLnCRrL6',
			text: 'Photo <1>',
		});
		expect(event.raw).toMatchObject({ KEYWORD: 'PHOTO', CONTENT: { FILE: raw } });
	});

	it.each([
		['N301', 'contact.optedIn', 'WEB'],
		['N302', 'contact.optedOut', 'IMPORTED AS UNSUBSCRIBED'],
	])('%s is %s, with the number in from', (code, event, source) => {
		expect(only(sub(code, source))).toMatchObject({
			event,
			from: '+17575550142',
			to: '60856',
			campaignRef: 'Campaign1',
			providerStatus: source,
			occurredAt: '2014-07-02T18:32:23.000Z',
		});
	});

	it('an opt-in may have the number of the campaign instead of its reference', () => {
		const text = sub('N301', 'MO').replaceAll('CAMPAIGNREF', 'CAMPAIGNID');
		expect(only(text)).toMatchObject({ campaignRef: 'Campaign1' });
	});

	it.each([
		['N003', 'media.ready', ''],
		['N013', 'media.ready', ''],
		['E002', 'media.failed', '<AUDIONAME>jingle.mp3</AUDIONAME>'],
		['E003', 'media.failed', '<VIDEONAME>https://a.test/tour.mp4</VIDEONAME>'],
		['E011', 'media.failed', ''],
		['E012', 'media.failed', ''],
		['E013', 'media.failed', ''],
	])('%s is %s of an MMS', (code, event, extra) => {
		expect(only(encoding(code, extra))).toMatchObject({
			event,
			mmsId: '35674',
			messageId: null,
			status: null,
			errorCode: event === 'media.failed' ? code : null,
		});
	});

	it.each(['N501', 'N502', 'E501', 'E502', 'E999', 'N303', 'N304', 'N777'])(
		'%s is unknown',
		(code) => {
			expect(only(mmsMt(code, 'Message Sent'))).toMatchObject({
				event: 'unknown',
				messageId: 'TU1TXzU5Nzg3OQ==',
				providerStatus: 'Message Sent',
				status: null,
			});
		},
	);

	it('a notification of a pass has a STATUSCODE instead of a CODE, and is unknown', () => {
		const text = '<POSTBACK><ORIGIN>PASS</ORIGIN><STATUSCODE>N102</STATUSCODE></POSTBACK>';
		expect(only(text)).toMatchObject({ event: 'unknown', providerStatus: 'N102' });
	});
});

describe('an envelope', () => {
	const inside = smsMt('N202', 'Message Sent/Delivered').replace(
		/^.*?<POSTBACK>|<\/POSTBACK>$/g,
		'',
	);
	const delivered = { event: 'message.status', status: 'delivered', messageId: 'U01TXzc2Nzg2Nw==' };

	it.each([
		['flat', `<POSTBACK>${inside}</POSTBACK>`],
		['with a prolog and a byte order mark', `\uFEFF${PROLOG}\n<POSTBACK>${inside}</POSTBACK>`],
		[
			'with the schema of 2013',
			`<POSTBACK xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://x.test/p.xsd">${inside}</POSTBACK>`,
		],
		['nested', `<POSTBACK><NOTIFICATION>${inside}</NOTIFICATION></POSTBACK>`],
		['of a notification alone', `<NOTIFICATION>${inside}</NOTIFICATION>`],
		['spread over lines', `<POSTBACK>\n${inside.replaceAll('><', '>\n\t<')}\n</POSTBACK>`],
		[
			'with attributes and a body',
			'<POSTBACK><NOTIFICATION id="325" created="2011-07-26 10:22:26.975911-04"><ORIGIN>SMS_MT</ORIGIN><CODE>N202</CODE><BODY><TRACKINGID>U01TXzc2Nzg2Nw==</TRACKINGID></BODY></NOTIFICATION></POSTBACK>',
		],
	])('%s is read', (_what, text) => {
		expect(only(text)).toMatchObject(delivered);
	});

	it('with several notifications has an event for each', () => {
		const notification = (code: string, id: string) =>
			`<NOTIFICATION ID="1"><ORIGIN>SMS_MT</ORIGIN><CODE>${code}</CODE><BODY><TRACKINGID>${id}</TRACKINGID></BODY></NOTIFICATION>`;
		const batch = `<POSTBACK>${notification('N201', 'a')}${notification('N202', 'a')}${notification('E202', 'b')}</POSTBACK>`;
		expect(events(batch).map(({ messageId, status }) => [messageId, status])).toEqual([
			['a', 'sent'],
			['a', 'delivered'],
			['b', 'undelivered'],
		]);
	});

	const document = `<POSTBACK>${inside}<STATUSDETAILS>a+b%20&amp;c</STATUSDETAILS></POSTBACK>`;
	const multipart = (name: string) =>
		`--b1\r\nContent-Disposition: form-data; name="other"\r\n\r\n<POSTBACK/>\r\n--b1\r\nContent-Disposition: form-data; name=${name}\r\nContent-Type: text/xml\r\n\r\n${document}\r\n--b1--\r\n`;
	it.each([
		['text/xml', document],
		['application/xml; charset=utf-8', document],
		['text/plain', document],
		['application/octet-stream', document],
		['application/x-www-form-urlencoded', document],
		['', document],
		['application/x-www-form-urlencoded', String(new URLSearchParams({ xml: document }))],
		['application/x-www-form-urlencoded', String(new URLSearchParams({ a: '1', XML: document }))],
		['application/x-www-form-urlencoded', `xml=${document}`],
		['multipart/form-data; boundary=b1', multipart('"xml"')],
		['multipart/form-data; boundary="b1"', multipart('"XML"; filename="p.xml"')],
		['multipart/form-data; boundary=b1', multipart('XML').replaceAll('\r\n', '\n')],
		['', multipart('"XML"')],
	])('with the content type "%s" is read (%#)', (type, text) => {
		const event = only(text, type);
		expect(event).toMatchObject(delivered);
		expect(event.raw).toMatchObject({ STATUSDETAILS: 'a+b%20&c' });
	});
});

describe('a notification in JSON', () => {
	const mt = {
		origin: 'SMS_MT',
		code: 'N202',
		'sent-as': 'SMS',
		status: 'Delivered',
		from: '60856',
		to: '17575550142',
		'tracking-id': 'DrXAFP-Ylpc-JZL',
		timestamp: '2021-01-26T18:00:07.990498+00:00',
		'campaign-ref': 'Campaign1',
		'client-reference': 'order-7',
	};

	it('has the same event as in XML', () => {
		expect(only(JSON.stringify(mt), 'application/json')).toMatchObject({
			event: 'message.status',
			messageId: 'DrXAFP-Ylpc-JZL',
			referenceId: 'order-7',
			campaignRef: 'Campaign1',
			status: 'delivered',
			providerStatus: 'Delivered',
			occurredAt: '2021-01-26T18:00:07.990Z',
			raw: mt,
		});
	});

	it.each([
		['N101', 'sent'],
		['N102', 'delivered'],
		['N103', 'undelivered'],
		['E101', 'failed'],
		['E102', 'undelivered'],
	])('of an MMS: %s is %s, with either spelling of the ID', (code, status) => {
		const mms = { origin: 'MMS_MT', code, trackingid: 'abc', 'mms-id': '35674' };
		expect(only(JSON.stringify(mms))).toMatchObject({ status, messageId: 'abc', mmsId: '35674' });
	});

	it('of an incoming message has other names for the text', () => {
		const sms = { code: 'N211', 'message-text': '007', 'tracking-id': 'x', from: '1', to: '2' };
		expect(only(JSON.stringify(sms))).toMatchObject({
			event: 'message.received',
			text: '007',
			messageId: 'x',
		});
		const mms = {
			code: 'N401',
			'message-subject': 'Photo',
			content: [{ file: 'https://a.test/1' }],
		};
		expect(only(JSON.stringify(mms))).toMatchObject({ text: 'Photo', raw: mms });
	});

	it('may be in a list', () => {
		expect(events(JSON.stringify([mt, { ...mt, code: 'N201' }]))).toHaveLength(2);
	});
});

describe('an unreadable postback', () => {
	it.each([
		['N201', 'Message Sent'],
		['E201', 'Message Failed'],
	])(
		'%s as published, with an unclosed tag, is unknown with its readable fields',
		(code, status) => {
			const text = smsMt(code, status, '<FROM_MASK><FROM_MASK>');
			expect(only(text)).toMatchObject({
				event: 'unknown',
				messageId: 'U01TXzc2Nzg2Nw==',
				from: '00000',
				to: '+17575550142',
				providerStatus: code,
				occurredAt: '2026-03-05T14:07:09.498Z',
				raw: text,
			});
		},
	);

	it('has the entities in its text resolved', () => {
		const text = '<POSTBACK><CODE>N211</CODE><TEXT>Fish &amp; Chips</TEXT><BROKEN></POSTBACK>';
		expect(only(text)).toMatchObject({ event: 'unknown', text: 'Fish & Chips', raw: text });
	});

	it.each([
		['nothing', ''],
		['white space', ' \n'],
		['a text', 'hello'],
		['another document', '<html><body>Hi</body></html>'],
		['a form without the field', 'a=1&b=2'],
		[
			'a multipart form without the field',
			'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--',
		],
		['a truncated document', '<POSTBACK><CODE>N2'],
		['truncated JSON', '{"code":"N202"'],
		['JSON that is not an object', '[1, "two"]'],
		[
			'a document with a custom entity',
			'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]><POSTBACK>&e;</POSTBACK>',
		],
	])('that is %s is unknown, with the raw text', (_what, text) => {
		expect(only(text)).toMatchObject({ event: 'unknown', raw: text });
	});
});

describe('the ID of an event', () => {
	const id = (text: string) => only(text).eventId;

	it('is the same for the same postback in another form or with other white space', () => {
		const flat = smsMt('N202', 'Message Sent/Delivered');
		expect(id(flat.replaceAll('><', '>\n<'))).toBe(id(flat));
		expect(id(String(new URLSearchParams({ xml: flat })))).toBe(id(flat));
	});

	it.each([
		['two codes of a message', smsMt('N201', 'a'), smsMt('N202', 'a')],
		['two messages', mmsMt('N202', 'a'), smsMt('N202', 'a')],
		['opt-ins at different times', sub('N301', 'MO'), sub('N301', 'MO').replace('14:32', '14:33')],
		['an opt-in and an opt-out', sub('N301', 'MO'), sub('N302', 'MO')],
		['encodings of different MMS', encoding('N003'), encoding('N003').replace('35674', '35675')],
		[
			'two files of an MMS',
			encoding('E002', '<AUDIONAME>a.mp3</AUDIONAME>'),
			encoding('E002', '<AUDIONAME>b.mp3</AUDIONAME>'),
		],
		['unknown events', mmsMt('N501', 'a'), mmsMt('N501', 'b')],
		['unreadable postbacks', 'hello', 'hullo'],
	])('differs for %s', (_what, first, second) => {
		expect(id(first)).not.toBe(id(second));
	});

	it('of a text without an ID depends on sender, recipient, time and text', () => {
		const bare = SMS_MO.replace(/<TRANSACTIONID>.*<\/TRANSACTIONID>/, '');
		expect(id(bare)).toBe(id(`${PROLOG}${bare}`));
		expect(id(bare)).not.toBe(id(bare.replace('007', '008')));
		expect(only(bare).messageId).toBeNull();
	});
});

describe('a time', () => {
	it.each([
		['2014-07-02T14:32:23-04', '2014-07-02T18:32:23.000Z'],
		['2011-07-26 10:22:25.262743-04', '2011-07-26T14:22:25.262Z'],
		['2012-06-07 07:27:29', '2012-06-07T07:27:29.000Z'],
		['2021-01-26T18:00:07.990498+00:00', '2021-01-26T18:00:07.990Z'],
		['2021-01-26T18:00:07+0530', '2021-01-26T12:30:07.000Z'],
		['2021-01-26T18:00:07Z', '2021-01-26T18:00:07.000Z'],
		['yesterday', null],
		['', null],
	])('%s is %s', (timestamp, expected) => {
		const text = sub('N301', 'MO').replace(/<TIMESTAMP>[^<]*/, `<TIMESTAMP>${timestamp}`);
		expect(only(text).occurredAt).toBe(expected);
	});
});
