import {
	clockDifference,
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

describe('the difference of the clocks', () => {
	const DATE = 'Thu, 01 Jan 2026 00:00:10 GMT';
	const at = (seconds: number) => Date.parse('2026-01-01T00:00:00Z') + seconds * 1_000;
	const of = (date: string | undefined, requestedAt: number, receivedAt: number) =>
		clockDifference({
			...responseOf(200, '', date === undefined ? {} : { date }),
			times: { requestedAt: at(requestedAt), receivedAt: at(receivedAt) },
		});

	it.each([
		['is about the same', 10, 10, { min: 0, max: 999 }],
		['is about the same, after a long request', 8, 12, { min: -2_000, max: 2_999 }],
		['is ahead', 1, 2, { min: 8_000, max: 9_999 }],
		['is behind', 20, 20.5, { min: -10_500, max: -9_001 }],
	])('has bounds if the provider %s', (_, requestedAt, receivedAt, expected) => {
		expect(of(DATE, requestedAt, receivedAt)).toEqual(expected);
	});

	it('has bounds that contain the true difference', () => {
		for (const ahead of [-3_600_000, -1, 0, 1, 999, 3_600_000]) {
			for (const [up, down] of [
				[0, 0],
				[0, 5_000],
				[5_000, 0],
				[1_234, 567],
			]) {
				const requestedAt = at(0) + 345;
				// the provider writes its time without the milliseconds when it responds
				const date = new Date(requestedAt + up + ahead).toUTCString();
				const times = { requestedAt, receivedAt: requestedAt + up + down };
				const bounds = clockDifference({ ...responseOf(200, '', { date }), times });
				expect(bounds?.min).toBeLessThanOrEqual(ahead);
				expect(bounds?.max).toBeGreaterThanOrEqual(ahead);
			}
		}
	});

	it('is not known without a valid date, or without the times of the request', () => {
		expect(of(undefined, 1, 2)).toBeUndefined();
		expect(of('', 1, 2)).toBeUndefined();
		expect(of('soon', 1, 2)).toBeUndefined();
		expect(clockDifference(responseOf(200, '', { date: DATE }))).toBeUndefined();
	});
});
