import fc from 'fast-check';
import { readForm, readPostback, readPostbackDate } from '../../nodes/Cdyne/postback';
import { readEvents } from '../../nodes/shared/event';
import type { PostbackEvent } from '../../nodes/shared/event';

const SENT = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
const CAME = '7c0d5a02-11c4-4f2f-8a4c-3f1d2b0a9e55';

function events(text: string): PostbackEvent[] {
	const source = { provider: 'cdyne', read: readPostback };
	const postback = { text, contentType: 'application/x-www-form-urlencoded', headers: {} };
	return readEvents(source, postback, '2024-03-05T14:10:00.000Z');
}

const RECEIPT =
	`DeliveryReceipt=1&MessageID=${SENT}&ReferenceID=&FromPhoneNumber=55512&ToPhoneNumber=17575550142` +
	'&DeliveryReceiptMessage=id:185 sub:001 dlvrd:001 submit date:2403051407 done date:2403051408 stat:DELIVRD err:000 text:';

describe('a postback of CDYNE', () => {
	it('tells that a text was handed on', () => {
		const body = `SMSSent=1&MessageID=${SENT}&ReferenceID=order-7&FromPhoneNumber=17575550100&ToPhoneNumber=17575550142&SentTime=3%2f5%2f2024+2%3a07%3a09+PM`;
		expect(events(body)).toMatchObject([
			{
				provider: 'cdyne',
				event: 'message.status',
				messageId: SENT,
				referenceId: 'order-7',
				from: '17575550100',
				to: '17575550142',
				status: 'sent',
				isFinal: false,
				providerStatus: 'SMSSent=1',
				occurredAt: '2024-03-05T14:07:09.000Z',
				receivedAt: '2024-03-05T14:10:00.000Z',
			},
		]);
	});

	it('tells that a hand-off was refused, which is not the end', () => {
		expect(events(`SMSSent=0&MessageID=${SENT}&SentTime=`)).toMatchObject([
			{ status: 'failed', isFinal: false },
		]);
	});

	it('tells that an MMS was handed on', () => {
		expect(events(`MMSSent=1&MessageID=${SENT}`)).toMatchObject([
			{ event: 'message.status', status: 'sent', providerStatus: 'MMSSent=1' },
		]);
	});

	it('brings an answer and the message it answers', () => {
		const body = `SMSResponse=1&MessageID=${CAME}&MatchedMessageID=${SENT}&ReferenceID=order-7&FromPhoneNumber=17575550142&ToPhoneNumber=17575550100&ResponseReceiveDate=3%2f5%2f2024+2%3a09%3a00+PM&Message=Yes+please`;
		expect(events(body)).toMatchObject([
			{
				event: 'message.received',
				messageId: CAME,
				inReplyTo: SENT,
				from: '17575550142',
				text: 'Yes please',
				status: null,
				isFinal: null,
				occurredAt: '2024-03-05T14:09:00.000Z',
			},
		]);
	});

	it.each(['', '00000000-0000-0000-0000-00000000000', '00000000-0000-0000-0000-000000000000'])(
		'brings an unsolicited text (matched: "%s")',
		(matched) => {
			const body = `MMSResponse=1&MessageID=${CAME}&MatchedMessageID=${matched}&Message=Hi`;
			expect(events(body)).toMatchObject([{ event: 'message.received', inReplyTo: null }]);
		},
	);

	it.each([
		['STOP', 'contact.optedOut'],
		[' unsubscribe ', 'contact.optedOut'],
		['Resume', 'contact.optedIn'],
	])('brings %s also as %s', (word, event) => {
		const body = new URLSearchParams({ SMSResponse: '1', MessageID: CAME, Message: word });
		expect(events(`${body}`).map((e) => e.event)).toEqual(['message.received', event]);
	});

	it.each([
		['000', 'delivered', true, 'DeliveredToDevice', null],
		['003', 'sent', false, 'DeliveredToCarrier', null],
		['004', 'sent', false, 'Accepted', null],
		['005', 'undelivered', true, 'UndelivOrDeleted', '005'],
		['091', 'undelivered', true, 'InvalidRouting', '091'],
		['777', 'undelivered', true, '777', '777'],
	])('brings the receipt %s as %s', (code, status, isFinal, providerStatus, errorCode) => {
		expect(events(`${RECEIPT}&Code=${code}`)).toMatchObject([
			{
				event: 'message.status',
				messageId: SENT,
				status,
				isFinal,
				providerStatus,
				errorCode,
				occurredAt: '2024-03-05T14:08:00.000Z',
			},
		]);
	});

	it.each(['50% off', 'a&b=c', 'a+b', 'sm: msg: x\ny'])(
		'survives the receipt text "%s", which comes unencoded',
		(words) => {
			const [event] = events(`${RECEIPT}${words}&Code=000`);
			expect(event).toMatchObject({ status: 'delivered', messageId: SENT });
			expect((event.raw as Record<string, string>).DeliveryReceiptMessage).toContain(words);
		},
	);

	it('brings the receipt of an MMS, whose text is a plain word', () => {
		const body = `DeliveryReceipt=1&MessageID=${SENT}&DeliveryReceiptMessage=DeliveredToDevice&Code=000`;
		expect(events(body)).toMatchObject([{ status: 'delivered' }]);
	});

	it('has the same id when it comes twice, and another one for another receipt', () => {
		const [one] = events(`${RECEIPT}&Code=003`);
		const [again] = events(`${RECEIPT}&Code=003`);
		const [other] = events(`${RECEIPT}&Code=000`);
		expect(again.eventId).toBe(one.eventId);
		expect(other.eventId).not.toBe(one.eventId);
	});

	it.each(['', 'garbage', '{"json":true}', '%%%=&&&', '<xml/>'])(
		'that cannot be read (%s) comes as unknown with its text',
		(body) => {
			expect(events(body)).toMatchObject([{ event: 'unknown', raw: body, text: body }]);
		},
	);

	it('never throws, whatever comes', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (body) => {
				expect(events(body).length).toBeGreaterThan(0);
			}),
		);
	});

	it('keeps every field of a form', () => {
		const fields = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}$/), fc.string());
		fc.assert(
			fc.property(fields, (form) => {
				expect(readForm(new URLSearchParams(form).toString())).toEqual(form);
			}),
		);
	});
});

