import { canonicalEventName, toEventName, eventsToRegister } from '../../nodes/Wooxy/events';
import { extraSchema, namesNoEvent, readDatetime, readPostback } from '../../nodes/Wooxy/postback';
import type { PostbackEvent } from '../../nodes/shared/model/event';

/** The events in postbacks, field by field, and the names of events. */

const read = (body: unknown) =>
	readPostback({
		text: typeof body === 'string' ? body : JSON.stringify(body),
		contentType: '',
		headers: {},
	});

describe('a postback', () => {
	it('is read field by field', () => {
		const raw = {
			event: ' sms_delivered ',
			datetime: 1714558830,
			id: ' m1 ',
			sms_id: 'm2',
			phoneNumber: ' 1 ',
			phone: '2',
			email: ' anna@example.com ',
			userId: 'u-17',
			contact: { phone: '3' },
		};
		expect(read(raw)).toStrictEqual([
			{
				event: 'message.status',
				raw,
				key: ['sms_delivered', 'm1', '1714558830'],
				messageId: 'm1',
				to: '1',
				status: 'delivered',
				providerStatus: 'sms_delivered',
				email: 'anna@example.com',
				userId: 'u-17',
				occurredAt: '2024-05-01T10:20:30.000Z',
			},
		]);
	});

	it('may have no fields', () => {
		expect(read({})).toStrictEqual([
			{
				event: 'unknown',
				raw: {},
				key: [null, null, null, '{}'],
				messageId: null,
				to: null,
				status: null,
				providerStatus: null,
				occurredAt: null,
			},
		]);
	});

	it.each([
		['sms-subscribed', 'contact.optedIn', { from: '1' }],
		['sms-unsubscribed', 'contact.optedOut', { from: '1' }],
		['sms-clicked', 'link.clicked', { to: '1' }],
		['other', 'unknown', { to: '1' }],
	])('named %s is %s, without a status', (name, event, number) => {
		const raw = { event: name, id: 'm1', phone: '1' };
		expect(read(raw)).toStrictEqual([
			{
				event,
				raw,
				key: [name, 'm1', null],
				messageId: 'm1',
				...number,
				status: null,
				providerStatus: null,
				occurredAt: null,
			},
		]);
	});

	it.each([
		[{ id: '', sms_id: ' ', smsId: 'm3', messageId: 'm4' }, 'm3'],
		[{ id: {}, messageId: 7 }, '7'],
		[{ sms_id: 'm2', smsId: 'm3' }, 'm2'],
	])('has the message ID in %j', (fields, messageId) => {
		expect(read(fields)).toMatchObject([{ messageId }]);
	});

	it.each([
		[{ phone: '2', contact: { phone: '3' } }, '2'],
		[{ phone: ' ', contact: { phone: '3' } }, '3'],
		[{ contact: { phoneNumber: '3' } }, null],
		[{ contact: 'x' }, null],
		[{ contact: null }, null],
	])('has the number in %j', (fields, to) => {
		expect(read(fields)).toMatchObject([{ to }]);
	});

	it('may have spaces around it, and may be a list', () => {
		expect(read(' \n{"event":"read"}\n')).toHaveLength(1);
		expect(read([{ id: 1 }, { id: 2 }]).map(({ messageId }) => messageId)).toEqual(['1', '2']);
	});

	it.each(['7', 'null', '[{},7]', '[[]]', '"x"'])('cannot be %s', (body) => {
		expect(() => read(body)).toThrow('not an object');
	});
});

describe('the additional fields of events', () => {
	it('are texts', () => {
		expect(extraSchema).toEqual({ email: { type: 'string' }, userId: { type: 'string' } });
	});
});

describe('an event', () => {
	it.each<[unknown, boolean]>([
		[{}, true],
		[{ event: 7 }, true],
		[{ event: '' }, false],
		['x', false],
		[null, false],
		[[], false],
	])('with the body %j has no name: %s', (raw, expected) => {
		expect(namesNoEvent({ raw } as PostbackEvent)).toBe(expected);
	});
});

describe('a time', () => {
	it.each([
		[1714558830, '2024-05-01T10:20:30.000Z'],
		[' 1714558830 ', '2024-05-01T10:20:30.000Z'],
		['1714558830.25', '2024-05-01T10:20:30.250Z'],
		['1714558830.123456789', '2024-05-01T10:20:30.123Z'],
		['1714558830.1234567891', null],
		['1714558830.', null],
		['x1714558830', null],
		['1714558830x', null],
		['-1714558830', null],
		['1714558830,5', null],
		['1714558830000', '2024-05-01T10:20:30.000Z'],
		['00000001714558830', '2024-05-01T10:20:30.000Z'],
		['000000001714558830', null],
		['', null],
		[null, null],
	])('%j is read as %s', (value, expected) => {
		expect(readDatetime(value)).toBe(expected);
	});
});

describe('the name of an event', () => {
	it.each([
		[' SMS_A_b ', 'sms-a-b'],
		['sms-a', 'sms-a'],
	])('"%s" is normalized to "%s"', (name, expected) => {
		expect(canonicalEventName(name)).toBe(expected);
	});

	it.each([
		['sms-delivered', 'message.status'],
		['SMS_UNSUBSCRIBED', 'contact.optedOut'],
		['smsdelivered', 'unknown'],
		['', 'unknown'],
	])('"%s" means %s', (name, event) => {
		expect(toEventName(name)).toBe(event);
	});

	it('is registered if its event is selected; without any selected, all are', () => {
		expect(eventsToRegister(['contact.optedOut', 'contact.optedIn'])).toEqual([
			'sms-subscribed',
			'sms-unsubscribed',
		]);
		expect(eventsToRegister([])).toEqual([
			'sms_delivered',
			'sms-clicked',
			'sms-subscribed',
			'sms-unsubscribed',
		]);
	});
});
