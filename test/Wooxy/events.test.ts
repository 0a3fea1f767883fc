import { comparable, eventNamed, eventsToRegister } from '../../nodes/Wooxy/events';
import { extraShape, isUnnamed, readDatetime, readPostback } from '../../nodes/Wooxy/postback';
import type { PostbackEvent } from '../../nodes/shared/event';

/** Postbacks as events, member by member, and the names of events. */

const read = (body: unknown) =>
	readPostback({
		text: typeof body === 'string' ? body : JSON.stringify(body),
		contentType: '',
		headers: {},
	});

describe('a postback', () => {
	it('has every member', () => {
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

	it('may have none', () => {
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
		['odd', 'unknown', { to: '1' }],
	])('of %s is %s, and of no status', (name, event, number) => {
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
	])('has its id: %j', (fields, messageId) => {
		expect(read(fields)).toMatchObject([{ messageId }]);
	});

	it.each([
		[{ phone: '2', contact: { phone: '3' } }, '2'],
		[{ phone: ' ', contact: { phone: '3' } }, '3'],
		[{ contact: { phoneNumber: '3' } }, null],
		[{ contact: 'x' }, null],
		[{ contact: null }, null],
	])('has its number: %j', (fields, to) => {
		expect(read(fields)).toMatchObject([{ to }]);
	});

	it('may have blanks around it, and come in a list', () => {
		expect(read(' \n{"event":"read"}\n')).toHaveLength(1);
		expect(read([{ id: 1 }, { id: 2 }]).map(({ messageId }) => messageId)).toEqual(['1', '2']);
	});

	it.each(['7', 'null', '[{},7]', '[[]]', '"x"'])('that is %s is none', (body) => {
		expect(() => read(body)).toThrow('not an object');
	});
});

describe('what events have besides', () => {
	it('is a text each', () => {
		expect(extraShape).toEqual({ email: { type: 'string' }, userId: { type: 'string' } });
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
	])('of %j is unnamed: %s', (raw, expected) => {
		expect(isUnnamed({ raw } as PostbackEvent)).toBe(expected);
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
	])('%j is %s', (value, expected) => {
		expect(readDatetime(value)).toBe(expected);
	});
});

describe('a name', () => {
	it.each([
		[' SMS_A_b ', 'sms-a-b'],
		['sms-a', 'sms-a'],
	])('"%s" is compared as "%s"', (name, expected) => {
		expect(comparable(name)).toBe(expected);
	});

	it.each([
		['sms-delivered', 'message.status'],
		['SMS_UNSUBSCRIBED', 'contact.optedOut'],
		['smsdelivered', 'unknown'],
		['', 'unknown'],
	])('"%s" is %s', (name, event) => {
		expect(eventNamed(name)).toBe(event);
	});

	it('is registered for where its event is wanted, all where none is', () => {
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
