import type { SmsRequest } from '../../../nodes/Cdyne/api/message';
import { sendBatched, sendSimple, sendSms } from '../../../nodes/Cdyne/api/texts';
import { Failure } from '../../../nodes/shared/errors/failure';
import { createBatches } from '../../../nodes/shared/http/batcher';
import { factsOf, thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, got, ID, NO_ID, OTHER_ID, posted } from '../cdyne';

/** Sending texts: the requests, and matching the results to the recipients. */

const ENCODING = { isUnicode: true, concatenate: false };
const ONE: SmsRequest = { number: '17575550142', reference: 'r1', text: 'Hi' };
const TWO: SmsRequest = { number: '17575550143', reference: 'r2', text: 'Ho' };
const SAME: SmsRequest = { number: '17575550144', reference: 'r1', text: 'Hm' };

const result = (ReferenceID?: string, MessageID = ID, SMSError: unknown = 0) => ({
	...(ReferenceID !== undefined && { ReferenceID }),
	MessageID,
	SMSError,
});

/** Each result as the IDs, numbers and references of its reports, or as its failure. */
const shown = (results: unknown[]) =>
	results.map((reports) =>
		Array.isArray(reports)
			? reports.map(({ message }) => [message.messageId, message.to, message.referenceId])
			: factsOf(reports),
	);

const resultsOf = async (entries: SmsRequest[], response: unknown) =>
	shown(await sendSms(apiWith(response).api, entries, ENCODING));

const ambiguous = (words: string, code?: string) =>
	expect.objectContaining({
		kind: 'ambiguous',
		message: `${words}. The message may have gone out`,
		...(code !== undefined && { code }),
	});

const NO_RESULT = ambiguous('CDYNE’s response has no result for this recipient');

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
		const results = await sendSms(api, [ONE, full], ENCODING);
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
		expect(results).toMatchObject([
			[{ raw: raws[0], error: { number: 0 }, message: { messageId: ID, to: ONE.number } }],
			[{ raw: raws[1], error: { number: 0 }, message: { messageId: OTHER_ID, to: TWO.number } }],
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
					[OTHER_ID, ONE.number, 'r1'],
					[ID, ONE.number, 'r1'],
				],
			],
		],
		['of a single entry with another reference', [ONE], [result('x')], [[[ID, ONE.number, 'r1']]]],
		[
			'that are rejections, with and without an ID',
			[ONE, TWO],
			[result('r1', NO_ID, 3), result('r2', ID, 1)],
			[[[null, ONE.number, 'r1']], [[ID, TWO.number, 'r2']]],
		],
		[
			'that all reject the license key',
			[ONE, TWO],
			[result('r1', NO_ID, 2), result('r2', NO_ID, 2)],
			[[[null, ONE.number, 'r1']], [[null, TWO.number, 'r2']]],
		],
		[
			'that say nothing about the message',
			[ONE, TWO, { ...TWO, reference: 'r3' }, { ...TWO, reference: 'r4' }],
			[result('r1', ID, 8), result('r2', ID, 'New'), result('r3', ID, 77), result('r4', ID, '')],
			[
				ambiguous('CDYNE responded with InternalError', '8'),
				ambiguous('CDYNE responded with New', 'New'),
				ambiguous('CDYNE responded with 77', '77'),
				ambiguous('CDYNE responded with an empty SMSError', ''),
			],
		],
		[
			'that have no ID',
			[ONE],
			[result('r1'), result('r1', NO_ID)],
			[ambiguous('CDYNE responded with NoError, but without a message ID', '0')],
		],
	])('are matched to results %s', async (_, entries, response, expected) => {
		expect(await resultsOf(entries, response)).toEqual(expected);
	});

	it.each([
		[[ONE, TWO], [result(undefined, NO_ID, 2)]],
		[
			[ONE, TWO, SAME],
			[result('r1'), result('r2', NO_ID, 9)],
		],
	])('%# fail if an incomplete response rejects the license key', async (entries, response) => {
		expect(await thrownBy(async () => await resultsOf(entries, response))).toMatchObject({
			kind: 'credential',
			nothingAccepted: true,
		});
	});

	it.each([[[]], [null], [['x']]])('fail if the response %j has no results', async (response) => {
		expect(await thrownBy(async () => await resultsOf([ONE], response))).toEqual({
			kind: 'malformed',
			message: `Expected a result for each recipient from CDYNE, got ${JSON.stringify(response)}`,
		});
	});
});

