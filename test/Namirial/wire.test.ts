import { toNamirialNumber } from '../../nodes/Namirial/number';
import { readPostback } from '../../nodes/Namirial/postback';
import { jsonIn, objectOf, readMessage } from '../../nodes/Namirial/wire';
import { refusal } from '../shared/canned';
import { QUEUED } from '../shared/queued';
import { ID, MESSAGE } from './namirial';

/** Namirial's JSON, its numbers and its notifications, down to the odd ones. */

describe('the object of an answer', () => {
	const of = (status: number, text: string) => objectOf({ status, headers: {}, text }, 'a thing');

	it.each([200, 201, 299])('is read under HTTP %i', (status) => {
		expect(of(status, '{"a":1}')).toEqual({ a: 1 });
	});

	it.each([
		[199, '{}', 'malformed'],
		[300, '{}', 'rejected'],
		[500, '{}', 'unavailable'],
		[200, '[]', 'malformed'],
		[200, '7', 'malformed'],
	])('is not there under HTTP %i with %s', async (status, text, kind) => {
		expect(await refusal(() => of(status, text))).toMatchObject({
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
		['nothing', undefined],
		['', undefined],
	])('"%s" is read as JSON', (body, value) => {
		expect(jsonIn(body)).toEqual(value);
	});
});

describe('a message', () => {
	it('may have blanks and small letters', () => {
		expect(readMessage({ id: ` ${ID} `, status: ' Delivered ' })).toMatchObject({
			messageId: ID,
			status: 'delivered',
			providerStatus: 'Delivered',
			isFinal: true,
		});
	});

	it('may have nothing that can be read', () => {
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
	])('of status %s has the code %s', (status, errorCode, errorMessage) => {
		expect(readMessage({ ...MESSAGE, status, provider })).toMatchObject({
			errorCode,
			errorMessage,
		});
	});

	it('that failed may come without its upstream provider', () => {
		expect(readMessage({ status: 'REJECTED', provider: null })).toMatchObject({
			status: 'failed',
			errorCode: null,
			errorMessage: null,
		});
	});

	it('of an unknown status is no final one, whatever its channel', () => {
		expect(readMessage({ status: 'PAUSED', channel: 'SMS' }).isFinal).toBe(false);
		expect(readMessage({ status: 'SENT', channel: 'RCS' }).isFinal).toBe(false);
		expect(readMessage({ status: 'UNDELIVERED', channel: 'RCS' }).isFinal).toBe(true);
	});

	it.each([
		[2, 2],
		['2', null],
		[undefined, null],
	])('with the segments %j has %j', (segments, expected) => {
		expect(readMessage({ ...MESSAGE, sms: { segments } }).segments).toBe(expected);
	});
});

describe('a number', () => {
	it('of six digits is too short', async () => {
		expect(await refusal(() => toNamirialNumber('+49 1234'))).toEqual({
			kind: 'rejected',
			message: '"+49 1234" is not a number that Namirial takes: +491234 has not 7 to 15 digits',
			description: 'Give a whole number in international form, such as +39 333 111 2233.',
			nothingAccepted: true,
		});
	});

	it.each([
		['+683 4000', undefined, '+6834000'],
		['+49 69 12345678901', undefined, '+496912345678901'],
		['333 111 2233', 'IT', '+393331112233'],
	])('%s of %s is taken', (input, country, number) => {
		expect(toNamirialNumber(input, country)).toBe(number);
	});
});

describe('a notification', () => {
	const read = (value: unknown) =>
		readPostback({ text: JSON.stringify(value), contentType: '', headers: {} });
	const one = (more: object = {}, message: object = {}) => ({
		type: 'STATUS_UPDATE',
		message: { id: ID, status: 'SENT', statusChangedAt: '2026-03-01T10:00:07Z', ...message },
		...more,
	});

	it.each(['STATUS_UPDATE', ' status_update '])('of the type "%s" is a change', (type) => {
		const raw = one({ id: 'n1', type });
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

	it('without an id is named by its message', () => {
		const [{ key }] = read(one());
		expect(key).toEqual([ID, 'SENT', '2026-03-01T10:00:07.000Z']);
	});

	it.each([
		['of another type', one({ type: 'OTHER' })],
		['without a type', one({ type: undefined })],
		['whose message is a text', one({ message: 'x' })],
		['whose message has no id', one({}, { id: '' })],
	])('%s is unknown, with its time', (_what, body) => {
		const createdAt = '2026-03-01T10:00:09Z';
		const raw = JSON.parse(JSON.stringify({ ...body, createdAt })) as object;
		const unknown = { event: 'unknown', occurredAt: '2026-03-01T10:00:09.000Z' };
		expect(read(raw)).toEqual([
			{ ...unknown, key: [JSON.stringify(raw)], text: JSON.stringify(raw), raw },
		]);
		const named = { ...raw, id: 'n1' };
		expect(read(named)).toEqual([
			{ ...unknown, key: ['n1'], text: JSON.stringify(named), raw: named },
		]);
	});

	it('may come in a list, beside what is none', () => {
		expect(read([one({ id: 'n1' }), null, 'x', one({ id: 'n2' })]).map(({ key }) => key)).toEqual([
			['n1'],
			['n2'],
		]);
	});

	it('may have blanks around it', () => {
		const text = ` \n${JSON.stringify(one({ id: 'n1' }))}\n`;
		expect(readPostback({ text, contentType: '', headers: {} })).toHaveLength(1);
	});
});