it.each([
	['3/5/2024 2:07:09 PM', '2024-03-05T14:07:09.000Z'],
	['12/31/2024 12:00:00 AM', '2024-12-31T00:00:00.000Z'],
	['1/1/0001 12:00:00 AM', null],
	['yesterday', null],
	[undefined, null],
])('the time %s is %s', (written, expected) => {
	expect(readPostbackDate(written)).toBe(expected);
});

it.each([
	['3/5/2024 12:00:00 PM', '2024-03-05T12:00:00.000Z'],
	['3/5/2024 1:00:00 AM', '2024-03-05T01:00:00.000Z'],
	['3/5/2024 12:59:00 AM', '2024-03-05T00:59:00.000Z'],
	['3/5/2024 0:00:00 AM', null],
	['3/5/2024 13:00:00 AM', null],
	['3/5/2024 13:00:00 PM', null],
	['3/5/2024 0:00:00', '2024-03-05T00:00:00.000Z'],
	['3/5/2024 23:00:00', '2024-03-05T23:00:00.000Z'],
	[' 03/05/2024   02:07pm ', '2024-03-05T14:07:00.000Z'],
	['3/5/2024 2:07:09.5 PM', '2024-03-05T14:07:09.500Z'],
	['3/5/2024 14:07:09.1239', '2024-03-05T14:07:09.123Z'],
	['x3/5/2024 14:07:09', null],
	['3/5/2024 14:07:09x', null],
	['3/5/2024 14:07:09.', null],
	['3/5/2024 14:7', null],
	['3/5/24 14:07', null],
	['3/5/2024', null],
	['', null],
])('the time "%s" is %s', (written, expected) => {
	expect(readPostbackDate(written)).toBe(expected);
});

describe('the fields of a form', () => {
	it.each<[string, string, object]>([
		['without the mark of the byte order', '\uFEFFa=1&b=\uFEFF', { a: '1', b: '\uFEFF' }],
		['without the end of the line', 'a=1&b=2 \r\n\n', { a: '1', b: '2 ' }],
		['with the lines inside', 'a=1\r\nx', { a: '1\r\nx' }],
		['by their names', '+smssent+=1&X+=2', { SMSSent: '1', 'X ': '2' }],
		['of which the first counts', 'CODE=1&Code=2&code=3', { Code: '1' }],
		[
			'around the text of a receipt',
			'Code=1&DeliveryReceiptMessage=a&b=c&messageid=5&X=6',
			{ Code: '1', MessageID: '5', X: '6', DeliveryReceiptMessage: 'a&b=c' },
		],
		[
			'before the text of a receipt',
			'deliveryreceiptmessage=a&X=6',
			{ DeliveryReceiptMessage: 'a&X=6' },
		],
		[
			'beside another field',
			'XDeliveryReceiptMessage=a%26b&Code=1',
			{ XDeliveryReceiptMessage: 'a&b', Code: '1' },
		],
		['and an encoded receipt', 'DeliveryReceiptMessage=a+b%3A', { DeliveryReceiptMessage: 'a b:' }],
		[
			'and a receipt with a blank',
			'DeliveryReceiptMessage=a b+',
			{ DeliveryReceiptMessage: 'a b+' },
		],
		['and one with a colon', 'DeliveryReceiptMessage=a:%41', { DeliveryReceiptMessage: 'a:%41' }],
		['and one encoded by a plus', 'DeliveryReceiptMessage=a+b', { DeliveryReceiptMessage: 'a b' }],
		['and a plain one', 'DeliveryReceiptMessage=a', { DeliveryReceiptMessage: 'a' }],
		[
			'and an empty one',
			'DeliveryReceiptMessage=&Code=1',
			{ DeliveryReceiptMessage: '', Code: '1' },
		],
	])('are read %s', (_, body, expected) => {
		expect(readForm(body)).toEqual(expected);
	});
});

