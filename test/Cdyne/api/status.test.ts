import { cancelMessage, getByReference, getStatus } from '../../../nodes/Cdyne/api/status';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiResponding, apiWith, got, ID, OTHER_ID } from '../cdyne';

/** Looking up and cancelling messages. */

const [TEXT, MMS] = ['sms', 'mms'] as const;

it.each([
	[TEXT, { SMSError: 0, Sent: true, MessageID: ID }, 'GetMessageStatus', { MessageID: ID }],
	[
		MMS,
		{ MessageStatus: 200, MessageID: ID },
		'ReadMessageStatus',
		{ LicenseKey: ACCOUNT, MessageId: ID },
	],
])('an %s is looked up', async (type, raw, operation, query) => {
	const { api, requests } = apiWith(raw);
	const report = await getStatus(api, ID, type);
	expect(report).toMatchObject({ message: { messageId: ID, status: 'sent' }, raw });
	expect(requests).toEqual([got(operation, query)]);
});

it.each([
	[TEXT, { SMSError: 2 }, 'credential', '2'],
	[TEXT, { SMSError: 8 }, 'unavailable', '8'],
	[MMS, { MessageStatus: 401 }, 'credential', '401'],
	[MMS, { MessageStatus: 'InternalError' }, 'unavailable', 'InternalError'],
])('an %s with %j is an error', async (type, raw, kind, code) => {
	const { api } = apiWith(raw);
	expect(await thrownBy(async () => await getStatus(api, ID, type))).toMatchObject({ kind, code });
});

it.each([
	[TEXT, { SMSError: 3 }, 'failed'],
	[MMS, { MessageStatus: 506 }, 'failed'],
	[MMS, { MessageStatus: 'LicenseKeyInvalid' }, 'unknown'],
])('an %s with %j is returned', async (type, raw, status) => {
	expect(await getStatus(apiWith(raw).api, ID, type)).toMatchObject({ message: { status } });
});

it.each([
	[TEXT, null, 'an SMSResponse'],
	[TEXT, [], 'an SMSResponse'],
	[MMS, '', 'a message'],
	[MMS, [], 'a message'],
])('the look-up of an %s with the response %j is malformed', async (type, response, expected) => {
	const { api } = apiWith(response);
	expect(await thrownBy(async () => await getStatus(api, ID, type))).toEqual({
		kind: 'malformed',
		message: `Expected ${expected} from CDYNE, got ${JSON.stringify(response)}`,
	});
});

it('a look-up by reference returns the messages that exist', async () => {
	const raws = [
		{ SMSError: 0, MessageID: ID },
		{ SMSError: 7 },
		{ SMSError: 3, MessageID: OTHER_ID },
	];
	const { api, requests } = apiWith(raws);
	const { reports } = await getByReference(api, 'r');
	expect(reports.map(({ message }) => [message.messageId, message.status])).toEqual([
		[ID, 'queued'],
		[OTHER_ID, 'failed'],
	]);
	expect(requests).toEqual([
		got('GetMessageStatusByReferenceID', { ReferenceID: 'r', LicenseKey: ACCOUNT }),
	]);
});

it.each([
	['rejects the license key', { SMSError: 2 }, { kind: 'credential', code: '2' }],
	[
		'rejects the license key with a reference',
		{ SMSError: 2, ReferenceID: 'r' },
		{ kind: 'credential', code: '2' },
	],
	['is about a suspended account', { SMSError: 9 }, { kind: 'credential', code: '9' }],
	['is an error at CDYNE', { SMSError: 8 }, { kind: 'unavailable', code: '8' }],
])('a look-up by reference fails if the response %s, and not beside a message', async (...row) => {
	const [, raw, facts] = row;
	const getAll = async (...raws: object[]) => await getByReference(apiWith(raws).api, 'r');
	expect(await thrownBy(async () => await getAll(raw))).toMatchObject(facts);
	expect(await thrownBy(async () => await getAll(raw, raw))).toMatchObject(facts);
	const good = { SMSError: 0, MessageID: ID, ReferenceID: 'r' };
	const { reports, isComplete } = await getAll(good, raw);
	expect(reports.map(({ message: { status } }) => status)).toEqual(['queued', 'unknown']);
	expect(isComplete).toBe(false);
});

it.each([8, 9])('a message that failed with the error %i is returned', async (SMSError) => {
	const raw = { SMSError, MessageID: ID, ReferenceID: 'r' };
	const { reports } = await getByReference(apiWith([raw]).api, 'r');
	expect(reports).toMatchObject([{ raw, message: { status: 'failed' } }]);
});

describe('the clock of CDYNE', () => {
	const NOW = Date.parse('2030-01-01T12:00:00.250Z');
	beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(NOW));
	afterEach(() => void jest.restoreAllMocks());

	it.each<[object, object | undefined]>([
		[{ Date: 'Tue, 01 Jan 2030 12:01:00 GMT' }, { min: 59_750, max: 60_749 }],
		[{}, undefined],
	])('in the headers %j of a look-up by reference is %j', async (headers, clock) => {
		const { api } = apiResponding(() => ({ headers, body: [] }));
		expect(await getByReference(api, 'r')).toEqual({ reports: [], isComplete: true, clock });
	});
});

it.each([true, false])('the response %s to a cancellation is returned', async (response) => {
	const { api, requests } = apiWith(response);
	expect(await cancelMessage(api, ID)).toBe(response);
	expect(requests).toEqual([got('CancelMessage', { MessageID: ID })]);
});
