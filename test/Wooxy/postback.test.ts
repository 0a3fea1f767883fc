import { eventsToRegister } from '../../nodes/Wooxy/events';
import { namesNoEvent, readDatetime, readPostback } from '../../nodes/Wooxy/postback';
import type { PostbackEvent } from '../../nodes/shared/model/event';
import { readEvents } from '../../nodes/shared/receiving/readEvents';

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
	it('reports that a text was delivered', () => {
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

	it.each(['id', 'sms_id', 'smsId', 'messageId'])('may have the message ID in %s', (name) => {
		expect(events({ event: 'sms_delivered', [name]: ID })).toMatchObject([{ messageId: ID }]);
	});

	it.each([
		['phoneNumber', { phoneNumber: '+37255512345' }],
		['phone', { phone: '+37255512345' }],
		['contact.phone', { contact: { phone: '+37255512345' } }],
	])('may have the number in %s', (_name, fields) => {
		expect(events({ event: 'sms_delivered', ...fields })).toMatchObject([{ to: '+37255512345' }]);
	});

	it('may have the e-mail address of the contact', () => {
		expect(events({ event: 'read', email: 'anna@example.com' })).toMatchObject([
			{ event: 'unknown', email: 'anna@example.com' },
		]);
	});

	it.each([
		['a number', 1714558830, '2024-05-01T10:20:30.000Z'],
		['digits', '1714558830', '2024-05-01T10:20:30.000Z'],
		['a date and time', '2024-05-01 10:20:30', '2024-05-01T10:20:30.000Z'],
		['nothing', undefined, null],
		['something else', 'soon', null],
		['an object', {}, null],
	])('may have %s as its time', (_name, value, expected) => {
		expect(readDatetime(value)).toBe(expected);
	});

	it('is output with its whole body even if all fields are missing', () => {
		expect(events({ something: 'else' })).toMatchObject([
			{ event: 'unknown', messageId: null, occurredAt: null, raw: { something: 'else' } },
		]);
	});

	it('may be a list of several events', () => {
		expect(events([DELIVERED, { ...DELIVERED, event: 'sms-clicked' }])).toMatchObject([
			{ event: 'message.status' },
			{ event: 'link.clicked' },
		]);
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
		'is read as JSON even if its content type is "%s"',
		(contentType) => {
			expect(events(DELIVERED, contentType)).toMatchObject([{ event: 'message.status' }]);
		},
	);

	it.each([
		['the published example, in which a comma is missing', '{"id":"1","userId":"2" "headers":{}}'],
		['not JSON', 'sms_delivered'],
		['an empty body', ''],
		['a number', '42'],
		['null', 'null'],
		['a list with something else than objects', '[{"event":"read"},1]'],
	])('that is %s is unknown, with its text', (_name, body) => {
		expect(events(body)).toMatchObject([{ event: 'unknown', raw: body, text: body }]);
	});

	it('has the same event ID when it is repeated', () => {
		const repeated = { ...DELIVERED, userId: undefined };
		expect(events(DELIVERED)[0].eventId).toBe(events(repeated)[0].eventId);
	});

	it.each([
		['another event', { ...DELIVERED, event: 'sms-clicked' }],
		['another message', { ...DELIVERED, id: '64f000000000000000000002' }],
		['another time', { ...DELIVERED, datetime: 1714558831 }],
		['another number without a message ID', { ...DELIVERED, id: undefined }],
	])('has another event ID for %s', (_name, changed) => {
		expect(events(DELIVERED)[0].eventId).not.toBe(events(changed)[0].eventId);
	});

	it('without a message ID is identified by its fields', () => {
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
		['an event that is not a text', { event: 7 }, true],
		['no event', { id: ID }, true],
		['an unknown event', { event: 'read' }, false],
	])('with %s names no event: %s', (_name, body, expected) => {
		expect(namesNoEvent(events(body)[0])).toBe(expected);
	});

	it('that is not JSON does not count as an event without a name', () => {
		expect(namesNoEvent(events('garbage')[0])).toBe(false);
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
	])('are spelled as documented: %s', (_name, selected, expected) => {
		expect(eventsToRegister(selected)).toEqual(expected);
	});
});
