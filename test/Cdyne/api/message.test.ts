import {
	isInconclusive,
	readOutgoing,
	readReports,
	readSmsResponse,
	toOutcome,
	toOutcomes,
} from '../../../nodes/Cdyne/api/message';
import type { CdyneReport } from '../../../nodes/Cdyne/api/message';
import { factsOf, thrownBy } from '../../engine/harness/canned';
import { messageWith } from '../../engine/harness/contexts';
import { DATE, ID, NO_ID, OTHER_ID, shown, TIME, unknown } from '../cdyne';

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

const text = (SMSError: string | number, MessageID = ID) =>
	readSmsResponse({ ...RAW, SMSError, MessageID });
const mms = (MessageStatus: string | number, MessageID = ID, To = '1') =>
	readOutgoing({ MessageStatus, MessageID, To });

it.each<[string, CdyneReport, boolean]>([
	['no error', text(0), false],
	['a listed error', text(3), false],
	['a listed error in words', text('PhoneNumberInvalid'), false],
	['an error at CDYNE', text(8), true],
	['an unlisted number', text(77), true],
	['the number of a status of MMS', text(200), true],
	['unlisted words', text('New'), true],
	['no words', text(''), true],
	['a listed status', mms(200), false],
	['a listed failure of an MMS', mms(402), false],
	['an unlisted number of an MMS', mms(77), true],
	['the number of an error of texts', mms(3), true],
	['unlisted words of an MMS', mms('InternalError'), true],
])('whether a report with %s is inconclusive', (_, report, expected) => {
	expect(isInconclusive(report)).toBe(expected);
});

describe('the outcome of a report', () => {
	it.each<[string, CdyneReport]>([
		['a text', text(0)],
		['a cancelled text', readSmsResponse({ ...RAW, Cancelled: true })],
		['an MMS on hold', mms(0)],
		['a cancelled MMS', mms(507)],
	])('is that %s with an ID was accepted', (_, report) => {
		const [output, ...more] = shownOutputs(report);
		expect(output).toEqual({ json: report.message, raw: report.raw });
		expect(more).toEqual([]);
	});

	const shownOutputs = (report: CdyneReport) => {
		const outcome = toOutcome(report);
		return outcome.kind === 'accepted' ? outcome.outputs : [];
	};

	it.each<[string, CdyneReport, object]>([
		[
			'without an ID',
			text(3, NO_ID),
			{ kind: 'rejected', message: 'This number cannot be texted (CDYNE: PhoneNumberInvalid)' },
		],
		[
			'with an ID and a number',
			mms(406),
			{
				kind: 'rejected',
				message: 'Not sent to 1: this number cannot be reached (CDYNE: InvalidDestination)',
			},
		],
		[
			'because of an opt-out',
			mms('StopOnPhoneNumber'),
			{
				kind: 'optedOut',
				message: 'Not sent to 1: the recipient has opted out (CDYNE: StopOnPhoneNumber)',
			},
		],
		[
			'of the license key, about no number',
			mms(402),
			{ kind: 'credential', message: 'The account is suspended (CDYNE: AccountSuspended)' },
		],
	])('is a refusal after a rejection %s', (_, report, facts) => {
		const outcome = toOutcome(report);
		if (outcome.kind !== 'refused') throw new Error(outcome.kind);
		expect(factsOf(outcome.failure)).toMatchObject({ ...facts, nothingAccepted: true });
		expect(outcome.outputs).toEqual([{ json: report.message, raw: report.raw }]);
		expect(report.message.status).toBe('failed');
	});

	it.each<[string, CdyneReport, unknown[]]>([
		['a text without an ID', text(0, NO_ID), ['NoError, but without a message ID']],
		['an MMS without an ID', mms(201, NO_ID), ['Ready, but without a message ID']],
		['an error at CDYNE', text(8), ['InternalError', '8']],
		['an unlisted number', text(77), ['77', '77']],
		['an unlisted status of an MMS', mms(3), ['3', '3']],
		['unlisted words', mms('New'), ['New', 'New']],
		['no words', text(''), ['an empty SMSError', '']],
	])('is unknown after %s', (_, report, [words, code]) => {
		const outcome = toOutcome(report);
		const expected = unknown(`CDYNE responded with ${String(words)}`, code as string);
		expect(shown([outcome])).toEqual([expected]);
		expect('outputs' in outcome && outcome.outputs).toBeFalsy();
	});
});

describe('the outcomes of entries', () => {
	const [OK, BAD, SUSPENDED] = [mms(201, OTHER_ID), mms(506), mms(402, NO_ID)];
	const outcomesOf = (byEntry: CdyneReport[][], all = byEntry.flat()) =>
		toOutcomes(byEntry, all, (position, { to }) => ({
			to: `${position} ${to}`,
			referenceId: `r${position}`,
		}));

	it.each<[string, CdyneReport[][], string[]]>([
		['the strongest report of each', [[BAD, OK], [OK, SUSPENDED], [BAD]], ['acc', 'acc', 'ref']],
		['uncertain next to a rejection', [[BAD, text(8)]], ['unk']],
		['refused without a report, after the license key was rejected', [[OK], []], ['acc', 'ref']],
	])('are %s', (_, byEntry, kinds) => {
		const outcomes = outcomesOf(byEntry, [...byEntry.flat(), SUSPENDED]);
		expect(outcomes.map(({ kind }) => kind.slice(0, 3))).toEqual(kinds);
	});

	it('have the fields of their entries', () => {
		expect(shown(outcomesOf([[OK], [OK, mms(200, ID, '2')]]))).toEqual([
			[[OTHER_ID, '0 1', 'r0']],
			[
				[OTHER_ID, '1 1', 'r1'],
				[ID, '1 2', 'r1'],
			],
		]);
		const [outcome] = outcomesOf([[BAD]]);
		expect('failure' in outcome && outcome.failure.message).toMatch(/^Not sent to 0 1: /);
	});

	it('are unknown without a report', () => {
		const noResult = unknown('CDYNE’s response has no result for this recipient');
		expect(shown(outcomesOf([[BAD], []]).slice(1))).toEqual([noResult]);
	});

	it('are refused without a report only if the license key was', () => {
		const suspended = ['refused', 'The account is suspended (CDYNE: AccountSuspended)', '402'];
		expect(shown(outcomesOf([[], []], [SUSPENDED]))).toEqual([suspended, suspended]);
		// this name is not in the list of MMS
		const [outcome] = outcomesOf([[]], [mms('LicenseKeyInvalid', NO_ID)]);
		expect(outcome.kind).toBe('unknown');
	});
});
