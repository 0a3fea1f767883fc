import type { SmsRequest } from '../../../nodes/Cdyne/api/message';
import { sendBatched, sendSimple, sendSms } from '../../../nodes/Cdyne/api/texts';
import { Failure } from '../../../nodes/shared/errors/failure';
import { createBatches } from '../../../nodes/shared/http/batcher';
import {
	ACCOUNT,
	apiResponding,
	apiWith,
	got,
	ID,
	NO_ID,
	OTHER_ID,
	posted,
	shown,
	unknown,
} from '../cdyne';

/** Sending texts: the requests, and matching the results to the recipients. */

const ENCODING = { isUnicode: true, concatenate: false };
const ALPHABET = { segments: 1, encoding: 'GSM-7' } as const;
const ONE: SmsRequest = { number: '17575550142', reference: 'r1', text: 'Hi', ...ALPHABET };
const TWO: SmsRequest = { number: '17575550143', reference: 'r2', text: 'Ho', ...ALPHABET };
const SAME: SmsRequest = { number: '17575550144', reference: 'r1', text: 'Hm', ...ALPHABET };

const result = (ReferenceID?: string, MessageID = ID, SMSError: unknown = 0) => ({
	...(ReferenceID !== undefined && { ReferenceID }),
	MessageID,
	SMSError,
});

const outcomesOf = async (entries: SmsRequest[], response: unknown) =>
	shown(await sendSms(apiWith(response).api, entries, ENCODING));

const NO_RESULT = unknown('CDYNE’s response has no result for this recipient');
const NOT_TOLD = unknown('CDYNE’s response does not tell which result is for this recipient');
const KEY_INVALID = ['refused', 'The License Key is not valid (CDYNE: LicenseKeyInvalid)', '2'];
const SUSPENDED = [
	'refused',
	'The account is suspended (CDYNE: ContactCdyneAccountSuspended)',
	'9',
];
const wrongNumber = ({ number }: SmsRequest) => [
	'refused',
	`Not sent to ${number}: this number cannot be texted (CDYNE: PhoneNumberInvalid)`,
	'3',
];

const bodyOf = (entries: object[]) => ({
	Concatenate: false,
	IsUnicode: true,
	LicenseKey: ACCOUNT,
	SMSRequests: entries,
});

const BARE = { Message: 'Hi', PhoneNumbers: ['17575550142'], ReferenceID: 'r1' };

const sentWith = (...entries: object[]) =>
	posted('AdvancedSMSsend', bodyOf(entries), { kind: 'send' });

