import { readPostback } from '../../nodes/Namirial/postback';
import { objectOf, readMessage, tryParseJson } from '../../nodes/Namirial/wire';
import { thrownBy } from '../engine/harness/canned';
import { QUEUED } from '../engine/harness/queued';
import { ID, MESSAGE } from './namirial';

/** Namirial's JSON and its notifications. */

describe('the object in a response', () => {
	const of = (status: number, text: string) => objectOf({ status, headers: {}, text }, 'a thing');

	it.each([200, 201, 299])('is read with HTTP %i', (status) => {
		expect(of(status, '{"a":1}')).toEqual({ a: 1 });
	});

	it.each([
		[199, '{}', 'malformed'],
		[300, '{}', 'rejected'],
		[500, '{}', 'unavailable'],
		[200, '[]', 'malformed'],
		[200, '7', 'malformed'],
	])('is missing with HTTP %i and %s', async (status, text, kind) => {
		expect(await thrownBy(() => of(status, text))).toMatchObject({
			kind,
			message: expect.stringContaining('Expected a thing, got'),
			httpStatus: status,
		});
	});
});

describe('a text', () => {
	it.each([
		['{"a":1}', { a: 1 }],
		['7', 7],
		['no JSON', undefined],
		['', undefined],
	])('"%s" is read as JSON', (text, value) => {
		expect(tryParseJson(text)).toEqual(value);
	});
});

describe('a message', () => {
	it('is read as in the published sample', () => {
		expect(readMessage(MESSAGE)).toEqual({
			provider: 'namirial',
			messageId: ID,
			referenceId: 'EXT_KEY',
			to: null,
			from: null,
			status: 'delivered',
			isFinal: true,
			providerStatus: 'DELIVERED',
			errorCode: null,
			errorMessage: null,
			createdAt: '2026-02-12T14:51:00.000Z',
			sentAt: null,
			updatedAt: '2026-02-12T14:51:20.000Z',
			channel: 'SMS',
			segments: 1,
			encoding: null,
		});
	});

	it.each([
		['PROVIDER_ACCEPTANCE', 'SMS', 'queued', false],
		['SENT', 'SMS', 'sent', false],
		['DELIVERED', 'SMS', 'delivered', true],
		['DELIVERED', 'RCS', 'delivered', false],
		['DELIVERED', undefined, 'delivered', true],
		['READ', 'RCS', 'read', true],
		['UNDELIVERED', 'SMS', 'undelivered', true],
		['UNDELIVERED', 'RCS', 'undelivered', true],
		['REJECTED', 'SMS', 'failed', true],
		['PAUSED', 'SMS', 'unknown', false],
	])('with %s on %s is %s, final: %s', (providerStatus, channel, status, isFinal) => {
		expect(readMessage({ ...MESSAGE, status: providerStatus, channel })).toMatchObject({
			status,
			isFinal,
			providerStatus,
		});
	});

	it('that failed has the code and message of the upstream provider', () => {
		const provider = { ...MESSAGE.provider, code: '30007', message: 'Number Blocked by Carrier' };
		expect(readMessage({ ...MESSAGE, status: 'UNDELIVERED', provider })).toMatchObject({
			errorCode: '30007',
			errorMessage: 'Number Blocked by Carrier',
		});
	});

	it.each([
		['an empty reference', { reference: {} }],
		['no reference', { reference: undefined }],
	])('with %s has no referenceId', (_what, change) => {
		expect(readMessage({ ...MESSAGE, ...change }).referenceId).toBeNull();
	});

	it('on RCS may have no segments', () => {
		expect(readMessage({ ...MESSAGE, sms: undefined }).segments).toBeNull();
	});

	it('may contain spaces and lower-case letters', () => {
		expect(readMessage({ id: ` ${ID} `, status: ' Delivered ' })).toMatchObject({
			messageId: ID,
			status: 'delivered',
			providerStatus: 'Delivered',
			isFinal: true,
		});
	});

	it('may have no readable members', () => {
		expect(readMessage({ reference: 'k', provider: 'p', sms: 's' })).toEqual({
			...QUEUED,
			provider: 'namirial',
			messageId: null,
			status: 'unknown',
			providerStatus: '',
			segments: null,
			encoding: null,
		});
	});

	const provider = { code: '7', message: 'Words' };
	it.each([
		['UNDELIVERED', '7', 'Words'],
		['REJECTED', '7', 'Words'],
		['DELIVERED', null, null],
		['SENT', null, null],
		['toString', null, null],
	])('with the status %s has the error code %s', (status, errorCode, errorMessage) => {
		expect(readMessage({ ...MESSAGE, status, provider })).toMatchObject({
			errorCode,
			errorMessage,
		});
	});

	it.each([
		[
			'REJECTED',
			'failed',
			'REJECTED: the upstream provider rejected the message, and it was not sent',
		],
		[' undelivered ', 'undelivered', 'undelivered: the delivery failed'],
	])('with the status %s may have no upstream provider', (word, status, errorMessage) => {
		for (const nothing of [null, {}, { message: null }]) {
			expect(readMessage({ status: word, provider: nothing })).toMatchObject({
				status,
				errorCode: null,
				errorMessage,
			});
		}
	});

	it.each([
		['RCS', { channel: 'RCS' }],
		[' SMS ', { channel: 'SMS' }],
		['', {}],
		[null, {}],
		[undefined, {}],
	])('with the channel %j has the field %j', (channel, expected) => {
		const message = Object.entries(readMessage({ ...MESSAGE, channel }));
		const read = message.filter(([name]) => name === 'channel');
		expect(Object.fromEntries(read)).toEqual(expected);
	});

	it('with an unknown or intermediate status is not final on any channel', () => {
		expect(readMessage({ status: 'PAUSED', channel: 'SMS' }).isFinal).toBe(false);
		expect(readMessage({ status: 'SENT', channel: 'RCS' }).isFinal).toBe(false);
		expect(readMessage({ status: 'UNDELIVERED', channel: 'RCS' }).isFinal).toBe(true);
	});

	it.each([
		[2, 2],
		['2', null],
		[undefined, null],
	])('with the segments %j has %j segments', (segments, expected) => {
		expect(readMessage({ ...MESSAGE, sms: { segments } }).segments).toBe(expected);
	});
});

