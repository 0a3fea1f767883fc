import { NO_WEBHOOKS } from '../../nodes/Wooxy/codes';
import { errorTexts, readFlag, objectsOf, readEnvelope, trimKeys } from '../../nodes/Wooxy/wire';
import { thrownBy } from '../engine/harness/canned';

/** What Wooxy's error texts mean, and unusual forms of them and of other values. */

const rejected = async (errors: unknown, status = 200, headers = {}) =>
	await thrownBy(() =>
		readEnvelope({ status, headers, text: JSON.stringify({ result: false, errors }) }),
	);

const TOKEN =
	'Check the Access Token in the credential. Generating a new key invalidates the old one.';
const UNLISTED =
	'Wooxy does not publish this text, so it is not certain that nothing was accepted. Check the values of this item, and Wooxy’s log before you send it again.';
const CHECK_ID = 'Check the ID. It may have been deleted.';
const OPTED_OUT = 'The recipient does not accept messages. Only they can change that.';

describe('a rejection', () => {
	it.each([
		['Invalid authorization token!', 'credential', TOKEN],
		[' invalid authorization token', 'credential', TOKEN],
		['No invalid authorization token', 'rejected', UNLISTED],
		['no matches found for access token x', 'credential', TOKEN],
		['There are no matches found for access token x', 'rejected', UNLISTED],
		['access token check failed for x', 'credential', TOKEN],
		['An access token check failed', 'rejected', UNLISTED],
		['user 1042 not enabled', 'credential', 'The account is disabled. Contact Wooxy.'],
		['user not enabled', 'credential', 'The account is disabled. Contact Wooxy.'],
		['The user 1042 not enabled', 'rejected', UNLISTED],
		['no data found for key 1', 'credential', 'Wooxy has no data for this account. Contact Wooxy.'],
		['There is no data found for key 1', 'rejected', UNLISTED],
		['The internal server error', 'rejected', UNLISTED],
		[
			'Domain not found in your account',
			'notFound',
			'Choose the domain from the list, or enter its name as it is in the account. It must be verified.',
		],
		['This domain not found', 'notFound', CHECK_ID],
		[
			'+3725 is not a valid E.164 phone number',
			'rejected',
			'Enter the number with its country code, such as +372 5551 2345.',
		],
		['+3725 is not a valid E-164 phone number', 'rejected', UNLISTED],
		[
			'Any tags are reserved for internal use',
			'rejected',
			'Tags must not begin with an underscore.',
		],
		['is in blacklist', 'optedOut', OPTED_OUT],
		['is in black-list', 'optedOut', OPTED_OUT],
		['is in black list', 'rejected', UNLISTED],
		['has unsubscribed', 'optedOut', OPTED_OUT],
		['has xunsubscribed', 'rejected', UNLISTED],
		['has unsubscribedx', 'rejected', UNLISTED],
		['opted out', 'optedOut', OPTED_OUT],
		['opt-out', 'optedOut', OPTED_OUT],
		['optout', 'optedOut', OPTED_OUT],
		['adopt out', 'rejected', UNLISTED],
		['opt outer', 'rejected', UNLISTED],
		['opt_out', 'rejected', UNLISTED],
		['SMS 1 not found', 'notFound', CHECK_ID],
	])('with the text "%s" is of kind %s', async (text, kind, description) => {
		expect(await rejected([text])).toEqual({
			kind,
			message: `Wooxy responded: ${text}`,
			description,
			...(description !== UNLISTED && { nothingAccepted: true }),
		});
	});

	it('by an internal error leaves open whether the request was accepted', async () => {
		expect(await rejected(['Internal server error'], 500)).toEqual({
			kind: 'unavailable',
			message: 'Wooxy responded: Internal server error',
			description: 'Wooxy has an internal error. Try again later.',
			httpStatus: 500,
		});
	});

	it.each([
		['a list', ['one', '', null, 'two'], 'one; two'],
		['a map', { a: 'one', b: 2 }, 'one; 2'],
		['a text', 'one', 'one'],
		['objects', [{ a: 1 }], '{"a":1}'],
	])('may have its texts in %s', async (_what, errors, text) => {
		expect(await rejected(errors)).toMatchObject({ message: `Wooxy responded: ${text}` });
	});

	it.each([[[]], [''], [null], [undefined], [{}]])('may have no text: %j', async (errors) => {
		expect(errorTexts({ errors } as never)).toEqual([]);
		expect(await rejected(errors)).toEqual({
			kind: 'rejected',
			message: 'Wooxy rejected the request and gave no reason',
			description: UNLISTED,
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
	])('with HTTP status %i is of kind %s', async (status, kind, httpStatus) => {
		const facts = await rejected(['Other'], status, { 'retry-after': '3' });
		expect(facts).toEqual({
			kind,
			message: 'Wooxy responded: Other',
			description: UNLISTED,
			retryAfter: 3_000,
			...(httpStatus !== undefined && { httpStatus }),
			...(kind === 'rateLimited' && { nothingAccepted: true }),
		});
	});

	it.each(['SMS 1 not found', 'Bad Request', 'Invalid authorization token!'])(
		'with the text "%s" makes nothing certain with HTTP 5xx',
		async (text) => {
			for (const status of [200, 400, 499]) {
				expect(await rejected([text], status)).toMatchObject({ nothingAccepted: true });
			}
			for (const status of [500, 599]) {
				expect(await rejected([text], status)).not.toHaveProperty('nothingAccepted');
			}
		},
	);

	it('is classified by the first listed text, whatever the HTTP status', async () => {
		expect(await rejected(['Other', 'SMS 1 not found'], 500)).toMatchObject({ kind: 'notFound' });
		expect(await rejected(['SMS 1 not found', 'Invalid authorization token!'])).toMatchObject({
			kind: 'credential',
		});
	});
});

describe('the text for no webhooks', () => {
	it.each([
		['There is no web hook configurations in your account', true],
		['there is no webhook config', true],
		['there is no web  hook config', false],
		['there is no hook config', false],
	])('"%s" is recognized: %s', (text, expected) => {
		expect(NO_WEBHOOKS.test(text)).toBe(expected);
	});
});

describe('values', () => {
	it('are taken from lists and maps, without anything else in them', () => {
		expect(objectsOf([{ a: 1 }, null, 'x', [1]])).toEqual([{ a: 1 }]);
		expect(objectsOf({ x: { a: 1 }, y: 'x', z: [1] })).toEqual([{ a: 1 }]);
		expect(objectsOf('x')).toEqual([]);
	});

	it('keep the spaces within their names', () => {
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
	])('%j is read as the flag %s', (value, expected) => {
		expect(readFlag(value)).toBe(expected);
	});
});

describe('an envelope', () => {
	it.each(['{}', '[]', 'null', '{"result":"false"}', '{"result":0}', 'true'])(
		'cannot be %s',
		async (text) => {
			expect(await thrownBy(() => readEnvelope({ status: 200, headers: {}, text }))).toMatchObject({
				kind: 'malformed',
				message: expect.stringContaining('Expected a response of the Wooxy API, got HTTP 200'),
			});
		},
	);
});