describe('texts', () => {
	it('are sent with all their fields, and without empty ones', async () => {
		const full = {
			...TWO,
			from: '17575550100',
			scheduledAt: new Date(5),
			statusUrl: 'https://s',
		};
		const raws = [result('r1'), result('r2', OTHER_ID)];
		const { api, requests } = apiWith(raws);
		const outcomes = await sendSms(api, [ONE, full], ENCODING);
		expect(requests).toEqual([
			sentWith(BARE, {
				AssignedDID: '17575550100',
				Message: 'Ho',
				PhoneNumbers: ['17575550143'],
				ReferenceID: 'r2',
				ScheduledDateTime: '/Date(5)/',
				StatusPostBackURL: 'https://s',
			}),
		]);
		const json = { status: 'queued', ...ALPHABET };
		expect(outcomes).toMatchObject([
			{ kind: 'accepted', outputs: [{ raw: raws[0], json: { ...json, to: ONE.number } }] },
			{ kind: 'accepted', outputs: [{ raw: raws[1], json: { ...json, to: TWO.number } }] },
		]);
	});

	it.each<[string, SmsRequest[], unknown, unknown]>([
		[
			'in another order',
			[ONE, TWO],
			[result('r2', OTHER_ID), result('r1')],
			[[[ID, ONE.number, 'r1']], [[OTHER_ID, TWO.number, 'r2']]],
		],
		[
			'of one reference, by their order',
			[ONE, SAME],
			[result('r1'), result('r1', OTHER_ID)],
			[[[ID, ONE.number, 'r1']], [[OTHER_ID, SAME.number, 'r1']]],
		],
		[
			'of one reference, too many',
			[ONE, SAME],
			[result('r1'), result('r1', OTHER_ID), result('r1', OTHER_ID)],
			[NOT_TOLD, NOT_TOLD],
		],
		['of one reference, too few', [ONE, SAME], [result('r1')], [NOT_TOLD, NOT_TOLD]],
		[
			'of one reference, too few beside a rejected license key',
			[ONE, SAME, TWO],
			[result('r1'), result(undefined, NO_ID, 2)],
			[NOT_TOLD, NOT_TOLD, KEY_INVALID],
		],
		[
			'without references, by their order',
			[ONE, TWO],
			[result(), result(undefined, OTHER_ID)],
			[[[ID, ONE.number, 'r1']], [[OTHER_ID, TWO.number, 'r2']]],
		],
		[
			'of which one has a reference',
			[ONE, TWO],
			[result(), result('r1', OTHER_ID)],
			[[[OTHER_ID, ONE.number, 'r1']], [[ID, TWO.number, 'r2']]],
		],
		['that are incomplete and have no references', [ONE, TWO], [result()], [NO_RESULT, NO_RESULT]],
		[
			'that are too many and have no references',
			[ONE, TWO],
			[result(), result(), result()],
			[NO_RESULT, NO_RESULT],
		],
		['of which one is missing', [ONE, TWO], [result('r2')], [NO_RESULT, [[ID, TWO.number, 'r2']]]],
		[
			'of which one has an unknown reference',
			[ONE, TWO],
			[result('r2'), result('x', OTHER_ID)],
			[NO_RESULT, [[ID, TWO.number, 'r2']]],
		],
		[
			'of an entry that became several messages',
			[ONE, TWO],
			[result('r1'), result('r2'), result('r2', OTHER_ID), result('r1', OTHER_ID)],
			[
				[
					[ID, ONE.number, 'r1'],
					[OTHER_ID, ONE.number, 'r1'],
				],
				[
					[ID, TWO.number, 'r2'],
					[OTHER_ID, TWO.number, 'r2'],
				],
			],
		],
		[
			'of a single entry, with any references',
			[ONE],
			[result('x'), result(undefined, OTHER_ID)],
			[
				[
					[ID, ONE.number, 'r1'],
					[OTHER_ID, ONE.number, 'r1'],
				],
			],
		],
		['of a single entry with another reference', [ONE], [result('x')], [[[ID, ONE.number, 'r1']]]],
		[
			'that are rejections, with and without an ID',
			[ONE, TWO],
			[result('r1', NO_ID, 3), result('r2', ID, 1)],
			[
				wrongNumber(ONE),
				[
					'refused',
					`Not sent to ${TWO.number}: the recipient has opted out (CDYNE: STOPfromPhoneNumber)`,
					'1',
				],
			],
		],
		[
			'that all reject the license key',
			[ONE, TWO],
			[result('r1', NO_ID, 2), result('r2', NO_ID, 2)],
			[KEY_INVALID, KEY_INVALID],
		],
		[
			'of which one rejects the license key, and none is about the other text',
			[ONE, TWO],
			[result(undefined, NO_ID, 2)],
			[KEY_INVALID, KEY_INVALID],
		],
		[
			'of which one was accepted before the account was suspended',
			[ONE, TWO],
			[result('r1'), result('r2', NO_ID, 9)],
			[[[ID, ONE.number, 'r1']], SUSPENDED],
		],
		[
			'that end where the account was suspended',
			[ONE, TWO, { ...TWO, reference: 'r3' }, { ...TWO, reference: 'r4' }],
			[result('r1'), result('r2', NO_ID, 'ContactEsendexAccountSuspended')],
			[[[ID, ONE.number, 'r1']], SUSPENDED, SUSPENDED, SUSPENDED],
		],
		[
			'of which the second one about an entry accepts it',
			[ONE, TWO],
			[result('r1', NO_ID, 3), result('r1', OTHER_ID), result('r2')],
			[[[OTHER_ID, ONE.number, 'r1']], [[ID, TWO.number, 'r2']]],
		],
		[
			'of which the second one about an entry rejects it',
			[ONE],
			[result('r1'), result('r1', NO_ID, 3)],
			[[[ID, ONE.number, 'r1']]],
		],
		[
			'of which the second one about an entry says nothing',
			[ONE],
			[result('r1', ID, 8), result('r1', NO_ID, 3)],
			[unknown('CDYNE responded with InternalError', '8')],
		],
		[
			'that say nothing about the message',
			[ONE, TWO, { ...TWO, reference: 'r3' }, { ...TWO, reference: 'r4' }],
			[result('r1', ID, 8), result('r2', ID, 'New'), result('r3', ID, 77), result('r4', ID, '')],
			[
				unknown('CDYNE responded with InternalError', '8'),
				unknown('CDYNE responded with New', 'New'),
				unknown('CDYNE responded with 77', '77'),
				unknown('CDYNE responded with an empty SMSError', ''),
			],
		],
		[
			'of which one has no ID',
			[ONE],
			[result('r1'), result('r1', NO_ID)],
			[[[ID, ONE.number, 'r1']]],
		],
		[
			'without any ID',
			[ONE],
			[result('r1', NO_ID)],
			[unknown('CDYNE responded with NoError, but without a message ID')],
		],
	])('are matched to results %s', async (_, entries, response, expected) => {
		expect(await outcomesOf(entries, response)).toEqual(expected);
	});

	it.each([[[]], [null], [['x']]])(
		'are unknown if the response %j has no results',
		async (response) => {
			const words = `Expected a result for each recipient from CDYNE, got ${JSON.stringify(response)}`;
			expect(await outcomesOf([ONE, TWO], response)).toEqual([unknown(words), unknown(words)]);
		},
	);

	it.each<[number, string]>([
		[200, 'refused'],
		[500, 'unknown'],
		[503, 'unknown'],
		[400, 'refused'],
	])('with a rejection under HTTP %i are %s, and not sent again', async (status, kind) => {
		const body = [result('r1', NO_ID, 3), result('r2', NO_ID, 3)];
		const { api, requests } = apiResponding(() => ({ status, body }));
		const outcomes = await sendSms(api, [ONE, TWO], ENCODING);
		expect(outcomes.map((outcome) => outcome.kind)).toEqual([kind, kind]);
		expect(requests).toHaveLength(1);
	});
});

