import fc from 'fast-check';
import { readForm, readPostback, readPostbackDate } from '../../nodes/Cdyne/postback';
import type { PostbackEvent } from '../../nodes/shared/model/event';
import { readEvents } from '../../nodes/shared/receiving/readEvents';

const SENT = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
const RECEIVED = '7c0d5a02-11c4-4f2f-8a4c-3f1d2b0a9e55';

function events(text: string): PostbackEvent[] {
	const source = { provider: 'cdyne', read: readPostback };
	const postback = { text, contentType: 'application/x-www-form-urlencoded', headers: {} };
	return readEvents(source, postback, '2024-03-05T14:10:00.000Z');
}

const RECEIPT =
	`DeliveryReceipt=1&MessageID=${SENT}&ReferenceID=&FromPhoneNumber=55512&ToPhoneNumber=17575550142` +
	'&DeliveryReceiptMessage=id:185 sub:001 dlvrd:001 submit date:2403051407 done date:2403051408 stat:DELIVRD err:000 text:';

describe('a postback of CDYNE', () => {
	it('reports that a text was handed on', () => {
		const body = `SMSSent=1&MessageID=${SENT}&ReferenceID=order-7&FromPhoneNumber=17575550100&ToPhoneNumber=17575550142&SentTime=3%2f5%2f2024+2%3a07%3a09+PM`;
		expect(events(body)).toMatchObject([
			{
				provider: 'cdyne',
				event: 'message.status',
				messageId: SENT,
				referenceId: 'order-7',
				from: '+17575550100',
				to: '+17575550142',
				status: 'sent',
				isFinal: false,
				providerStatus: 'SMSSent=1',
				occurredAt: '2024-03-05T14:07:09.000Z',
				receivedAt: '2024-03-05T14:10:00.000Z',
			},
		]);
	});

	it('reports a rejected hand-off, which is not final', () => {
		expect(events(`SMSSent=0&MessageID=${SENT}&SentTime=`)).toMatchObject([
			{ status: 'failed', isFinal: false },
		]);
	});

	it('reports that an MMS was handed on', () => {
		expect(events(`MMSSent=1&MessageID=${SENT}`)).toMatchObject([
			{ event: 'message.status', status: 'sent', providerStatus: 'MMSSent=1' },
		]);
	});

	it('contains a reply and the ID of the message it replies to', () => {
		const body = `SMSResponse=1&MessageID=${RECEIVED}&MatchedMessageID=${SENT}&ReferenceID=order-7&FromPhoneNumber=17575550142&ToPhoneNumber=17575550100&ResponseReceiveDate=3%2f5%2f2024+2%3a09%3a00+PM&Message=Yes+please`;
		expect(events(body)).toMatchObject([
			{
				event: 'message.received',
				messageId: RECEIVED,
				inReplyTo: SENT,
				from: '+17575550142',
				text: 'Yes please',
				status: null,
				isFinal: null,
				occurredAt: '2024-03-05T14:09:00.000Z',
			},
		]);
	});

	it.each(['', '00000000-0000-0000-0000-00000000000', '00000000-0000-0000-0000-000000000000'])(
		'contains a text that is not a reply (matched: "%s")',
		(matched) => {
			const body = `MMSResponse=1&MessageID=${RECEIVED}&MatchedMessageID=${matched}&Message=Hi`;
			expect(events(body)).toMatchObject([{ event: 'message.received', inReplyTo: null }]);
		},
	);

	it.each([
		['STOP', 'contact.optedOut'],
		[' unsubscribe ', 'contact.optedOut'],
		['Resume', 'contact.optedIn'],
	])('is a received message and for %s also %s', (word, event) => {
		const body = new URLSearchParams({ SMSResponse: '1', MessageID: RECEIVED, Message: word });
		expect(events(`${body}`).map((e) => e.event)).toEqual(['message.received', event]);
	});

	it.each([
		['000', 'delivered', true, 'DeliveredToDevice', null],
		['003', 'sent', false, 'DeliveredToCarrier', null],
		['004', 'sent', false, 'Accepted', null],
		['005', 'undelivered', true, 'UndelivOrDeleted', '005'],
		['091', 'undelivered', true, 'InvalidRouting', '091'],
		['777', 'undelivered', true, '777', '777'],
	])('reports the receipt %s as %s', (code, status, isFinal, providerStatus, errorCode) => {
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
		'is read with the unencoded receipt text "%s"',
		(text) => {
			const [event] = events(`${RECEIPT}${text}&Code=000`);
			expect(event).toMatchObject({ status: 'delivered', messageId: SENT });
			expect((event.raw as Record<string, string>).DeliveryReceiptMessage).toContain(text);
		},
	);

	it('reports the receipt of an MMS, whose text is a plain word', () => {
		const body = `DeliveryReceipt=1&MessageID=${SENT}&DeliveryReceiptMessage=DeliveredToDevice&Code=000`;
		expect(events(body)).toMatchObject([{ status: 'delivered' }]);
	});

	it.each([
		['DeliveryReceipt=1&Code=000', 'FromPhoneNumber'],
		[
			`DeliveryReceipt=1&Code=000&MessageID=${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`,
			'ToPhoneNumber',
		],
		['SMSSent=1', 'ToPhoneNumber'],
		['SMSResponse=1&Message=Hi', 'FromPhoneNumber'],
		['SMSResponse=1&Message=STOP', 'FromPhoneNumber'],
		['MMSResponse=1&Message=Hi', 'ResponseReceiveDate'],
	])('without a message ID is told apart by its other fields: %s', (body, field) => {
		const idsOf = (value: string) =>
			events(`${body}&${field}=${value}`).map(({ eventId }) => eventId);
		expect(idsOf('1')).toEqual(idsOf('1'));
		for (const id of idsOf('1')) expect(idsOf('2')).not.toContain(id);
	});

	it('has the same event ID when it is repeated, and another ID for another receipt', () => {
		const [first] = events(`${RECEIPT}&Code=003`);
		const [repeated] = events(`${RECEIPT}&Code=003`);
		const [another] = events(`${RECEIPT}&Code=000`);
		expect(repeated.eventId).toBe(first.eventId);
		expect(another.eventId).not.toBe(first.eventId);
	});

	it.each(['', 'garbage', '{"json":true}', '%%%=&&&', '<xml/>'])(
		'that cannot be read (%s) is an unknown event with its text',
		(body) => {
			expect(events(body)).toMatchObject([{ event: 'unknown', raw: body, text: body }]);
		},
	);

	it('never throws', () => {
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
])('the time %s is read as %s', (text, expected) => {
	expect(readPostbackDate(text)).toBe(expected);
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
])('the time "%s" is read as %s', (text, expected) => {
	expect(readPostbackDate(text)).toBe(expected);
});

describe('the fields of a form', () => {
	it.each<[string, string, object]>([
		['without a byte order mark', '\uFEFFa=1&b=\uFEFF', { a: '1', b: '\uFEFF' }],
		['without a line end at the end', 'a=1&b=2 \r\n\n', { a: '1', b: '2 ' }],
		['with a line end inside', 'a=1\r\nx', { a: '1\r\nx' }],
		['by their documented names', '+smssent+=1&X+=2', { SMSSent: '1', 'X ': '2' }],
		['of which the first one counts', 'CODE=1&Code=2&code=3', { Code: '1' }],
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
			'with a longer name that ends the same',
			'XDeliveryReceiptMessage=a%26b&Code=1',
			{ XDeliveryReceiptMessage: 'a&b', Code: '1' },
		],
		[
			'with an encoded receipt',
			'DeliveryReceiptMessage=a+b%3A',
			{ DeliveryReceiptMessage: 'a b:' },
		],
		[
			'with a receipt that contains a space',
			'DeliveryReceiptMessage=a b+',
			{ DeliveryReceiptMessage: 'a b+' },
		],
		[
			'with a receipt that contains a colon',
			'DeliveryReceiptMessage=a:%41',
			{ DeliveryReceiptMessage: 'a:%41' },
		],
		[
			'with a receipt that contains a plus',
			'DeliveryReceiptMessage=a+b',
			{ DeliveryReceiptMessage: 'a b' },
		],
		['with a receipt of one word', 'DeliveryReceiptMessage=a', { DeliveryReceiptMessage: 'a' }],
		[
			'with an empty receipt',
			'DeliveryReceiptMessage=&Code=1',
			{ DeliveryReceiptMessage: '', Code: '1' },
		],
	])('are read %s', (_, body, expected) => {
		expect(readForm(body)).toEqual(expected);
	});
});

describe('a parsed postback', () => {
	const parsed = (text: string) => readPostback({ text, contentType: '', headers: {} });
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
				errorMessage: 'MMSSent=0: the aggregator rejected the message',
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
				errorMessage: 'SMSSent=0: the aggregator rejected the message',
				occurredAt: null,
			},
		],
	])('of the hand-off %s', (body, expected) => {
		expect(parsed(`${COMMON}&${body}`)).toEqual([{ ...status, ...expected }]);
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
		[`Code=0&BackupMessageID=${RECEIVED}`, { ...delivered, key: keyOf('000', RECEIVED) }],
		['Code=90', { ...undelivered, key: keyOf('090') }],
		['Code=090&DeliveryReceiptMessage=err:000', { ...undelivered, key: keyOf('090') }],
		['DeliveryReceiptMessage=x err: 090', { ...undelivered, key: keyOf('090') }],
		['Code=++&DeliveryReceiptMessage=err:090', { ...undelivered, key: keyOf('090') }],
		[
			`Code=090&BackupMessageID=+${RECEIVED}+`,
			{ ...undelivered, key: keyOf('090', RECEIVED), isFinal: false, continuesAs: RECEIVED },
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
		const events = parsed(`DeliveryReceipt=1&${COMMON}&${body}`);
		expect(events).toEqual([{ ...status, occurredAt: null, ...expected }]);
	});

	it.each<[string, string, string[]]>([
		['SMSResponse=1', 'SMSResponse', []],
		['MMSResponse=1', 'MMSResponse', []],
		['SMSResponse=1&MMSResponse=1', 'MMSResponse', []],
		['SMSResponse=1&Message=+stop+', 'SMSResponse', ['contact.optedOut']],
		['SMSResponse=1&Message=recommencer', 'SMSResponse', ['contact.optedIn']],
		['SMSResponse=1&Message=stop+it', 'SMSResponse', []],
	])('of the text %s', (body, marker, more) => {
		const matched = `MatchedMessageID=+${RECEIVED}+&ResponseReceiveDate=${TIME_SENT}`;
		const text = new URLSearchParams(body).get('Message') ?? '';
		const received = {
			...common,
			event: 'message.received',
			key: [marker, SENT],
			inReplyTo: RECEIVED,
			text,
			occurredAt: AT,
		};
		expect(parsed(`${COMMON}&${matched}&${body}`)).toEqual([
			received,
			...more.map((event) => ({ ...received, event })),
		]);
	});

	it('cannot be read without a marker', () => {
		expect(() => parsed(COMMON)).toThrow('no marker');
	});

	it('contains all fields in raw', () => {
		const [{ raw }] = parsed('smssent=1&x=2');
		expect(raw).toEqual({ SMSSent: '1', x: '2' });
	});
});
