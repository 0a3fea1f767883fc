import type { Sms } from '../../../nodes/Cdyne/api/message';
import { sendGathered, sendSimple, sendSms } from '../../../nodes/Cdyne/api/texts';
import { Failure } from '../../../nodes/shared/errors';
import { factsOf, refusal } from '../../shared/canned';
import { apiWith, got, ID, ACCOUNT, NO_ID, OTHER_ID, posted } from '../cdyne';

/** Sending texts: what is sent, and which result is whose. */

const FORM = { isUnicode: true, concatenate: false };
const ONE: Sms = { number: '17575550142', reference: 'r1', text: 'Hi' };
const TWO: Sms = { number: '17575550143', reference: 'r2', text: 'Ho' };
const SAME: Sms = { number: '17575550144', reference: 'r1', text: 'Hm' };

const result = (ReferenceID?: string, MessageID = ID, SMSError: unknown = 0) => ({
	...(ReferenceID !== undefined && { ReferenceID }),
	MessageID,
	SMSError,
});

const sharesOf = (results: unknown[]) =>
	results.map((one) =>
		Array.isArray(one)
			? one.map(({ message }) => [message.messageId, message.to, message.referenceId])
			: factsOf(one),
	);

/** What the entries get of an answer: their reports' ids, numbers and references, or the failure. */
const shares = async (entries: Sms[], answer: unknown) =>
	sharesOf(await sendSms(apiWith(answer).api, entries, FORM));

const ambiguous = (words: string, code?: string) =>
	expect.objectContaining({
		kind: 'ambiguous',
		message: `${words}. The message may have gone out`,
		...(code !== undefined && { code }),
	});

const NONE = ambiguous('CDYNE’s answer has no result for this recipient');

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
	it('go out with all they have, and without what they have not', async () => {
		const full = {
			...TWO,
			from: '17575550100',
			scheduledAt: new Date(5),
			statusUrl: 'https://s',
		};
		const raws = [result('r1'), result('r2', OTHER_ID)];
		const { api, requests } = apiWith(raws);
		const results = await sendSms(api, [ONE, full], FORM);
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

	it.each<[string, Sms[], unknown, unknown]>([
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
		['that are not whole and have no references', [ONE, TWO], [result()], [NONE, NONE]],
		[
			'that are too many and have no references',
			[ONE, TWO],
			[result(), result(), result()],
			[NONE, NONE],
		],
		['of which one is missing', [ONE, TWO], [result('r2')], [NONE, [[ID, TWO.number, 'r2']]]],
		[
			'of which one has a reference of nobody',
			[ONE, TWO],
			[result('r2'), result('x', OTHER_ID)],
			[NONE, [[ID, TWO.number, 'r2']]],
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
			'of one entry alone, however they are named',
			[ONE],
			[result('x'), result(undefined, OTHER_ID)],
			[
				[
					[OTHER_ID, ONE.number, 'r1'],
					[ID, ONE.number, 'r1'],
				],
			],
		],
		[
			'of one entry alone under another reference',
			[ONE],
			[result('x')],
			[[[ID, ONE.number, 'r1']]],
		],
		[
			'that refuse, with and without an id',
			[ONE, TWO],
			[result('r1', NO_ID, 3), result('r2', ID, 1)],
			[[[null, ONE.number, 'r1']], [[ID, TWO.number, 'r2']]],
		],
		[
			'that refuse the key, whole',
			[ONE, TWO],
			[result('r1', NO_ID, 2), result('r2', NO_ID, 2)],
			[[[null, ONE.number, 'r1']], [[null, TWO.number, 'r2']]],
		],
		[
			'that say nothing about the message',
			[ONE, TWO, { ...TWO, reference: 'r3' }, { ...TWO, reference: 'r4' }],
			[result('r1', ID, 8), result('r2', ID, 'New'), result('r3', ID, 77), result('r4', ID, '')],
			[
				ambiguous('CDYNE answered InternalError', '8'),
				ambiguous('CDYNE answered New', 'New'),
				ambiguous('CDYNE answered 77', '77'),
				ambiguous('CDYNE answered an empty SMSError', ''),
			],
		],
		[
			'that have no id',
			[ONE],
			[result('r1'), result('r1', NO_ID)],
			[ambiguous('CDYNE answered NoError, but gave no message ID', '0')],
		],
	])('have results %s', async (_, entries, answer, expected) => {
		expect(await shares(entries, answer)).toEqual(expected);
	});

	it.each([
		[[ONE, TWO], [result(undefined, NO_ID, 2)]],
		[
			[ONE, TWO, SAME],
			[result('r1'), result('r2', NO_ID, 9)],
		],
	])('%# are refused with the key where the answer is not whole', async (entries, answer) => {
		expect(await refusal(async () => await shares(entries, answer))).toMatchObject({
			kind: 'credential',
			nothingAccepted: true,
		});
	});

	it.each([[[]], [null], [['x']]])('have results: %j has none', async (answer) => {
		expect(await refusal(async () => await shares([ONE], answer))).toEqual({
			kind: 'malformed',
			message: 'Expected a result for each recipient of CDYNE, got \u0000',
			came: [JSON.stringify(answer)],
		});
	});
});