describe('what is known of a postback', () => {
	const known = (text: string) => readPostback({ text, contentType: '', headers: {} });
	const COMMON = `MessageID=${SENT}&ReferenceID=+r+&FromPhoneNumber=+1+&ToPhoneNumber=+2+`;
	const common = {
		raw: expect.anything(),
		messageId: SENT,
		referenceId: 'r',
		from: '1',
		to: '2',
	};
	const status = { ...common, event: 'message.status' };
	const TIME_SENT = '3/5/2024 2:07:09 PM';
	const AT = '2024-03-05T14:07:09.000Z';

	it.each<[string, object]>([
		[
			`SMSSent=+1+&SentTime=${TIME_SENT}`,
			{
				key: ['SMSSent', SENT, '1', null],
				status: 'sent',
				isFinal: false,
				providerStatus: 'SMSSent=1',
				errorMessage: null,
				occurredAt: AT,
			},
		],
		[
			`MMSSent=0&SMSSent=1&SentTime=+${TIME_SENT}`,
			{
				key: ['MMSSent', SENT, '0', TIME_SENT],
				status: 'failed',
				isFinal: false,
				providerStatus: 'MMSSent=0',
				errorMessage: 'MMSSent=0: the aggregator refused the message',
				occurredAt: AT,
			},
		],
		[
			'SMSSent=0',
			{
				key: ['SMSSent', SENT, '0', null],
				status: 'failed',
				isFinal: false,
				providerStatus: 'SMSSent=0',
				errorMessage: 'SMSSent=0: the aggregator refused the message',
				occurredAt: null,
			},
		],
	])('of the hand-off %s', (body, expected) => {
		expect(known(`${COMMON}&${body}`)).toEqual([{ ...status, ...expected }]);
	});

	const delivered = {
		status: 'delivered',
		providerStatus: 'DeliveredToDevice',
		errorCode: null,
		errorMessage: null,
	};
	const undelivered = {
		status: 'undelivered',
		providerStatus: 'BadAddress',
		errorCode: '090',
		errorMessage: 'BadAddress',
	};
	const keyOf = (code: string, backup: string | null = null) => [
		'DeliveryReceipt',
		SENT,
		code,
		backup,
	];

	it.each<[string, object]>([
		['Code=0', { ...delivered, key: keyOf('000') }],
		['Code=+0+&SMSSent=1', { ...delivered, key: keyOf('000') }],
		[`Code=0&BackupMessageID=${CAME}`, { ...delivered, key: keyOf('000', CAME) }],
		['Code=90', { ...undelivered, key: keyOf('090') }],
		['Code=090&DeliveryReceiptMessage=err:000', { ...undelivered, key: keyOf('090') }],
		['DeliveryReceiptMessage=x err: 090', { ...undelivered, key: keyOf('090') }],
		['Code=++&DeliveryReceiptMessage=err:090', { ...undelivered, key: keyOf('090') }],
		[
			`Code=090&BackupMessageID=+${CAME}+`,
			{ ...undelivered, key: keyOf('090', CAME), isFinal: false, continuesAs: CAME },
		],
		[
			'Code=+1234+',
			{
				key: keyOf('1234'),
				status: 'undelivered',
				providerStatus: '1234',
				errorCode: '1234',
				errorMessage: 'Code 1234, which is not on CDYNE’s list',
			},
		],
		[
			'DeliveryReceiptMessage=xerr:090',
			{
				key: keyOf(''),
				status: 'unknown',
				providerStatus: '',
				errorCode: null,
				errorMessage: null,
			},
		],
	])('of the receipt %s', (body, expected) => {
		const [one, ...others] = known(`DeliveryReceipt=1&${COMMON}&${body}`);
		expect(one).toEqual({ ...status, occurredAt: null, ...expected });
		expect(others).toEqual([]);
	});

	it.each<[string, string, string[]]>([
		['SMSResponse=1', 'SMSResponse', []],
		['MMSResponse=1', 'MMSResponse', []],
		['SMSResponse=1&MMSResponse=1', 'MMSResponse', []],
		['SMSResponse=1&Message=+stop+', 'SMSResponse', ['contact.optedOut']],
		['SMSResponse=1&Message=recommencer', 'SMSResponse', ['contact.optedIn']],
		['SMSResponse=1&Message=stop+it', 'SMSResponse', []],
	])('of the text %s', (body, marker, more) => {
		const matched = `MatchedMessageID=+${CAME}+&ResponseReceiveDate=${TIME_SENT}`;
		const text = new URLSearchParams(body).get('Message') ?? '';
		const received = {
			...common,
			event: 'message.received',
			key: [marker, SENT],
			inReplyTo: CAME,
			text,
			occurredAt: AT,
		};
		expect(known(`${COMMON}&${matched}&${body}`)).toEqual([
			received,
			...more.map((event) => ({ ...received, event })),
		]);
	});

	it('is nothing without a marker', () => {
		expect(() => known(COMMON)).toThrow('no marker');
	});

	it('is all that came', () => {
		const [{ raw }] = known('smssent=1&x=2');
		expect(raw).toEqual({ SMSSent: '1', x: '2' });
	});
});
