import { readFlag, objectsOf, readEnvelope, trimKeys } from '../../nodes/Wooxy/wire';
import { Failure } from '../../nodes/shared/errors/failure';
import { redactor } from '../../nodes/shared/errors/redact';

const TOKEN = 'dG9rZW4td29veHk';

function respond(body: unknown, status = 200, headers: Record<string, string> = {}) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { status, headers: { 'content-type': 'application/json', ...headers }, text };
}

function failureOf(body: unknown, status = 200, headers = {}): Failure {
	let thrown: unknown;
	try {
		readEnvelope(respond(body, status, headers));
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(Failure);
	return thrown as Failure;
}

const rejected = (...errors: string[]) => ({ result: false, errors });

describe('an envelope of Wooxy', () => {
	it.each([200, 201, 400, 404, 500])(
		'with result true is a success with HTTP status %i',
		(status) => {
			expect(readEnvelope(respond({ result: true, sms_id: 'a' }, status))).toEqual({
				result: true,
				sms_id: 'a',
			});
		},
	);

	it.each([
		['and an empty list of errors', { result: true, errors: [] }],
		['and errors, a partial success', { result: true, data: {}, errors: ['SMS a ...'] }],
		['after a byte order mark', '\uFEFF{"result":true}'],
	])('with result true %s is a success', (_name, body) => {
		expect(readEnvelope(respond(body))).toMatchObject({ result: true });
	});

	it.each([200, 400, 401, 404])(
		'with result false is a rejection with HTTP status %i',
		(status) => {
			const failure = failureOf(rejected('Argument text must be a non-empty string'), status);
			expect(failure.kind).toBe('rejected');
			expect(failure.message).toBe('Wooxy responded: Argument text must be a non-empty string');
		},
	);

	it('is a rejection whatever it has in addition to errors', () => {
		const others = { data: [], requestId: '64f0000000000000000000e1' };
		const body = { ...others, errors: ['Domain not found in your account or not verified'] };
		expect(failureOf({ ...body, result: false }).kind).toBe('notFound');
	});

	it('with several errors is a rejection that quotes all', () => {
		const { message } = failureOf(rejected('one is wrong', 'two is wrong'));
		expect(message).toBe('Wooxy responded: one is wrong; two is wrong');
	});

	it('without an error text is a rejection that says so', () => {
		expect(failureOf({ result: false }).message).toBe(
			'Wooxy rejected the request and gave no reason',
		);
	});

	it.each([
		['"true"', { result: 'true' }],
		['1', { result: 1 }],
		['nothing', { data: {} }],
		['a list', [{ result: true }]],
		['null', 'null'],
	])('is malformed if result is %s', (_name, body) => {
		expect(failureOf(body)).toMatchObject({ kind: 'malformed', nothingAccepted: false });
	});

	it.each([
		['an HTML page', '<html><body>Bad gateway</body></html>', 502, 'unavailable'],
		['an empty body', '', 503, 'unavailable'],
		['an empty success', '', 200, 'malformed'],
		['a cut-off body', '{"result":true,"sms_', 200, 'malformed'],
		['a page without the API', '<html>Not here</html>', 404, 'rejected'],
		['a text', 'Forbidden', 403, 'credential'],
	])('that is %s fails by its HTTP status', (_name, body, status, kind) => {
		const failure = failureOf(body, status as number);
		expect(failure.kind).toBe(kind);
		expect(failure.message).toContain(`HTTP ${status}`);
	});
});

describe('an error text of Wooxy', () => {
	it.each([
		['Invalid authorization token!', 'credential'],
		[`no matches found for access token ${TOKEN}`, 'credential'],
		[`No matches found for access token ${TOKEN}`, 'credential'],
		['user 1042 not enabled', 'credential'],
		['no data found for key 1042', 'credential'],
		[`access token check failed for key/secret 1042/${TOKEN}`, 'credential'],
		['Argument domain required', 'rejected'],
		['Bad Request', 'rejected'],
		['Internal server error', 'unavailable'],
		['Argument domain must be a non-empty string', 'rejected'],
		['+3725 is not a valid E.164 phone number', 'rejected'],
		[
			'Argument fromName must contain 11 and less A-Z, a-z, 0-9 symbols and spaces or be a valid phoneNumber',
			'rejected',
		],
		['Argument tags must be an array', 'rejected'],
		['Tags should be 50 characters or less', 'rejected'],
		[
			'Any tags starting with an underscore are reserved for internal use and will cause errors',
			'rejected',
		],
		['Argument ids must be an array of strings', 'rejected'],
		['Argument ids can not be empty', 'rejected'],
		['each id must be a non-empty string', 'rejected'],
		['ids count must be less or equal 100', 'rejected'],
		['Domain not found in your account or not verified', 'notFound'],
		['Web hook config 7 not found in your account', 'notFound'],
		['Argument id must be a positive integer', 'rejected'],
		['Maximum count of records per transaction is 100, current 101', 'rejected'],
		['Allowed reject types are import, invalid, but spam given', 'rejected'],
		['Argument webHookUri must be a valid URI', 'rejected'],
	])('"%s" is of kind %s', (text, kind) => {
		expect(failureOf(rejected(text)).kind).toBe(kind);
	});

	it('that repeats the token is shown with a mask, even if a slash is escaped', () => {
		const echo = `{"errors":["access token check failed for key\\/secret 1042\\/${TOKEN}"],"result":false}`;
		const shown = redactor([TOKEN])(failureOf(echo).message);
		expect(shown).toBe('Wooxy responded: access token check failed for key/secret 1042/***');
	});

	it('comes with advice', () => {
		expect(failureOf(rejected('Invalid authorization token!')).description).toContain(
			'Access Token in the credential',
		);
	});

	it('of an internal error leaves open whether the request was accepted', () => {
		expect(failureOf(rejected('Internal server error')).nothingAccepted).toBe(false);
	});

	it('of any other kind means that nothing was accepted', () => {
		expect(failureOf(rejected('Bad Request')).nothingAccepted).toBe(true);
	});

	it('with HTTP status 429 is a rate limit with its delay', () => {
		const failure = failureOf(rejected('Too many requests'), 429, { 'retry-after': '2' });
		expect(failure).toMatchObject({ kind: 'rateLimited', retryAfter: 2000, nothingAccepted: true });
	});
});

describe('values of Wooxy', () => {
	it.each([
		['a list', [{ a: 1 }], [{ a: 1 }]],
		['a map by id', { x: { a: 1 }, y: null }, [{ a: 1 }]],
		['an empty map, which is written as a list', [], []],
		['null', null, []],
		['nothing', undefined, []],
	])('that are objects are read from %s', (_name, value, expected) => {
		expect(objectsOf(value)).toEqual(expected);
	});

	it.each([
		['"false"', 'false', false],
		['false', false, false],
		['"true"', 'true', true],
		['true', true, true],
		['"1"', '1', true],
		['"0"', '0', false],
		['nothing', undefined, false],
	])('that are flags may be %s', (_name, value, expected) => {
		expect(readFlag(value)).toBe(expected);
	});

	it('have the spaces around their names removed', () => {
		expect(trimKeys({ 'contactGender ': 'f', name: 'Anna' })).toEqual({
			contactGender: 'f',
			name: 'Anna',
		});
	});
});