describe('a notification', () => {
	const read = (value: unknown) =>
		readPostback({ text: JSON.stringify(value), contentType: '', headers: {} });
	const notification = (more: object = {}, message: object = {}) => ({
		type: 'STATUS_UPDATE',
		message: { id: ID, status: 'SENT', statusChangedAt: '2026-03-01T10:00:07Z', ...message },
		...more,
	});

	it.each(['STATUS_UPDATE', ' status_update '])('of the type "%s" is a status change', (type) => {
		const raw = notification({ id: 'n1', type });
		expect(read(raw)).toEqual([
			{
				event: 'message.status',
				key: ['n1'],
				messageId: ID,
				referenceId: null,
				status: 'sent',
				isFinal: false,
				providerStatus: 'SENT',
				errorCode: null,
				errorMessage: null,
				occurredAt: '2026-03-01T10:00:07.000Z',
				raw,
			},
		]);
	});

	it('without an ID is identified by its message', () => {
		const [{ key }] = read(notification());
		expect(key).toEqual([ID, 'SENT', '2026-03-01T10:00:07.000Z']);
	});

	it.each([
		['of another type', notification({ type: 'OTHER' })],
		['without a type', notification({ type: undefined })],
		['whose message is a text', notification({ message: 'x' })],
		['whose message has no ID', notification({}, { id: '' })],
	])('%s is unknown, with its time', (_what, body) => {
		const createdAt = '2026-03-01T10:00:09Z';
		const raw = JSON.parse(JSON.stringify({ ...body, createdAt })) as object;
		const unknown = { event: 'unknown', occurredAt: '2026-03-01T10:00:09.000Z' };
		expect(read(raw)).toEqual([
			{ ...unknown, key: [JSON.stringify(raw)], text: JSON.stringify(raw), raw },
		]);
		const withId = { ...raw, id: 'n1' };
		expect(read(withId)).toEqual([
			{ ...unknown, key: ['n1'], text: JSON.stringify(withId), raw: withId },
		]);
	});

	it('may be in a list, beside other values', () => {
		expect(
			read([notification({ id: 'n1' }), null, 'x', notification({ id: 'n2' })]).map(
				({ key }) => key,
			),
		).toEqual([['n1'], ['n2']]);
	});

	it('may be surrounded by spaces', () => {
		const text = ` \n${JSON.stringify(notification({ id: 'n1' }))}\n`;
		expect(readPostback({ text, contentType: '', headers: {} })).toHaveLength(1);
	});
});
