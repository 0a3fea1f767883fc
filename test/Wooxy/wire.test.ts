import { redactor } from '../../nodes/shared/redact';
import { Failure } from '../../nodes/shared/errors';
import { flag, objectsOf, readEnvelope, trimKeys } from '../../nodes/Wooxy/wire';

const TOKEN = 'dG9rZW4td29veHk';

function answer(body: unknown, status = 200, headers: Record<string, string> = {}) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { status, headers: { 'content-type': 'application/json', ...headers }, text };
}

function failureOf(body: unknown, status = 200, headers = {}): Failure {
	let thrown: unknown;
	try {
		readEnvelope(answer(body, status, headers));
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(Failure);
	return thrown as Failure;
}

const refused = (...errors: string[]) => ({ result: false, errors });

describe('an envelope of Wooxy', () => {
	it.each([200, 201, 400, 404, 500])('with result true is a success under HTTP %i', (status) => {
		expect(readEnvelope(answer({ result: true, sms_id: 'a' }, status))).toEqual({
			result: true,
			sms_id: 'a',
		});
	});

	it.each([
		['with an empty list of errors', { result: true, errors: [] }],
		['with errors beside it, a partial success', { result: true, data: {}, errors: ['SMS a ...'] }],
		['behind a byte order mark', '\uFEFF{"result":true}'],
	])('is a success with result true %s', (_name, body) => {
		expect(readEnvelope(answer(body))).toMatchObject({ result: true });
	});

	it.each([200, 400, 401, 404])('with result false is a refusal under HTTP %i', (status) => {
		const failure = failureOf(refused('Argument text must be a non-empty string'), status);
		expect(failure.kind).toBe('rejected');
		expect(failure.message).toBe('Wooxy answered: Argument text must be a non-empty string');
	});

	it('is a refusal whatever stands beside the errors', () => {
		const beside = { data: [], requestId: '64f0000000000000000000e1' };
		const body = { ...beside, errors: ['Domain not found in your account or not verified'] };
		expect(failureOf({ ...body, result: false }).kind).toBe('notFound');
	});

	it('names every error', () => {
		const { message } = failureOf(refused('one is wrong', 'two is wrong'));
		expect(message).toBe('Wooxy answered: one is wrong; two is wrong');
	});

	it('says so when a refusal has no text', () => {
		expect(failureOf({ result: false }).message).toBe(
			'Wooxy refused the request and gave no reason',
		);
	});

	it.each([
		['"true"', { result: 'true' }],
		['1', { result: 1 }],
		['nothing', { data: {} }],
		['a list', [{ result: true }]],
		['null', 'null'],
	])('is none when result is %s', (_name, body) => {
		expect(failureOf(body)).toMatchObject({ kind: 'malformed', nothingAccepted: false });
	});

	it.each([
		['an HTML page', '<html><body>Bad gateway</body></html>', 502, 'unavailable'],
		['an empty body', '', 503, 'unavailable'],
		['an empty success', '', 200, 'malformed'],
		['a cut-off body', '{"result":true,"sms_', 200, 'malformed'],
		['a page without the API', '<html>Not here</html>', 404, 'rejected'],
		['a refusal to talk', 'Forbidden', 403, 'credential'],
	])('is told from %s by the HTTP status', (_name, body, status, kind) => {
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
		expect(failureOf(refused(text)).kind).toBe(kind);
	});

	it('that echoes the token shows it masked, in the escaped spelling too', () => {
		const echo = `{"errors":["access token check failed for key\\/secret 1042\\/${TOKEN}"],"result":false}`;
		const shown = redactor([TOKEN])(failureOf(echo).message);
		expect(shown).toBe('Wooxy answered: access token check failed for key/secret 1042/***');
	});

	it('tells how to get unstuck', () => {
		expect(failureOf(refused('Invalid authorization token!')).description).toContain(
			'Access Token in the credential',
		);
	});

	it('of Wooxy’s own breakdown leaves open what was accepted', () => {
		expect(failureOf(refused('Internal server error')).nothingAccepted).toBe(false);
	});

	it('of any other kind means that nothing was accepted', () => {
		expect(failureOf(refused('Bad Request')).nothingAccepted).toBe(true);
	});

	it('under HTTP 429 is a rate limit with its pause', () => {
		const failure = failureOf(refused('Too many requests'), 429, { 'retry-after': '2' });
		expect(failure).toMatchObject({ kind: 'rateLimited', retryAfter: 2000, nothingAccepted: true });
	});
});

describe('values of Wooxy', () => {
	it.each([
		['a list', [{ a: 1 }], [{ a: 1 }]],
		['a map by id', { x: { a: 1 }, y: null }, [{ a: 1 }]],
		['an empty map, which comes as a list', [], []],
		['null', null, []],
		['nothing', undefined, []],
	])('are read from %s', (_name, value, expected) => {
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
		expect(flag(value)).toBe(expected);
	});

	it('lose the stray blank of a name', () => {
		expect(trimKeys({ 'contactGender ': 'f', name: 'Anna' })).toEqual({
			contactGender: 'f',
			name: 'Anna',
		});
	});
});