describe('texts of several items', () => {
	const RESPONSE = [result('r1'), result('r2', OTHER_ID)];
	const [OF_ONE, OF_TWO] = [[[ID, ONE.number, 'r1']], [[OTHER_ID, TWO.number, 'r2']]];
	const SECOND = { Message: 'Ho', PhoneNumbers: ['17575550143'], ReferenceID: 'r2' };

	it('are sent one by one without batches', async () => {
		const { api, requests } = apiWith([RESPONSE[0]], [RESPONSE[1]]);
		const batches = createBatches(1, 1);
		const results = await Promise.all(
			[ONE, TWO].map(async (text) => await sendBatched(api, batches, [text], ENCODING)),
		);
		expect(results.map(shown)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([sentWith(BARE), sentWith(SECOND)]);
	});

	it('are sent in one call in batches', async () => {
		const { api, requests } = apiWith(RESPONSE);
		const batches = createBatches(2, 1);
		const results = await Promise.all(
			[ONE, TWO].map(async (text) => await sendBatched(api, batches, [text], { ...ENCODING })),
		);
		expect(results.map(shown)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([sentWith(BARE, SECOND)]);
	});

	it('are sent in a call for each encoding', async () => {
		const { api, requests } = apiWith([RESPONSE[0]], [RESPONSE[1]]);
		const batches = createBatches(2, 1);
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
});

describe('a simple text', () => {
	const send = async (response: unknown, statusUrl?: string) => {
		const { api, requests } = apiWith(response);
		return { report: await sendSimple(api, ONE.number, 'Hi', statusUrl), requests };
	};
	const query = { PhoneNumber: ONE.number, Message: 'Hi', LicenseKey: ACCOUNT };

	it.each<[string | undefined, string, object]>([
		[undefined, 'SimpleSMSsend', query],
		['', 'SimpleSMSsend', query],
		['https://s', 'SimpleSMSsendWithPostback', { ...query, StatusPostBackURL: 'https://s' }],
	])('with the status URL %j is sent with %s', async (statusUrl, operation, expected) => {
		const raw = result();
		const { report, requests } = await send(raw, statusUrl);
		expect(report).toMatchObject({
			raw,
			error: { number: 0, name: 'NoError' },
			message: { messageId: ID, to: ONE.number, status: 'queued' },
		});
		expect(requests).toEqual([got(operation, expected, { kind: 'send' })]);
	});

	it('can be rejected', async () => {
		const { report } = await send(result(undefined, ID, 3));
		expect(report.message).toMatchObject({ to: ONE.number, status: 'failed', errorCode: '3' });
	});

	it.each<[unknown, object]>([
		[
			result(undefined, NO_ID),
			{
				kind: 'unavailable',
				message: 'CDYNE responded with NoError, but without a message ID',
				code: '0',
			},
		],
		[
			result(undefined, ID, 8),
			{ kind: 'unavailable', message: 'CDYNE responded with InternalError', code: '8' },
		],
		[
			[result()],
			{
				kind: 'malformed',
				message: `Expected an SMSResponse from CDYNE, got ${JSON.stringify([result()])}`,
			},
		],
	])('is uncertain after the response %j', async (response, facts) => {
		expect(await thrownBy(async () => await send(response))).toEqual(facts);
	});

	it('fails if its request fails', async () => {
		const lost = new Failure({ kind: 'ambiguous', message: 'Lost' });
		expect(await thrownBy(async () => await send(lost))).toEqual(factsOf(lost));
	});
});