describe('texts of several items', () => {
	const RESPONSE = [result('r1'), result('r2', OTHER_ID)];
	const [OF_ONE, OF_TWO] = [[[ID, ONE.number, 'r1']], [[OTHER_ID, TWO.number, 'r2']]];
	const SECOND = { Message: 'Ho', PhoneNumbers: ['17575550143'], ReferenceID: 'r2' };

	it('are sent one by one without batches', async () => {
		const { api, requests } = apiWith([RESPONSE[0]], [RESPONSE[1]]);
		const batches = createBatches(1);
		const results = await Promise.all(
			[ONE, TWO].map(async (text) => await sendBatched(api, batches, [text], ENCODING)),
		);
		expect(results.map(shown)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([sentWith(BARE), sentWith(SECOND)]);
	});

	it('are sent in one call in batches', async () => {
		const { api, requests } = apiWith(RESPONSE);
		const batches = createBatches(2);
		const results = await Promise.all(
			[ONE, TWO].map(async (text) => await sendBatched(api, batches, [text], { ...ENCODING })),
		);
		expect(results.map(shown)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([sentWith(BARE, SECOND)]);
	});

	it('are sent in a call for each encoding', async () => {
		const { api, requests } = apiWith([RESPONSE[0]], [RESPONSE[1]]);
		const batches = createBatches(2);
		const other = { ...ENCODING, isUnicode: false };
		const results = await Promise.all([
			sendBatched(api, batches, [ONE], ENCODING),
			sendBatched(api, batches, [TWO], other),
		]);
		expect(results.map(shown)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([
			sentWith(BARE),
			posted('AdvancedSMSsend', { ...bodyOf([SECOND]), IsUnicode: false }, { kind: 'send' }),
		]);
	});

	const inBatch = async (...responses: unknown[]) => {
		const { api, requests } = apiWith(...responses);
		const batches = createBatches(2);
		const outcomes = await Promise.all(
			[ONE, TWO].map(async (text) => await sendBatched(api, batches, [text], ENCODING)),
		);
		return { outcomes: outcomes.flatMap(shown), requests };
	};

	it('have their own outcomes in a batch', async () => {
		const { outcomes, requests } = await inBatch([result('r1'), result('r2', NO_ID, 9)]);
		expect(outcomes).toEqual([OF_ONE, SUSPENDED]);
		expect(requests).toHaveLength(1);
	});

	it('are sent one by one after the batch was rejected as a whole', async () => {
		const failure = new Failure({ kind: 'rejected', message: 'Bad', nothingAccepted: true });
		const { outcomes, requests } = await inBatch(failure, [RESPONSE[0]], failure);
		expect(outcomes).toEqual([OF_ONE, ['refused', 'Bad', undefined]]);
		expect(requests).toEqual([sentWith(BARE, SECOND), sentWith(BARE), sentWith(SECOND)]);
	});

	it.each<[string, unknown, unknown[]]>([
		[
			'each was rejected',
			[result('r1', NO_ID, 3), result('r2', NO_ID, 3)],
			[wrongNumber(ONE), wrongNumber(TWO)],
		],
		['the license key was rejected', [result(undefined, NO_ID, 2)], [KEY_INVALID, KEY_INVALID]],
		[
			'the response was lost',
			new Failure({ kind: 'unavailable', message: 'Lost' }),
			[unknown('Lost'), unknown('Lost')],
		],
	])('are not sent one by one after %s', async (_, response, expected) => {
		const { outcomes, requests } = await inBatch(response);
		expect(outcomes).toEqual(expected);
		expect(requests).toHaveLength(1);
	});
});

describe('a simple text', () => {
	const send = async (response: unknown, statusUrl?: string) => {
		const { api, requests } = apiWith(response);
		return { outcomes: await sendSimple(api, { ...ONE, statusUrl }), requests };
	};
	const query = { PhoneNumber: ONE.number, Message: 'Hi', LicenseKey: ACCOUNT };

	it.each<[string | undefined, string, object]>([
		[undefined, 'SimpleSMSsend', query],
		['', 'SimpleSMSsend', query],
		['https://s', 'SimpleSMSsendWithPostback', { ...query, StatusPostBackURL: 'https://s' }],
	])('with the status URL %j is sent with %s', async (statusUrl, operation, expected) => {
		const raw = result();
		const { outcomes, requests } = await send(raw, statusUrl);
		const json = { messageId: ID, to: ONE.number, status: 'queued', ...ALPHABET };
		expect(outcomes).toMatchObject([{ kind: 'accepted', outputs: [{ raw, json }] }]);
		expect(requests).toEqual([got(operation, expected, { kind: 'send' })]);
	});

	it.each<[string, unknown, unknown[]]>([
		['is refused after a rejection', result(undefined, ID, 3), wrongNumber(ONE)],
		['is refused without the account', result(undefined, NO_ID, 9), SUSPENDED],
		[
			'is unknown without an ID',
			result(undefined, NO_ID),
			unknown('CDYNE responded with NoError, but without a message ID'),
		],
		[
			'is unknown after an error at CDYNE',
			result(undefined, ID, 8),
			unknown('CDYNE responded with InternalError', '8'),
		],
		[
			'is unknown after unlisted words',
			result(undefined, ID, 'New'),
			unknown('CDYNE responded with New', 'New'),
		],
		[
			'is unknown after a list',
			[result()],
			unknown(`Expected an SMSResponse from CDYNE, got ${JSON.stringify([result()])}`),
		],
		[
			'is unknown if its response is lost',
			new Failure({ kind: 'ambiguous', message: 'Lost' }),
			['unknown', 'Lost', undefined],
		],
	])('%s', async (_, response, expected) => {
		expect(shown((await send(response)).outcomes)).toEqual([expected]);
	});
});
