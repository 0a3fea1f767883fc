import {
	describeUnexpected,
	parseRetryAfter,
	readJson,
	unexpectedResponse,
} from '../../../nodes/shared/http/response';

const responseOf = (status: number, text = 'no', headers: Record<string, string> = {}) => ({
	status,
	headers,
	text,
});
const ALL_STATUSES = Array.from({ length: 400 }, (_, index) => 200 + index);
/** The request may have been processed anyway. */
const MAYBE_PROCESSED = [303, 408, 425, 499, ...ALL_STATUSES.filter((status) => status >= 500)];

describe('an unexpected response', () => {
	const failureOf = (status: number) => unexpectedResponse(responseOf(status), 'JSON');

	it('is never certain to have sent nothing if the request may have been processed', () => {
		const wrong = MAYBE_PROCESSED.filter(
			(status) => failureOf(status).kind !== 'unavailable' || failureOf(status).nothingAccepted,
		);
		expect(wrong).toEqual([]);
	});

	it('with HTTP 2xx may have sent something', () => {
		const successful = ALL_STATUSES.filter((status) => status < 300);
		expect(successful.filter((status) => failureOf(status).kind !== 'malformed')).toEqual([]);
		expect(successful.filter((status) => failureOf(status).nothingAccepted)).toEqual([]);
	});

	it.each([401, 403])('with HTTP %i is about the credential', (status) => {
		expect(failureOf(status)).toMatchObject({
			kind: 'credential',
			nothingAccepted: true,
			httpStatus: status,
		});
	});

	it('with HTTP 429 says how long to wait, and has sent nothing', () => {
		const failure = unexpectedResponse(responseOf(429, '', { 'retry-after': '7' }), 'JSON');
		expect(failure).toMatchObject({
			kind: 'rateLimited',
			nothingAccepted: true,
			retryAfter: 7_000,
		});
	});

	it('with any other status is a rejection, and has sent nothing', () => {
		const others = ALL_STATUSES.filter(
			(status) => status >= 300 && ![401, 403, 429, ...MAYBE_PROCESSED].includes(status),
		);
		expect(others.filter((status) => failureOf(status).kind !== 'rejected')).toEqual([]);
		expect(others.filter((status) => !failureOf(status).nothingAccepted)).toEqual([]);
	});

	it.each([301, 302, 307, 308, 404])('with HTTP %i is about the URL', (status) => {
		expect(failureOf(status).description).toContain('Base URL');
	});

	it.each([400, 405, 409, 422])('with HTTP %i is about the values', (status) => {
		expect(failureOf(status).description).toContain('values of this item');
	});
});

describe('the message for an unexpected response', () => {
	it('has its status, its type and its first words', () => {
		const page = '<!DOCTYPE html><html><style>p { }</style><body><p>Not  here</p></body></html>';
		expect(() =>
			readJson(responseOf(200, page, { 'content-type': 'text/html; charset=utf-8' })),
		).toThrow(/^Expected JSON, got HTTP 200 with an HTML page: "Not here"$/);
		expect(() => readJson(responseOf(200, '  '))).toThrow(
			/^Expected JSON, got HTTP 200 with an empty body$/,
		);
		expect(() => readJson(responseOf(200, 'Hello'))).toThrow(
			/^Expected JSON, got HTTP 200 with a body of unknown type: "Hello"$/,
		);
		expect(() => readJson(responseOf(200, 'Hello', { 'content-type': 'text/plain' }))).toThrow(
			/^Expected JSON, got HTTP 200 with a text\/plain body: "Hello"$/,
		);
		expect(() => readJson(responseOf(502, '<html><body></body></html>'))).toThrow(
			/^Expected JSON, got HTTP 502 with an HTML page$/,
		);
	});

	it.each<[string, string]>([
		['the secret', 'Expected JSON, got HTTP 200 with a body of unknown type: "the ***"'],
		[
			`${'x'.repeat(117)}secret`,
			`Expected JSON, got HTTP 200 with a body of unknown type: "${'x'.repeat(117)}***"`,
		],
	])('masks secrets before it cuts the body: %j', (text, message) => {
		const redact = <T>(value: T) => String(value).replaceAll('secret', '***') as T;
		expect(unexpectedResponse(responseOf(200, text), 'JSON').masked(redact).message).toBe(message);
	});

	it('is a plain text if there is nothing to quote', () => {
		const textOnly = [responseOf(200, ' '), responseOf(200, '<br>')];
		expect(textOnly.map((response) => describeUnexpected('JSON', response))).toEqual([
			'Expected JSON, got HTTP 200 with an empty body',
			'Expected JSON, got HTTP 200 with a body of unknown type',
		]);
	});
});

it('a JSON body is parsed with long ids as strings', () => {
	expect(readJson(responseOf(200, '{"id":12345678901234567890}'))).toEqual({
		id: '12345678901234567890',
	});
});

describe('Retry-After', () => {
	const NOW = Date.parse('2026-01-01T00:00:00Z');
	it.each([
		['1', 1_000],
		['30', 30_000],
		[' 5 ', 5_000],
		['1.5', 2_000],
		['0.5', 1_000],
		['30.0', 30_000],
		['Thu, 01 Jan 2026 00:00:20 GMT', 20_000],
		['Thursday, 01-Jan-26 00:00:20 GMT', 20_000],
		['2026-01-01T00:00:20Z', 20_000],
		['Thu, 01 Jan 2025 00:00:20 GMT', undefined],
		['0', undefined],
		['0.0', undefined],
		['-1', undefined],
		['5, 5', undefined],
		['5 seconds', undefined],
		['1e3', undefined],
		['soon', undefined],
		['', undefined],
		['9'.repeat(40), undefined],
		[undefined, undefined],
		['1 Jan 2031 00:00:00 GMT', undefined],
	])('%j is %s', (value, expected) => {
		expect(parseRetryAfter(value === undefined ? {} : { 'retry-after': value }, NOW)).toBe(
			expected,
		);
	});
});
