import { refusalIn, refuse, refuseLogin } from '../../../nodes/Namirial/api/refusals';
import { CAME } from '../../../nodes/shared/errors';
import { refusal } from '../../shared/canned';

/** Refusals of the gateway: where one is in an answer, and what it means. */

const found = (status: number, body: unknown) =>
	refusalIn({ status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) });

describe('an answer', () => {
	it.each<[string, number, unknown, object]>([
		['an object with a code', 500, { code: 8, message: 'x' }, { code: 8, words: 'x' }],
		[
			'its details too',
			500,
			{ code: 8, message: '', details: [1] },
			{ code: 8, words: '', details: [1] },
		],
		['a success by HTTP alone', 200, { code: 8, message: 'x' }, { code: 8, words: 'x' }],
		[
			'a code in the words',
			200,
			{ message: ' 12 :  a\nb ', details: 1 },
			{ code: 12, words: 'a\nb ', details: 1 },
		],
		['a code in the words of HTTP 299', 299, { message: '8:x' }, { code: 8, words: 'x' }],
		[
			'a code that the words of an error deny',
			500,
			{ code: 8, message: '0: ok' },
			{ code: 8, words: '0: ok' },
		],
	])('holds a refusal: %s', (_what, status, body, refusal) => {
		expect(found(status, body)).toEqual(refusal);
	});

	it.each<[string, number, unknown]>([
		['no JSON', 500, 'nothing'],
		['a list', 500, []],
		['null', 500, 'null'],
		['no words', 500, { code: 8 }],
		['words that are a number', 500, { code: 8, message: 8 }],
		['no code', 500, { message: 'x' }],
		['a code in quotes', 500, { code: '8', message: 'x' }],
		['half a code', 500, { code: 1.5, message: 'x' }],
		['the code of a success', 500, { code: 0, message: 'x' }],
		['words of a success beside a code', 200, { code: 8, message: '0: Accepted' }],
		['a code in the words of HTTP 300', 300, { message: '8: x' }],
		['a code after other words', 200, { message: 'Code 8: x' }],
		['a number without a colon', 200, { message: '8 messages' }],
	])('holds none: %s', (_what, status, body) => {
		expect(found(status, body)).toBeUndefined();
	});
});

const UNKNOWN =
	'This code is on no list that Namirial publishes. Ask its support, and name the code.';

describe('a refusal', () => {
	it('of a known code says what it means', async () => {
		expect(await refusal(() => refuse({ code: 66, words: 'Empty', details: null }, 500))).toEqual({
			kind: 'rejected',
			message: `Namirial refused the message with code 66 "${CAME}": the text is empty`,
			description: 'Give the text to send. Check the expression in Message.',
			code: '66',
			httpStatus: 500,
			nothingAccepted: true,
			came: ['Empty'],
		});
	});

	it.each([
		['words alone', 'Odd', undefined, ` "${CAME}"`, ['Odd']],
		['details alone', ' ', { a: 1 }, ` (${CAME})`, ['{"a":1}']],
		['both', 'Odd', 0, ` "${CAME}" (${CAME})`, ['Odd', '0']],
		['neither', '', null, '', []],
	])(
		'of an unknown code with %s leaves open what was accepted',
		async (_w, words, details, told, came) => {
			expect(await refusal(() => refuse({ code: 71, words, details }, 200))).toEqual({
				kind: 'rejected',
				message: `Namirial refused the message with code 71${told}`,
				description: UNKNOWN,
				code: '71',
				httpStatus: 200,
				came,
			});
		},
	);

	it('for flooding asks for an hour', async () => {
		expect(await refusal(() => refuse({ code: 60, words: 'x' }, 500))).toMatchObject({
			kind: 'rateLimited',
			retryAfter: 3_600_000,
			nothingAccepted: true,
		});
	});

	it('for an upstream provider out of order may be repeated', async () => {
		expect(await refusal(() => refuse({ code: 64, words: 'x' }, 500))).toMatchObject({
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
	])('that says "%s" is of someone who opted out', async (words) => {
		const refused = { code: 8, words };
		expect(await refusal(() => refuse(refused, 500))).toMatchObject({
			kind: 'optedOut',
			code: '8',
		});
		const inDetails = { code: 8, words: 'Wrong number', details: { reason: words } };
		expect(await refusal(() => refuse(inDetails, 500))).toMatchObject({ kind: 'optedOut' });
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
	])('that says "%s" is not', async (words) => {
		expect(await refusal(() => refuse({ code: 8, words }, 500))).toMatchObject({
			kind: 'rejected',
		});
	});
});

describe('a refused login', () => {
	const ADVICE =
		'Check Username and Password in the Namirial SMS Gateway API credential, and that its Base URL belongs to the same environment.';

	it.each([
		[undefined, ADVICE],
		[' More.', `${ADVICE} More.`],
	])('may have more to say: %s', async (more, description) => {
		expect(await refusal(() => refuseLogin(401, more))).toEqual({
			kind: 'credential',
			message:
				'Namirial refused the username and password of the Namirial SMS Gateway API credential (HTTP 401)',
			description,
			httpStatus: 401,
			nothingAccepted: true,
		});
	});
});
