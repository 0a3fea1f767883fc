import { canonicalNumber, sendMms } from '../../../nodes/Cdyne/api/mms';
import { factsOf, thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, ID, NO_ID, OTHER_ID, posted } from '../cdyne';

/** Sending MMS: the request, and matching the results to the recipients. */

const MMS = { text: '', media: [], reference: 'r' };
const [ONE, TWO] = ['17575550142', '17575550143'];

const result = (To: string | null, MessageID = ID, MessageStatus = 201) => ({
	To,
	MessageID,
	MessageStatus,
});

/** The result of each recipient: the IDs, numbers and references of its reports, or its failure. */
async function resultsOf(to: string[], response: unknown) {
	const results = await sendMms(apiWith(response).api, to, MMS);
	return results.map((reports) =>
		Array.isArray(reports)
			? reports.map(({ message }) => [message.messageId, message.to, message.referenceId])
			: factsOf(reports),
	);
}

const ambiguous = (words: string) =>
	expect.objectContaining({
		kind: 'ambiguous',
		message: `${words}. The message may have gone out`,
	});

it('is sent with all fields', async () => {
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

it('is sent without empty fields', async () => {
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
])('the number %s has the canonical form %s', (number, expected) => {
	expect(canonicalNumber(number)).toBe(expected);
});

it.each<[string, string[], unknown, unknown]>([
	[
		'in another order',
		[ONE, TWO],
		[result(TWO, OTHER_ID), result('7575550142')],
		[[[ID, '7575550142', 'r']], [[OTHER_ID, TWO, 'r']]],
	],
	[
		'with two messages for a number',
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
		'without numbers',
		[ONE, TWO],
		[result(null), result(null, OTHER_ID)],
		[[[ID, ONE, 'r']], [[OTHER_ID, TWO, 'r']]],
	],
	[
		'with one number in an unknown form',
		[ONE, TWO],
		[result('x5'), result(ONE, OTHER_ID)],
		[[[OTHER_ID, ONE, 'r']], [[ID, 'x5', 'r']]],
	],
	[
		'for a single recipient, with any number',
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
		[ambiguous('CDYNE’s response has no result for this recipient'), [[ID, TWO, 'r']]],
	],
	[
		'of which one has no ID',
		[ONE, TWO],
		[result(ONE, NO_ID), result(TWO)],
		[ambiguous('CDYNE responded with Ready, but without a message ID'), [[ID, TWO, 'r']]],
	],
	[
		'of which the second one has no ID',
		[ONE],
		[result(ONE), result(ONE, NO_ID, 200)],
		[ambiguous('CDYNE responded with Sent, but without a message ID')],
	],
	['that failed without an ID', [ONE], [result(ONE, NO_ID, 400)], [[[null, ONE, 'r']]]],
])('results %s are matched to the recipients', async (_, to, response, expected) => {
	expect(await resultsOf(to, response)).toEqual(expected);
});

it.each([[[]], [null]])('the response %j has no results', async (response) => {
	expect(await thrownBy(async () => await resultsOf([ONE], response))).toEqual({
		kind: 'malformed',
		message: `Expected a result for each recipient from CDYNE, got ${JSON.stringify(response)}`,
	});
});
