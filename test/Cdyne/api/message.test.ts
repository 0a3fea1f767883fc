import {
	asSendResult,
	readOutgoing,
	readSmsResponse,
	readReports,
} from '../../../nodes/Cdyne/api/message';
import type { CdyneReport } from '../../../nodes/Cdyne/api/message';
import { Failure } from '../../../nodes/shared/errors/failure';
import { factsOf, thrownBy } from '../../engine/harness/canned';
import { messageWith } from '../../engine/harness/contexts';
import { DATE, ID, NO_ID, TIME } from '../cdyne';

/** Messages as CDYNE reports them. */

const COMMON = { provider: 'cdyne', messageId: ID, referenceId: 'r', sentAt: TIME };
const RAW = { SMSError: 0, MessageID: ID, ReferenceID: 'r', SentDateTime: DATE };
const NO_ERROR = { number: 0, name: 'NoError' };

describe('a text', () => {
	it.each<[object, object]>([
		[
			{ Cancelled: true, Sent: true },
			{ status: 'canceled', providerStatus: 'Cancelled' },
		],
		[
			{ Sent: 'true', Queued: true },
			{ status: 'sent', providerStatus: 'Sent' },
		],
		[
			{ Sent: false, Queued: true },
			{ status: 'queued', providerStatus: 'Queued' },
		],
		[{}, { status: 'queued', providerStatus: 'accepted' }],
	])('with the flags %j has %j', (flags, status) => {
		const raw = { ...RAW, ...flags };
		const message = messageWith({
			...COMMON,
			isFinal: 'Cancelled' in flags,
			...status,
		});
		expect(readSmsResponse(raw)).toEqual({ message, raw, error: NO_ERROR });
	});

	it.each<[string | number, object, object]>([
		[
			2,
			{ number: 2, name: 'LicenseKeyInvalid' },
			{
				errorCode: '2',
				errorMessage: 'LicenseKeyInvalid: Check the License Key in the credential.',
			},
		],
		[7, { number: 7, name: 'NotFound' }, { errorCode: '7', errorMessage: 'NotFound' }],
		['New', { number: null, name: 'New' }, { errorCode: 'New', errorMessage: 'New' }],
		['', { number: null, name: '' }, { errorCode: '', errorMessage: '' }],
	])('with the error %j has failed', (SMSError, error, facts) => {
		const raw = { ...RAW, SMSError, Sent: true, Cancelled: true };
		const { name } = error as CdyneReport['error'];
		const failed = { status: 'failed', providerStatus: name, isFinal: true } as const;
		const message = messageWith({ ...COMMON, ...failed, ...facts });
		expect(readSmsResponse(raw)).toEqual({ message, raw, error });
	});

	it('may have no ID, no reference and no time', () => {
		const raw = { SMSError: 0, MessageID: NO_ID };
		const { message } = readSmsResponse(raw);
		const status = { status: 'queued', providerStatus: 'accepted' } as const;
		expect(message).toEqual(messageWith({ provider: 'cdyne', messageId: null, ...status }));
	});

	it('without SMSError is malformed', async () => {
		expect(await thrownBy(() => readSmsResponse({ MessageID: ID }))).toEqual({
			kind: 'malformed',
			message: `Expected an SMSResponse from CDYNE, got {"MessageID":"${ID}"}`,
		});
	});
});

describe('an MMS', () => {
	it.each<[string | number, object, object]>([
		[200, { number: 200, name: 'Sent' }, { status: 'sent', isFinal: false }],
		[202, { number: 202, name: 'Processing' }, { status: 'queued', isFinal: false }],
		[507, { number: 507, name: 'Cancelled' }, { status: 'canceled', isFinal: true }],
		['New', { number: null, name: 'New' }, { status: 'unknown', isFinal: false }],
		[
			506,
			{ number: 506, name: 'Failed' },
			{
				status: 'failed',
				isFinal: true,
				errorCode: '506',
				errorMessage: 'Failed: CDYNE could not hand the message to a network.',
			},
		],
	])('with the status %j is read as %j', (MessageStatus, error, facts) => {
		const raw = { MessageStatus, MessageID: ID, To: '1', From: '2', SentTime: DATE };
		const message = messageWith({
			provider: 'cdyne',
			messageId: ID,
			to: '1',
			from: '2',
			providerStatus: (error as CdyneReport['error']).name,
			sentAt: TIME,
			...facts,
		});
		expect(readOutgoing(raw)).toEqual({ message, raw, error });
	});

	it('without MessageStatus is malformed', async () => {
		expect(await thrownBy(() => readOutgoing({}))).toEqual({
			kind: 'malformed',
			message: 'Expected an OutgoingMessageResponse from CDYNE, got {}',
		});
	});
});

describe('a list of reports', () => {
	const read = (raw: object) => raw as never;

	it.each<[unknown, unknown[]]>([
		[
			[{ a: 1 }, { b: 2 }],
			[{ a: 1 }, { b: 2 }],
		],
		[{ a: 1 }, [{ a: 1 }]],
		[null, []],
		['', []],
		[[], []],
	])('%j is read as %j', (value, expected) => {
		expect(readReports(value, read)).toEqual(expected);
	});

	it.each(['x', 0, true])('cannot be %j', async (value) => {
		expect(await thrownBy(() => readReports(value, read))).toEqual({
			kind: 'malformed',
			message: `Expected a list from CDYNE, got ${JSON.stringify(value)}`,
		});
	});
});

it('a failed entry of a response is ambiguous', () => {
	const sent = [1];
	expect(asSendResult(sent)).toBe(sent);
	const failure = asSendResult(new Failure({ kind: 'malformed', message: 'Unreadable' }));
	expect(factsOf(failure)).toMatchObject({
		kind: 'ambiguous',
		message: 'Unreadable. The message may have gone out',
	});
});
