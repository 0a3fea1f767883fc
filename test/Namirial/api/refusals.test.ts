import { refusalIn, throwLoginRejected, throwRefusal } from '../../../nodes/Namirial/api/refusals';
import { thrownBy } from '../../engine/harness/canned';

/** Rejections by the gateway: where a response contains one, and what it means. */

const found = (status: number, body: unknown) =>
	refusalIn({ status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) });

describe('a response', () => {
	it.each<[string, number, unknown, object]>([
		['an object with a code', 500, { code: 8, message: 'x' }, { code: 8, words: 'x' }],
		[
			'with its details',
			500,
			{ code: 8, message: '', details: [1] },
			{ code: 8, words: '', details: [1] },
		],
		[
			'an object with a code under HTTP 200',
			200,
			{ code: 8, message: 'x' },
			{ code: 8, words: 'x' },
		],
		[
			'a code in the message',
			200,
			{ message: ' 12 :  a\nb ', details: 1 },
			{ code: 12, words: 'a\nb ', details: 1 },
		],
		[
			'a code beside the ID of a message',
			500,
			{ code: 8, message: 'x', id: 'm1' },
			{ code: 8, words: 'x', id: 'm1' },
		],
		['a code in the message under HTTP 299', 299, { message: '8:x' }, { code: 8, words: 'x' }],
		[
			'a code whose message under HTTP 500 is that of a success',
			500,
			{ code: 8, message: '0: ok' },
			{ code: 8, words: '0: ok' },
		],
	])('contains a rejection: %s', (_what, status, body, refusal) => {
		expect(found(status, body)).toEqual(refusal);
	});

	it.each<[string, number, unknown]>([
		['no JSON', 500, 'nothing'],
		['a list', 500, []],
		['null', 500, 'null'],
		['no message', 500, { code: 8 }],
		['a message that is a number', 500, { code: 8, message: 8 }],
		['no code', 500, { message: 'x' }],
		['a code in quotes', 500, { code: '8', message: 'x' }],
		['a code that is not a whole number', 500, { code: 1.5, message: 'x' }],
		['the code of a success', 500, { code: 0, message: 'x' }],
		['the message of a success and a code', 200, { code: 8, message: '0: Accepted' }],
		['a code in the message under HTTP 300', 300, { message: '8: x' }],
		['a code after other words', 200, { message: 'Code 8: x' }],
		['a number without a colon', 200, { message: '8 messages' }],
	])('contains no rejection: %s', (_what, status, body) => {
		expect(found(status, body)).toBeUndefined();
	});
});

const UNLISTED = 'Namirial does not publish the meaning of this code. Ask its support about it.';

describe('a rejection', () => {
	it('with a listed code explains its meaning', async () => {
		expect(
			await thrownBy(() => throwRefusal({ code: 66, words: 'Empty', details: null }, 500)),
		).toEqual({
			kind: 'rejected',
			message: 'Namirial rejected the message with code 66 "Empty": the text is empty',
			description: 'Enter the text to send. Check the expression in Message.',
			code: '66',
			httpStatus: 500,
			nothingAccepted: true,
		});
	});

	it('beside the ID of a message does not say that nothing was accepted', async () => {
		const refusal = { code: 66, words: 'Empty', id: 'm1' };
		expect(await thrownBy(() => throwRefusal(refusal, 500))).not.toHaveProperty('nothingAccepted');
	});

	it.each([
		['only a message', 'Odd', undefined, ' "Odd"'],
		['only details', ' ', { a: 1 }, ' ({"a":1})'],
		['both', 'Odd', 0, ' "Odd" (0)'],
		['neither', '', null, ''],
	])(
		'with an unlisted code and %s does not say that nothing was accepted',
		async (_w, words, details, quote) => {
			expect(await thrownBy(() => throwRefusal({ code: 71, words, details }, 200))).toEqual({
				kind: 'rejected',
				message: `Namirial rejected the message with code 71${quote}`,
				description: UNLISTED,
				code: '71',
				httpStatus: 200,
			});
		},
	);

	it('because of flooding asks to wait an hour', async () => {
		expect(await thrownBy(() => throwRefusal({ code: 60, words: 'x' }, 500))).toMatchObject({
			kind: 'rateLimited',
			retryAfter: 3_600_000,
			nothingAccepted: true,
		});
	});

	it('because of an unavailable upstream provider may be retried', async () => {
		expect(await thrownBy(() => throwRefusal({ code: 64, words: 'x' }, 500))).toMatchObject({
			kind: 'unavailable',
			nothingAccepted: true,
		});
	});

	it.each([
		'The recipient opted out',
		'opted-out',
		'OPT OUT',
		'it is an opt-out',
		'optout',
		'optedout',
		'Number unsubscribed.',
	])('with "%s" is about a recipient who opted out', async (words) => {
		const inMessage = { code: 8, words };
		expect(await thrownBy(() => throwRefusal(inMessage, 500))).toMatchObject({
			kind: 'optedOut',
			code: '8',
		});
		const inDetails = { code: 8, words: 'Wrong number', details: { reason: words } };
		expect(await thrownBy(() => throwRefusal(inDetails, 500))).toMatchObject({ kind: 'optedOut' });
	});

	it.each([
		'Wrong number',
		'adopt out',
		'opt outer',
		'opted outer',
		'opted  out',
		'adopted out',
		'xunsubscribed',
		'unsubscribedx',
		'opt_out',
	])('with "%s" is not', async (words) => {
		expect(await thrownBy(() => throwRefusal({ code: 8, words }, 500))).toMatchObject({
			kind: 'rejected',
		});
	});
});

describe('a rejected login', () => {
	const ADVICE =
		'Check Username and Password in the Namirial SMS Gateway API credential, and that its Base URL belongs to the same environment.';

	it.each([
		[undefined, ADVICE],
		[' More.', `${ADVICE} More.`],
	])('may have a further description: %s', async (more, description) => {
		expect(await thrownBy(() => throwLoginRejected(401, more))).toEqual({
			kind: 'credential',
			message:
				'Namirial rejected the username and password of the Namirial SMS Gateway API credential (HTTP 401)',
			description,
			httpStatus: 401,
			nothingAccepted: true,
		});
	});
});
