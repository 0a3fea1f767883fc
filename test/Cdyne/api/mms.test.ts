import { comparable, sendMms } from '../../../nodes/Cdyne/api/mms';
import { factsOf, refusal } from '../../shared/canned';
import { apiWith, ID, ACCOUNT, NO_ID, OTHER_ID, posted } from '../cdyne';

/** Sending MMS: what is sent, and which result is whose. */

const MMS = { text: '', media: [], reference: 'r' };
const [ONE, TWO] = ['17575550142', '17575550143'];

const result = (To: string | null, MessageID = ID, MessageStatus = 201) => ({
	To,
	MessageID,
	MessageStatus,
});

/** What the recipients get of an answer: their reports' ids and numbers, or the failure. */
async function shares(to: string[], answer: unknown) {
	const results = await sendMms(apiWith(answer).api, to, MMS);
	return results.map((one) =>
		Array.isArray(one)
			? one.map(({ message }) => [message.messageId, message.to, message.referenceId])
			: factsOf(one),
	);
}

const ambiguous = (words: string) =>
	expect.objectContaining({
		kind: 'ambiguous',
		message: `${words}. The message may have gone out`,
	});

it('goes out with all it has', async () => {
	const raw = result(ONE);
	const { api, requests } = apiWith([raw]);
	const results = await sendMms(api, [ONE], {
		text: 'Hi',
		media: ['m'],
		subject: 's',
		from: '17575550100',
		reference: 'r',
		scheduledAt: new Date(5),
		statusUrl: 'https://s',
	});
	const body = {
		Attachments: ['m'],
		Body: 'Hi',
		From: '17575550100',
		LicenseKey: ACCOUNT,
		PostbackUrl: 'https://s',
		ReferenceID: 'r',
		ScheduledDateTime: '/Date(5)/',
		Subject: 's',
		To: [ONE],
		UseMMS: true,
	};
	expect(requests).toEqual([posted('SendMessage', body, { kind: 'send' })]);
	expect(results).toMatchObject([
		[{ raw, error: { number: 201, name: 'Ready' }, message: { messageId: ID, status: 'queued' } }],
	]);
});

it('goes out without what it has not', async () => {
	const { api, requests } = apiWith([result(ONE)]);
	await sendMms(api, [ONE], MMS);
	const body = { LicenseKey: ACCOUNT, ReferenceID: 'r', To: [ONE], UseMMS: true };
	expect(requests).toEqual([posted('SendMessage', body, { kind: 'send' })]);
});

it.each([
	['17575550142', '17575550142'],
	['(757) 555-0142', '17575550142'],
	['01139333', '39333'],
	['0039333', '39333'],
	['3900011', '3900011'],
	['+39 333', '39333'],
	[null, ''],
])('the number %s is compared as %s', (number, expected) => {
	expect(comparable(number)).toBe(expected);
});

it.each<[string, string[], unknown, unknown]>([
	[
		'in another order',
		[ONE, TWO],
		[result(TWO, OTHER_ID), result('7575550142')],
		[[[ID, '7575550142', 'r']], [[OTHER_ID, TWO, 'r']]],
	],
	[
		'of which one comes twice',
		[ONE, TWO],
		[result(ONE), result(TWO), result(ONE, OTHER_ID)],
		[
			[
				[ID, ONE, 'r'],
				[OTHER_ID, ONE, 'r'],
			],
			[[ID, TWO, 'r']],
		],
	],
	[
		'that name no number',
		[ONE, TWO],
		[result(null), result(null, OTHER_ID)],
		[[[ID, ONE, 'r']], [[OTHER_ID, TWO, 'r']]],
	],
	[
		'of which one has a number in another form',
		[ONE, TWO],
		[result('x5'), result(ONE, OTHER_ID)],
		[[[OTHER_ID, ONE, 'r']], [[ID, 'x5', 'r']]],
	],
	[
		'of one recipient, however they are named',
		[ONE],
		[result(null), result('x5', OTHER_ID)],
		[
			[
				[ID, ONE, 'r'],
				[OTHER_ID, 'x5', 'r'],
			],
		],
	],
	[
		'of which one is missing',
		[ONE, TWO],
		[result(TWO)],
		[ambiguous('CDYNE’s answer has no result for this recipient'), [[ID, TWO, 'r']]],
	],
	[
		'of which one has no id',
		[ONE, TWO],
		[result(ONE, NO_ID), result(TWO)],
		[ambiguous('CDYNE answered Ready, but gave no message ID'), [[ID, TWO, 'r']]],
	],
	[
		'of which a later one has no id',
		[ONE],
		[result(ONE), result(ONE, NO_ID, 200)],
		[ambiguous('CDYNE answered Sent, but gave no message ID')],
	],
	['that failed without an id', [ONE], [result(ONE, NO_ID, 400)], [[[null, ONE, 'r']]]],
])('results %s are of their recipients', async (_, to, answer, expected) => {
	expect(await shares(to, answer)).toEqual(expected);
});

it.each([[[]], [null]])('the answer %j has no results', async (answer) => {
	expect(await refusal(async () => await shares([ONE], answer))).toEqual({
		kind: 'malformed',
		message: 'Expected a result for each recipient of CDYNE, got \u0000',
		came: [JSON.stringify(answer)],
	});
});
