import { cancelMessage, getByReference, getStatus } from '../../../nodes/Cdyne/api/status';
import { refusal } from '../../shared/canned';
import { apiWith, got, ID, ACCOUNT, OTHER_ID } from '../cdyne';

/** Looking messages up and calling them back. */

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
])('an %s with %j is refused, unless it is wanted plain', async (type, raw, kind, code) => {
	const { api } = apiWith(raw);
	expect(await refusal(async () => await getStatus(api, ID, type))).toMatchObject({ kind, code });
	expect(await getStatus(api, ID, type, true)).toMatchObject({ raw });
});

it.each([
	[TEXT, { SMSError: 3 }, 'failed'],
	[MMS, { MessageStatus: 506 }, 'failed'],
	[MMS, { MessageStatus: 'LicenseKeyInvalid' }, 'unknown'],
])('an %s with %j is looked up all the same', async (type, raw, status) => {
	expect(await getStatus(apiWith(raw).api, ID, type)).toMatchObject({ message: { status } });
});

it.each([
	[TEXT, null, 'an SMSResponse'],
	[TEXT, [], 'an SMSResponse'],
	[MMS, '', 'a message'],
	[MMS, [], 'a message'],
])('an %s is not %j', async (type, answer, what) => {
	const { api } = apiWith(answer);
	expect(await refusal(async () => await getStatus(api, ID, type))).toEqual({
		kind: 'malformed',
		message: `Expected ${what} of CDYNE, got \u0000`,
		came: [JSON.stringify(answer)],
	});
});

it('messages of a reference are those that are known', async () => {
	const raws = [
		{ SMSError: 0, MessageID: ID },
		{ SMSError: 7 },
		{ SMSError: 3, MessageID: OTHER_ID },
	];
	const { api, requests } = apiWith(raws);
	const found = await getByReference(api, 'r');
	expect(found.map(({ message }) => [message.messageId, message.status])).toEqual([
		[ID, 'queued'],
		[OTHER_ID, 'failed'],
	]);
	expect(requests).toEqual([
		got('GetMessageStatusByReferenceID', { ReferenceID: 'r', LicenseKey: ACCOUNT }),
	]);
});

it('messages of a reference are refused with the key', async () => {
	const { api } = apiWith([{ SMSError: 2 }]);
	expect(await refusal(async () => await getByReference(api, 'r'))).toMatchObject({
		kind: 'credential',
		code: '2',
	});
});

it.each([true, false])('a cancellation that is answered %s is', async (answer) => {
	const { api, requests } = apiWith(answer);
	expect(await cancelMessage(api, ID)).toBe(answer);
	expect(requests).toEqual([got('CancelMessage', { MessageID: ID })]);
});
