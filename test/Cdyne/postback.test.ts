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
