import { NO_WEBHOOKS } from '../../nodes/Wooxy/codes';
import { errorTexts, flag, objectsOf, readEnvelope, trimKeys } from '../../nodes/Wooxy/wire';
import { refusal } from '../shared/canned';

/** What Wooxy's words mean, and the odd forms in which they and other values come. */

const refused = async (errors: unknown, status = 200, headers = {}) =>
	await refusal(() =>
		readEnvelope({ status, headers, text: JSON.stringify({ result: false, errors }) }),
	);

const TOKEN = 'Check the Access Token in the credential. A key generated later puts it out of use.';
const WITHOUT = 'Wooxy refused the request. Check the values of this item and try again.';
const CHECK_ID = 'Check the ID. It may have been deleted.';
const OPTED_OUT = 'The recipient does not want messages. Only they can change that.';

describe('a refusal', () => {
	it.each([
		['Invalid authorization token!', 'credential', TOKEN],
		[' invalid authorization token', 'credential', TOKEN],
		['No invalid authorization token', 'rejected', WITHOUT],
		['no matches found for access token x', 'credential', TOKEN],
		['There are no matches found for access token x', 'rejected', WITHOUT],
		['access token check failed for x', 'credential', TOKEN],
		['An access token check failed', 'rejected', WITHOUT],
		['user 1042 not enabled', 'credential', 'The account is switched off. Contact Wooxy.'],
		['user not enabled', 'credential', 'The account is switched off. Contact Wooxy.'],
		['The user 1042 not enabled', 'rejected', WITHOUT],
		['no data found for key 1', 'credential', 'Wooxy has no data of this account. Contact Wooxy.'],
		['There is no data found for key 1', 'rejected', WITHOUT],
		['The internal server error', 'rejected', WITHOUT],
		[
			'Domain not found in your account',
			'notFound',
			'Choose the domain from the list, or give its name as the account has it, verified.',
		],
		['This domain not found', 'notFound', CHECK_ID],
		[
			'+3725 is not a valid E.164 phone number',
			'rejected',
			'Give the number with its country code, such as +372 5551 2345.',
		],
		['+3725 is not a valid E-164 phone number', 'rejected', WITHOUT],
		[
			'Any tags are reserved for internal use',
			'rejected',
			'Tags must not begin with an underscore.',
		],
		['is in blacklist', 'optedOut', OPTED_OUT],
		['is in black-list', 'optedOut', OPTED_OUT],
		['is in black list', 'rejected', WITHOUT],
		['has unsubscribed', 'optedOut', OPTED_OUT],
		['has xunsubscribed', 'rejected', WITHOUT],
		['has unsubscribedx', 'rejected', WITHOUT],
		['opted out', 'optedOut', OPTED_OUT],
		['opt-out', 'optedOut', OPTED_OUT],
		['optout', 'optedOut', OPTED_OUT],
		['adopt out', 'rejected', WITHOUT],
		['opt outer', 'rejected', WITHOUT],
		['opt_out', 'rejected', WITHOUT],
		['SMS 1 not found', 'notFound', CHECK_ID],
	])('of the words "%s" is of kind %s', async (words, kind, description) => {
		expect(await refused([words])).toEqual({
			kind,
			message: `Wooxy answered: ${words}`,
			description,
			nothingAccepted: true,
		});
	});

	it('for a breakdown leaves open what was accepted', async () => {
		expect(await refused(['Internal server error'], 500)).toEqual({
			kind: 'unavailable',
			message: 'Wooxy answered: Internal server error',
			description: 'A fault at Wooxy. Try again later.',
			httpStatus: 500,
		});
	});

	it.each([
		['a list', ['one', '', null, 'two'], 'one; two'],
		['a map', { a: 'one', b: 2 }, 'one; 2'],
		['a text', 'one', 'one'],
		['objects', [{ a: 1 }], '{"a":1}'],
	])('may have its words in %s', async (_what, errors, words) => {
		expect(await refused(errors)).toMatchObject({ message: `Wooxy answered: ${words}` });
	});

	it.each([[[]], [''], [null], [undefined], [{}]])('may have no words: %j', async (errors) => {
		expect(errorTexts({ errors } as never)).toEqual([]);
		expect(await refused(errors)).toEqual({
			kind: 'rejected',
			message: 'Wooxy refused the request and gave no reason',
			description: WITHOUT,
			nothingAccepted: true,
		});
	});

	it.each([
		[399, 'rejected', undefined],
		[400, 'rejected', 400],
		[428, 'rejected', 428],
		[429, 'rateLimited', 429],
		[430, 'rejected', 430],
		[499, 'rejected', 499],
		[500, 'unavailable', 500],
		[503, 'unavailable', 503],
	])('under HTTP %i is of kind %s', async (status, kind, httpStatus) => {
		const facts = await refused(['Odd'], status, { 'retry-after': '3' });
		expect(facts).toEqual({
			kind,
			message: 'Wooxy answered: Odd',
			description: WITHOUT,
			retryAfter: 3_000,
			...(httpStatus !== undefined && { httpStatus }),
			...(kind !== 'unavailable' && { nothingAccepted: true }),
		});
	});

	it('goes by the first of the meanings, whatever the HTTP status', async () => {
		expect(await refused(['Odd', 'SMS 1 not found'], 500)).toMatchObject({ kind: 'notFound' });
		expect(await refused(['SMS 1 not found', 'Invalid authorization token!'])).toMatchObject({
			kind: 'credential',
		});
	});
});

describe('the words for no webhooks', () => {
	it.each([
		['There is no web hook configurations in your account', true],
		['there is no webhook config', true],
		['there is no web  hook config', false],
		['there is no hook config', false],
	])('"%s": %s', (words, expected) => {
		expect(NO_WEBHOOKS.test(words)).toBe(expected);
	});
});

describe('values', () => {
	it('may be in lists and maps beside what is none', () => {
		expect(objectsOf([{ a: 1 }, null, 'x', [1]])).toEqual([{ a: 1 }]);
		expect(objectsOf({ x: { a: 1 }, y: 'x', z: [1] })).toEqual([{ a: 1 }]);
		expect(objectsOf('x')).toEqual([]);
	});

	it('keep what is inside of their names', () => {
		expect(trimKeys({ ' a b ': 1, c: ' d ' })).toEqual({ 'a b': 1, c: ' d ' });
	});

	it.each([
		['TRUE', true],
		[1, true],
		[0, false],
		['yes', false],
		['11', false],
		[null, false],
		['', false],
	])('%j is a flag: %s', (value, expected) => {
		expect(flag(value)).toBe(expected);
	});
});

describe('an envelope', () => {
	it.each(['{}', '[]', 'null', '{"result":"false"}', '{"result":0}', 'true'])(
		'%s is none',
		async (text) => {
			expect(await refusal(() => readEnvelope({ status: 200, headers: {}, text }))).toMatchObject({
				kind: 'malformed',
				message: expect.stringContaining('Expected an answer of Wooxy, got HTTP 200'),
			});
		},
	);
});
