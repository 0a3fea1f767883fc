import { excerpt, readJson, unreadable } from '../../nodes/shared/answer';

const answer = (status: number, text = 'no', headers: Record<string, string> = {}) => ({
	status,
	headers,
	text,
});
const ALL = Array.from({ length: 400 }, (_, index) => 200 + index);
/** After these the request may have been worked off all the same. */
const UNSURE = [303, 408, 425, 499, ...ALL.filter((status) => status >= 500)];

describe('an answer that cannot be read', () => {
	const of = (status: number) => unreadable(answer(status), 'JSON');

	it('with a status after which the message may be out is never certain to have sent nothing', () => {
		const wrong = UNSURE.filter(
			(status) => of(status).kind !== 'unavailable' || of(status).nothingAccepted,
		);
		expect(wrong).toEqual([]);
	});

	it('with HTTP 2xx may have sent something, too', () => {
		const good = ALL.filter((status) => status < 300);
		expect(good.filter((status) => of(status).kind !== 'malformed')).toEqual([]);
		expect(good.filter((status) => of(status).nothingAccepted)).toEqual([]);
	});

	it.each([401, 403])('HTTP %i is about the credential', (status) => {
		expect(of(status)).toMatchObject({
			kind: 'credential',
			nothingAccepted: true,
			httpStatus: status,
		});
	});

	it('HTTP 429 says how long to wait, and has sent nothing', () => {
		const failure = unreadable(answer(429, '', { 'retry-after': '7' }), 'JSON');
		expect(failure).toMatchObject({
			kind: 'rateLimited',
			nothingAccepted: true,
			retryAfter: 7_000,
		});
	});

	it('with any other status is a refusal, and has sent nothing', () => {
		const others = ALL.filter(
			(status) => status >= 300 && ![401, 403, 429, ...UNSURE].includes(status),
		);
		expect(others.filter((status) => of(status).kind !== 'rejected')).toEqual([]);
		expect(others.filter((status) => !of(status).nothingAccepted)).toEqual([]);
	});

	it.each([301, 302, 307, 308, 404])('HTTP %i is about the address', (status) => {
		expect(of(status).description).toContain('Base URL');
	});

	it.each([400, 405, 409, 422])('HTTP %i is about the values', (status) => {
		expect(of(status).description).toContain('values of this item');
	});
});

describe('what is told of an answer', () => {
	it('is its status, type and first words', () => {
		const page = '<!DOCTYPE html><html><style>p { }</style><body><p>Not  here</p></body></html>';
		expect(() =>
			readJson(answer(200, page, { 'content-type': 'text/html; charset=utf-8' })),
		).toThrow(/^Expected JSON, got HTTP 200 with an HTML page/);
		expect(() => readJson(answer(200, '  '))).toThrow(
			'Expected JSON, got HTTP 200 with an empty body',
		);
		expect(() => readJson(answer(200, 'Hello'))).toThrow(
			/^Expected JSON, got HTTP 200 with a nameless body/,
		);
		expect(() => readJson(answer(200, 'Hello', { 'content-type': 'text/plain' }))).toThrow(
			/^Expected JSON, got HTTP 200 with a text\/plain body/,
		);
	});

	it.each<[string, number, string]>([
		['short', 5, 'short'],
		['longer', 5, 'longe…'],
		['<b>with</b>  markup', 120, 'with markup'],
	])('%j in %i signs is %j', (text, length, told) => {
		expect(excerpt(text, length)).toBe(told);
	});
});
