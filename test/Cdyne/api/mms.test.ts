import { sendMms } from '../../../nodes/Cdyne/api/mms';
import { onTheWire } from '../../onTheWire';
import {
	ACCOUNT,
	apiResponding,
	apiWith,
	ID,
	NO_ID,
	OTHER_ID,
	posted,
	shown,
	unknown,
} from '../cdyne';

/** Sending MMS: the request, and matching the results to the recipients. */

const MMS = { text: '', media: [], reference: 'r' };
const { cdyne: wire } = onTheWire;
const [ONE, TWO] = ['+17575550142', '+17575550143'];

const result = (To: string | null, MessageID = ID, MessageStatus: unknown = 201) => ({
	To,
	MessageID,
	MessageStatus,
});

const outcomesOf = async (to: string[], response: unknown) =>
	shown(await sendMms(apiWith(response).api, to, MMS));

const SUSPENDED = ['refused', 'The account is suspended (CDYNE: AccountSuspended)', '402'];
const NO_RESULT = unknown('CDYNE’s response has no result for this recipient');

it('is sent with all fields', async () => {
	const raw = result(ONE);
	const { api, requests } = apiWith([raw]);
	const outcomes = await sendMms(api, [ONE], {
		text: 'Hi',
		media: ['m'],
		subject: 's',
		from: '+17575550100',
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
		To: [wire(ONE)],
		UseMMS: true,
	};
	expect(requests).toEqual([posted('SendMessage', body, { kind: 'send' })]);
	const json = { messageId: ID, status: 'queued', providerStatus: 'Ready' };
	expect(outcomes).toMatchObject([{ kind: 'accepted', outputs: [{ raw, json }] }]);
});

it('is sent without empty fields', async () => {
	const { api, requests } = apiWith([result(ONE)]);
	await sendMms(api, [ONE], MMS);
	const body = { LicenseKey: ACCOUNT, ReferenceID: 'r', To: [wire(ONE)], UseMMS: true };
	expect(requests).toEqual([posted('SendMessage', body, { kind: 'send' })]);
});

it.each<[string, string[], unknown, unknown]>([
	[
		'in another order',
		[ONE, TWO],
		[result(TWO, OTHER_ID), result('7575550142')],
		[[[ID, ONE, 'r']], [[OTHER_ID, TWO, 'r']]],
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
	['of which one is missing', [ONE, TWO], [result(TWO)], [NO_RESULT, [[ID, TWO, 'r']]]],
	[
		'of which one has no ID',
		[ONE, TWO],
		[result(ONE, NO_ID), result(TWO)],
		[unknown('CDYNE responded with Ready, but without a message ID'), [[ID, TWO, 'r']]],
	],
	[
		'of which the second one has no ID',
		[ONE],
		[result(ONE), result(ONE, NO_ID, 200)],
		[[[ID, ONE, 'r']]],
	],
	[
		'that failed without an ID',
		[ONE],
		[result(null, NO_ID, 400)],
		[['refused', `Not sent to ${ONE}: the number in From is not valid (CDYNE: InvalidDid)`, '400']],
	],
	[
		'of which one was accepted before the account was suspended',
		[ONE, TWO],
		[result(ONE), result(TWO, NO_ID, 402)],
		[[[ID, ONE, 'r']], SUSPENDED],
	],
	[
		'that end where the account was suspended',
		[ONE, TWO, '+17575550144'],
		[result(ONE), result(TWO, NO_ID, 402)],
		[[[ID, ONE, 'r']], SUSPENDED, SUSPENDED],
	],
	[
		'of which the second one for a number accepts it',
		[ONE, TWO],
		[result(ONE, NO_ID, 506), result(TWO), result(ONE, OTHER_ID)],
		[[[OTHER_ID, ONE, 'r']], [[ID, TWO, 'r']]],
	],
	[
		'in unlisted words',
		[ONE, TWO],
		[result(ONE, ID, 'New'), result(TWO, ID, 3)],
		[unknown('CDYNE responded with New', 'New'), unknown('CDYNE responded with 3', '3')],
	],
	['that were cancelled', [ONE], [result(ONE, ID, 507)], [[[ID, ONE, 'r']]]],
])('results %s are matched to the recipients', async (_, to, response, expected) => {
	expect(await outcomesOf(to, response)).toEqual(expected);
});

it.each([[[]], [null]])('the response %j has no results', async (response) => {
	const words = `Expected a result for each recipient from CDYNE, got ${JSON.stringify(response)}`;
	expect(await outcomesOf([ONE, TWO], response)).toEqual([unknown(words), unknown(words)]);
});

it.each<[number, string]>([
	[200, 'refused'],
	[500, 'unknown'],
])('a rejection under HTTP %i is %s', async (status, kind) => {
	const { api, requests } = apiResponding(() => ({ status, body: [result(ONE, NO_ID, 402)] }));
	expect(await sendMms(api, [ONE], MMS)).toMatchObject([{ kind }]);
	expect(requests).toHaveLength(1);
});