describe('texts of several items', () => {
	const ANSWER = [result('r1'), result('r2', OTHER_ID)];
	const [OF_ONE, OF_TWO] = [[[ID, ONE.number, 'r1']], [[OTHER_ID, TWO.number, 'r2']]];
	const SECOND = { Message: 'Ho', PhoneNumbers: ['17575550143'], ReferenceID: 'r2' };

	function apiOf(perRequest: number, ...answers: unknown[]) {
		const { api, requests } = apiWith(...answers);
		const leaves = jest.fn();
		return { api: { ...api, leaves, pace: { concurrency: 1, perRequest } }, requests, leaves };
	}

	it('go out one by one where that is wanted', async () => {
		const { api, requests, leaves } = apiOf(1, [ANSWER[0]], [ANSWER[1]]);
		const results = await Promise.all(
			[ONE, TWO].map(async (one) => await sendGathered(api, [one], FORM)),
		);
		expect(results.map(sharesOf)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([sentWith(BARE), sentWith(SECOND)]);
		expect(leaves.mock.calls).toEqual([]);
		expect(api.gatherers.size).toBe(0);
	});

	it('go out in one call where that is wanted', async () => {
		const { api, requests, leaves } = apiOf(2, ANSWER);
		const results = await Promise.all(
			[ONE, TWO].map(async (one) => await sendGathered(api, [one], { ...FORM })),
		);
		expect(results.map(sharesOf)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([sentWith(BARE, SECOND)]);
		expect(leaves.mock.calls).toEqual([[], []]);
	});

	it('go out in a call for each form', async () => {
		const { api, requests } = apiOf(2, [ANSWER[0]], [ANSWER[1]]);
		const other = { ...FORM, isUnicode: false };
		const results = await Promise.all([
			sendGathered(api, [ONE], FORM),
			sendGathered(api, [TWO], other),
		]);
		expect(results.map(sharesOf)).toEqual([[OF_ONE], [OF_TWO]]);
		expect(requests).toEqual([
			sentWith(BARE),
			posted('AdvancedSMSsend', { ...bodyOf([SECOND]), IsUnicode: false }, { kind: 'send' }),
		]);
	});

	it('go out on a connection that notes nothing', async () => {
		const { api } = apiOf(2, [ANSWER[0]]);
		const results = await sendGathered({ ...api, leaves: undefined }, [ONE], FORM);
		expect(sharesOf(results)).toEqual([OF_ONE]);
	});
});

describe('a simple text', () => {
	const send = async (answer: unknown, statusUrl?: string) => {
		const { api, requests } = apiWith(answer);
		return { report: await sendSimple(api, ONE.number, 'Hi', statusUrl), requests };
	};
	const query = { PhoneNumber: ONE.number, Message: 'Hi', LicenseKey: ACCOUNT };

	it.each<[string | undefined, string, object]>([
		[undefined, 'SimpleSMSsend', query],
		['', 'SimpleSMSsend', query],
		['https://s', 'SimpleSMSsendWithPostback', { ...query, StatusPostBackURL: 'https://s' }],
	])('with the address %j goes out by %s', async (statusUrl, operation, expected) => {
		const raw = result();
		const { report, requests } = await send(raw, statusUrl);
		expect(report).toMatchObject({
			raw,
			error: { number: 0, name: 'NoError' },
			message: { messageId: ID, to: ONE.number, status: 'queued' },
		});
		expect(requests).toEqual([got(operation, expected, { kind: 'send' })]);
	});

	it('is refused', async () => {
		const { report } = await send(result(undefined, ID, 3));
		expect(report.message).toMatchObject({ to: ONE.number, status: 'failed', errorCode: '3' });
	});

	it.each<[unknown, object]>([
		[
			result(undefined, NO_ID),
			{
				kind: 'unavailable',
				message: 'CDYNE answered NoError, but gave no message ID',
				code: '0',
			},
		],
		[
			result(undefined, ID, 8),
			{ kind: 'unavailable', message: 'CDYNE answered InternalError', code: '8' },
		],
		[
			[result()],
			{
				kind: 'malformed',
				message: 'Expected an SMSResponse of CDYNE, got \u0000',
				came: [JSON.stringify([result()])],
			},
		],
	])('that is answered %j is left open', async (answer, facts) => {
		expect(await refusal(async () => await send(answer))).toEqual(facts);
	});

	it('fails as its request does', async () => {
		const lost = new Failure({ kind: 'ambiguous', message: 'Lost' });
		expect(await refusal(async () => await send(lost))).toEqual(factsOf(lost));
	});
});
