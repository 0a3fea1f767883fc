import { readEvents } from '../../nodes/shared/event';
import type { PostbackEvent } from '../../nodes/shared/event';
import { eventsToRegister } from '../../nodes/Wooxy/events';
import { isUnnamed, readDatetime, readPostback } from '../../nodes/Wooxy/postback';

const ID = '64f000000000000000000001';

function events(body: unknown, contentType = 'application/json'): PostbackEvent[] {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const source = { provider: 'wooxy', read: readPostback };
	return readEvents(source, { text, contentType, headers: {} }, '2024-05-01T10:21:00.000Z');
}

const DELIVERED = {
	datetime: 1714558830,
	event: 'sms_delivered',
	phoneNumber: '+37255512345',
	id: ID,
	userId: 'u-17',
};

describe('a postback of Wooxy', () => {
	it('tells that a text was delivered', () => {
		expect(events(DELIVERED)).toMatchObject([
			{
				provider: 'wooxy',
				event: 'message.status',
				messageId: ID,
				to: '+37255512345',
				from: null,
				status: 'delivered',
				isFinal: true,
				providerStatus: 'sms_delivered',
				userId: 'u-17',
				occurredAt: '2024-05-01T10:20:30.000Z',
				receivedAt: '2024-05-01T10:21:00.000Z',
				raw: DELIVERED,
			},
		]);
	});

	it.each([
		['sms_delivered', 'message.status'],
		['sms-delivered', 'message.status'],
		['SMS_Delivered', 'message.status'],
		['sms-clicked', 'link.clicked'],
		['sms_clicked', 'link.clicked'],
		['sms-subscribed', 'contact.optedIn'],
		['sms-unsubscribed', 'contact.optedOut'],
		['subscribed', 'unknown'],
		['delivered', 'unknown'],
		['read', 'unknown'],
		['list-unsubscribe', 'unknown'],
		['viber-delivered', 'unknown'],
		['sms-unheard-of', 'unknown'],
	])('named %s is %s', (name, event) => {
		expect(events({ ...DELIVERED, event: name })).toMatchObject([{ event }]);
	});

	it.each(['sms-subscribed', 'sms-unsubscribed'])('named %s has the number in from', (event) => {
		expect(events({ ...DELIVERED, event })).toMatchObject([
			{ from: '+37255512345', to: null, status: null },
		]);
	});

	it.each(['id', 'sms_id', 'smsId', 'messageId'])('may call the message id %s', (name) => {
		expect(events({ event: 'sms_delivered', [name]: ID })).toMatchObject([{ messageId: ID }]);
	});

	it.each([
		['phoneNumber', { phoneNumber: '+37255512345' }],
		['phone', { phone: '+37255512345' }],
		['contact.phone', { contact: { phone: '+37255512345' } }],
	])('may call the number %s', (_name, fields) => {
		expect(events({ event: 'sms_delivered', ...fields })).toMatchObject([{ to: '+37255512345' }]);
	});

	it('has the contact’s e-mail address where there is one', () => {
		expect(events({ event: 'read', email: 'anna@example.com' })).toMatchObject([
			{ event: 'unknown', email: 'anna@example.com' },
		]);
	});

	it.each([
		['a number', 1714558830, '2024-05-01T10:20:30.000Z'],
		['digits', '1714558830', '2024-05-01T10:20:30.000Z'],
		['a clock reading', '2024-05-01 10:20:30', '2024-05-01T10:20:30.000Z'],
		['nothing', undefined, null],
		['something else', 'soon', null],
		['an object', {}, null],
	])('may have %s for its time', (_name, value, expected) => {
		expect(readDatetime(value)).toBe(expected);
	});

	it('may lack every field but is handed on whole', () => {
		expect(events({ something: 'else' })).toMatchObject([
			{ event: 'unknown', messageId: null, occurredAt: null, raw: { something: 'else' } },
		]);
	});

	it('may hold several events in a list', () => {
		expect(events([DELIVERED, { ...DELIVERED, event: 'sms-clicked' }])).toMatchObject([
			{ event: 'message.status' },
			{ event: 'link.clicked' },
		]);
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
		'is JSON under the content type "%s" too',
		(contentType) => {
			expect(events(DELIVERED, contentType)).toMatchObject([{ event: 'message.status' }]);
		},
	);

	it.each([
		['the example as it is printed, a comma missing', '{"id":"1","userId":"2" "headers":{}}'],
		['no JSON at all', 'sms_delivered'],
		['an empty body', ''],
		['a number', '42'],
		['null', 'null'],
		['a list with something else in it', '[{"event":"read"},1]'],
	])('that is %s is unknown with its text', (_name, body) => {
		expect(events(body)).toMatchObject([{ event: 'unknown', raw: body, text: body }]);
	});

	it('has the same event id when it comes again', () => {
		const again = { ...DELIVERED, userId: undefined };
		expect(events(DELIVERED)[0].eventId).toBe(events(again)[0].eventId);
	});

	it.each([
		['another event', { ...DELIVERED, event: 'sms-clicked' }],
		['another message', { ...DELIVERED, id: '64f000000000000000000002' }],
		['another time', { ...DELIVERED, datetime: 1714558831 }],
		['another number where no message is named', { ...DELIVERED, id: undefined }],
	])('has another event id for %s', (_name, other) => {
		expect(events(DELIVERED)[0].eventId).not.toBe(events(other)[0].eventId);
	});

	it('is told from others by its fields when it names no message', () => {
		const optOut = (phoneNumber: string) => ({
			event: 'sms-unsubscribed',
			datetime: 1714558830,
			phoneNumber,
		});
		expect(events(optOut('+37255512345'))[0].eventId).not.toBe(
			events(optOut('+37255512346'))[0].eventId,
		);
	});

	it.each([
		['an event that is no text', { event: 7 }, true],
		['no event', { id: ID }, true],
		['an unknown event', { event: 'read' }, false],
	])('with %s is unnamed: %s', (_name, body, expected) => {
		expect(isUnnamed(events(body)[0])).toBe(expected);
	});

	it('that is no JSON is not unnamed', () => {
		expect(isUnnamed(events('garbage')[0])).toBe(false);
	});
});

describe('the events to register for', () => {
	it.each([
		['one', ['message.status'], ['sms_delivered']],
		[
			'all',
			['message.status', 'link.clicked', 'contact.optedIn', 'contact.optedOut', 'unknown'],
			['sms_delivered', 'sms-clicked', 'sms-subscribed', 'sms-unsubscribed'],
		],
		['one and unknown', ['link.clicked', 'unknown'], ['sms-clicked']],
		[
			'unknown alone',
			['unknown'],
			['sms_delivered', 'sms-clicked', 'sms-subscribed', 'sms-unsubscribed'],
		],
	])('are spelt as documented: %s', (_name, selected, expected) => {
		expect(eventsToRegister(selected)).toEqual(expected);
	});
});
