/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { Failure } from '../../../nodes/shared/errors/failure';
import type { FailureFacts } from '../../../nodes/shared/errors/failure';
import { asAmbiguousSend, createHttp } from '../../../nodes/shared/http/request';
import type { HttpContext, HttpRequest } from '../../../nodes/shared/http/request';

const URL_ = 'https://sms.example/send';
const LOOKUP: HttpRequest = { kind: 'repeatable', method: 'GET', url: URL_ };
const SEND: HttpRequest = { kind: 'send', method: 'POST', url: URL_, body: { to: '1' } };
const RESPONSE = { statusCode: 200, headers: {}, body: 'ok' };

const failureOf = (facts: Partial<FailureFacts> = {}) =>
	new Failure({ kind: 'unavailable', message: 'Down', ...facts });

/** The value or the error of a promise, which may fail before it is awaited. */
const outcomeOf = async <T>(work: Promise<T>): Promise<unknown> =>
	await work.catch((error: unknown) => error);

/** A client whose helper returns or throws these responses one by one, and repeats the last one. */
function httpWith(responses: unknown[], signal?: AbortSignal) {
	const calls: Array<{ at: number; options: Record<string, unknown> }> = [];
	const context = {
		helpers: {
			httpRequest: async (options: object) => {
				const response = responses[Math.min(calls.length, responses.length - 1)];
				calls.push({ at: Date.now(), options: { ...options } });
				if (response instanceof Error || response === undefined) throw response;
				return response;
			},
		},
		...(signal && { getExecutionCancelSignal: () => signal }),
	} as HttpContext;
	return { calls, http: createHttp(context, ['secret-of-ours']) };
}

beforeEach(() => {
	jest.useFakeTimers();
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

/**
 * Makes a request whose reader throws these failures before it succeeds. Returns the outcome, and
 * when each try was made.
 */
/** @param onRequest called before each response is read */
async function makeRequest(
	request: HttpRequest,
	failures: Failure[],
	signal?: AbortSignal,
	onRequest?: () => void,
) {
	const { calls, http } = httpWith([RESPONSE], signal);
	const remaining = [...failures];
	const start = Date.now();
	const outcome = outcomeOf(
		http.request(request, () => {
			onRequest?.();
			const failure = remaining.shift();
			if (failure) throw failure;
			return 'read';
		}),
	);
	await jest.advanceTimersByTimeAsync(400_000);
	return { result: await outcome, times: calls.map(({ at }) => at - start) };
}

const always = (facts: Partial<FailureFacts> = {}) =>
	Array.from({ length: 9 }, () => failureOf(facts));

describe('a request', () => {
	it('is passed to n8n’s helper', async () => {
		const { calls, http } = httpWith([RESPONSE]);
		const request: HttpRequest = {
			...SEND,
			query: { a: '1' },
			headers: { 'X-A': 'b' },
		};
		await http.request(request, () => 1);
		expect(calls[0].options).toEqual({
			method: 'POST',
			url: URL_,
			qs: { a: '1' },
			headers: { 'X-A': 'b' },
			body: { to: '1' },
			timeout: 30_000,
			abortSignal: expect.anything(),
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
	});

	it.each<[HttpRequest, number, number]>([
		[SEND, 30_000, 30_300],
		[LOOKUP, 10_000, 10_100],
		[{ ...SEND, timeout: 5 }, 5, 6],
		[{ ...LOOKUP, timeout: 60_000 }, 60_000, 60_600],
	])('%j has the time-out %i', async (request, timeout, latest) => {
		const deadline = jest.spyOn(AbortSignal, 'timeout');
		const { calls, http } = httpWith([RESPONSE]);
		await http.request(request, () => 1);
		expect(calls[0].options.timeout).toBe(timeout);
		expect(deadline.mock.calls).toEqual([[latest]]);
	});

	it('is aborted with the execution and by its time-out', async () => {
		for (const name of ['cancel', 'timeout'] as const) {
			const controllers = { cancel: new AbortController(), timeout: new AbortController() };
			const { cancel, timeout } = controllers;
			jest.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal);
			let respond: (response: unknown) => void = () => undefined;
			const response = new Promise((resolve) => (respond = resolve));
			const { calls, http } = httpWith([response], cancel.signal);
			const request = http.request(LOOKUP, () => 1);
			await jest.advanceTimersByTimeAsync(0);
			const signal = calls[0].options.abortSignal as AbortSignal;
			expect(signal.aborted).toBe(false);
			controllers[name].abort();
			expect(signal.aborted).toBe(true);
			respond(RESPONSE);
			await request;
		}
	});

	it.each<[string, unknown, object]>([
		[
			'header names in lower case and all values as text',
			{ statusCode: 404, headers: { 'Content-Type': 'a/b', 'X-N': 5 }, body: 'No' },
			{ status: 404, headers: { 'content-type': 'a/b', 'x-n': '5' }, text: 'No' },
		],
		[
			'an empty text if there is no body',
			{ statusCode: 204, headers: {}, body: undefined },
			{ status: 204, headers: {}, text: '' },
		],
		[
			'an empty text if the body is an object',
			{ statusCode: 200, headers: {}, body: { a: 1 } },
			{ status: 200, headers: {}, text: '' },
		],
	])('passes a response to its reader with %s', async (_, n8nResponse, response) => {
		const { http } = httpWith([n8nResponse]);
		const read = jest.fn();
		await http.request(LOOKUP, read);
		const now = Date.now();
		expect(read.mock.calls).toEqual([
			[{ ...response, times: { requestedAt: now, receivedAt: now } }],
		]);
	});

	it('passes on when each try was made and when its response was received', async () => {
		const start = Date.now();
		const httpRequest = async () => {
			await new Promise((resolve) => void setTimeout(resolve, 700));
			return RESPONSE;
		};
		const http = createHttp({ helpers: { httpRequest } }, []);
		const seen: unknown[] = [];
		const result = http.request(LOOKUP, ({ times }) => {
			seen.push(times);
			if (seen.length === 1) throw failureOf();
			return 'read';
		});
		await jest.advanceTimersByTimeAsync(10_000);
		expect(await result).toBe('read');
		expect(seen).toEqual([
			{ requestedAt: start, receivedAt: start + 700 },
			{ requestedAt: start + 1_200, receivedAt: start + 1_900 },
		]);
	});

	it('returns the result of its reader', async () => {
		const { http } = httpWith([RESPONSE]);
		expect(await http.request(LOOKUP, ({ text }) => [text])).toEqual(['ok']);
		expect(http.redact('x secret-of-ours y')).toBe('x *** y');
	});
});

describe('a request that fails', () => {
	it.each<[string, HttpRequest, Partial<FailureFacts>, number]>([
		['an unavailable look-up', LOOKUP, {}, 4],
		['a rate-limited look-up', LOOKUP, { kind: 'rateLimited' }, 4],
		['a look-up that timed out', LOOKUP, { timedOut: true }, 2],
		['a look-up with a persistent failure', LOOKUP, { persistent: true }, 1],
		['an unavailable send that may have been accepted', SEND, {}, 1],
		['an unavailable send that was not accepted', SEND, { nothingAccepted: true }, 4],
		['a rate-limited send', SEND, { kind: 'rateLimited', nothingAccepted: true }, 4],
		['a rate-limited send that may have been accepted', SEND, { kind: 'rateLimited' }, 1],
		['a send with a persistent failure', SEND, { nothingAccepted: true, persistent: true }, 1],
		['a send that timed out', SEND, { timedOut: true }, 1],
		...(
			['rejected', 'notFound', 'credential', 'ambiguous', 'optedOut', 'malformed'] as const
		).flatMap(
			(kind): Array<[string, HttpRequest, Partial<FailureFacts>, number]> => [
				[`a look-up with the failure ${kind}`, LOOKUP, { kind }, 1],
				[`a send with the failure ${kind}`, SEND, { kind, nothingAccepted: true }, 1],
			],
		),
	])('is tried as often as it is safe: %s', async (_, request, facts, tries) => {
		const { result, times } = await makeRequest(request, always(facts));
		expect(times).toHaveLength(tries);
		expect(result).toBeInstanceOf(Failure);
	});

	it('is not tried again after a success', async () => {
		expect(await makeRequest(LOOKUP, [failureOf(), failureOf()])).toEqual({
			result: 'read',
			times: [0, 500, 1_500],
		});
	});

	it('is not tried again if the execution is cancelled', async () => {
		const cancel = new AbortController();
		const { times, result } = await makeRequest(LOOKUP, always(), cancel.signal, () =>
			cancel.abort(),
		);
		expect(times).toEqual([0]);
		expect(result).toMatchObject({ kind: 'unavailable', message: 'Down' });
	});

	it.each([LOOKUP, SEND])(
		'is not made at all if the execution was cancelled before',
		async (request) => {
			const { times, result } = await makeRequest(request, always(), AbortSignal.abort());
			expect(times).toEqual([]);
			expect(result).toMatchObject({
				kind: 'rejected',
				message: 'The execution was cancelled',
				nothingAccepted: true,
			});
		},
	);

	it('is tried again while the execution runs', async () => {
		const { times } = await makeRequest(LOOKUP, always(), new AbortController().signal);
		expect(times).toHaveLength(4);
	});

	it('is not tried again if the execution is cancelled during a delay', async () => {
		const cancel = new AbortController();
		setTimeout(() => void cancel.abort(), 100);
		const { times, result } = await makeRequest(LOOKUP, always(), cancel.signal);
		expect(times).toEqual([0]);
		expect(result).toMatchObject({ kind: 'unavailable' });
	});

	it('is not made at all with an invalid time-out', async () => {
		const { calls, http } = httpWith([RESPONSE]);
		const result = await outcomeOf(http.request({ ...LOOKUP, timeout: -1 }, () => 1));
		expect(result).not.toBeInstanceOf(Failure);
		expect((result as Error).name).toBe('RangeError');
		expect(calls).toEqual([]);
	});
});

describe('the delays between tries', () => {
	it.each([
		[0, [0, 500, 1_500, 3_500]],
		[1, [0, 625, 1_875, 4_375]],
		[0.5, [0, 563, 1_688, 3_938]],
	])('grow, with the random number %d', async (random, expected) => {
		jest.spyOn(Math, 'random').mockReturnValue(random);
		const { times } = await makeRequest(LOOKUP, always());
		expect(times.map((time, index) => Math.abs(time - expected[index]) <= 3)).toEqual(
			Array(4).fill(true),
		);
	});

	it.each([1, 7_000, 30_000])('are those that the provider asks for: %i', async (retryAfter) => {
		const { times, result } = await makeRequest(LOOKUP, [failureOf({ retryAfter })]);
		expect([times, result]).toEqual([[0, retryAfter], 'read']);
	});

	it.each([
		[30_001, undefined, 31, ''],
		[60_000, 'Busy.', 60, 'Busy. '],
	])(
		'end the request if they are too long: %i',
		async (retryAfter, description, seconds, before) => {
			const { times, result } = await makeRequest(LOOKUP, always({ retryAfter, description }));
			expect(times).toEqual([0]);
			expect(result).toMatchObject({
				kind: 'unavailable',
				retryAfter,
				message: `Down (try again in ${seconds} seconds)`,
				description: `${before}Run the workflow again in ${seconds} seconds; a node should not wait that long.`,
			});
		},
	);

	it.each<[string, Failure[], string]>([
		['all of them', always({ retryAfter: 2_400 }), 'Down (after waiting 7 seconds)'],
		['none of a persistent failure', always({ retryAfter: 1_000, persistent: true }), 'Down'],
		['none of the default delays', always(), 'Down'],
		[
			'those before the last failure',
			[failureOf({ retryAfter: 4_000 }), failureOf({ kind: 'rejected', retryAfter: 9_000 })],
			'Down (after waiting 4 seconds)',
		],
	])('are in the message if the provider asked for them: %s', async (_, failures, message) => {
		expect((await makeRequest(LOOKUP, failures)).result).toMatchObject({ message });
	});
});

describe('a request without a response', () => {
	const broken = Object.assign(new Error('broken'), { code: 'ECONNRESET', syscall: 'read' });
	const makeBrokenRequest = async (
		request: HttpRequest,
		signal?: AbortSignal,
		onSent?: () => void,
	) => {
		const { calls, http } = httpWith([broken], signal);
		const outcome = outcomeOf(http.request(request, () => 1));
		onSent?.();
		await jest.advanceTimersByTimeAsync(10_000);
		return { result: await outcome, tries: calls.length };
	};
	const timeOut = () =>
		void jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());

	it('fails with a broken connection', async () => {
		expect(await makeBrokenRequest(LOOKUP)).toMatchObject({
			result: { message: expect.stringContaining('sms.example broke'), timedOut: false },
			tries: 4,
		});
	});

	it('times out', async () => {
		timeOut();
		expect(await makeBrokenRequest(LOOKUP)).toMatchObject({
			result: { message: 'No response from sms.example within 10 seconds', timedOut: true },
			tries: 2,
		});
	});

	it('times out while the execution runs', async () => {
		timeOut();
		const { signal } = new AbortController();
		const outcome = await makeBrokenRequest(LOOKUP, signal);
		expect(outcome).toMatchObject({ result: { timedOut: true }, tries: 2 });
	});

	it('does not time out if the execution is cancelled', async () => {
		timeOut();
		const cancel = new AbortController();
		expect(await makeBrokenRequest(LOOKUP, cancel.signal, () => cancel.abort())).toMatchObject({
			result: { timedOut: false },
			tries: 1,
		});
	});

	it('may have sent the message', async () => {
		expect(await makeBrokenRequest(SEND)).toMatchObject({
			result: {
				kind: 'ambiguous',
				message: expect.stringMatching(/response was received\. The message may have gone out$/),
				description: expect.stringContaining('before you send again'),
			},
			tries: 1,
		});
	});

	it('says in the words of the caller what it may have done', async () => {
		const ambiguity = { message: 'The user may be blocked', description: 'Look there.' };
		expect(await makeBrokenRequest({ ...SEND, ambiguity })).toMatchObject({
			result: {
				kind: 'ambiguous',
				message: expect.stringMatching(/\. The user may be blocked$/),
				description: 'Look there.',
			},
		});
		const lookup = await makeBrokenRequest({ ...LOOKUP, ambiguity });
		expect(lookup.result).toMatchObject({ kind: 'unavailable' });
	});
});

it.each<[HttpRequest, string]>([
	[LOOKUP, 'malformed'],
	[SEND, 'ambiguous'],
])('an unexpected error in the reader of %j is %s', async (request, kind) => {
	const response = { statusCode: 202, headers: {}, body: 'is secret-of-ours here' };
	const { calls, http } = httpWith([response]);
	const outcome = outcomeOf(
		http.request(request, () => {
			throw new TypeError('no such field');
		}),
	);
	await jest.advanceTimersByTimeAsync(10_000);
	const result = await outcome;
	expect(calls).toHaveLength(1);
	expect(result).toMatchObject({
		kind,
		httpStatus: 202,
		message: expect.stringMatching(
			/^Expected a readable response, got HTTP 202 with a body of unknown type: "is \*\*\* here"/,
		),
		description: expect.stringMatching(
			kind === 'malformed' ? /^Please report/ : /^The provider may/,
		),
	});
});

describe('a failure of a send', () => {
	it.each<[Partial<FailureFacts>, boolean]>([
		[{}, true],
		[{ kind: 'malformed' }, true],
		[{ nothingAccepted: true }, false],
		[{ kind: 'malformed', nothingAccepted: true }, false],
		[{ kind: 'rejected' }, false],
		[{ kind: 'rateLimited' }, false],
		[{ kind: 'ambiguous' }, false],
	])('with %j is ambiguous: %s', (facts, isAmbiguous) => {
		const failure = failureOf({ httpStatus: 500, ...facts });
		const result = asAmbiguousSend(failure);
		if (!isAmbiguous) expect(result).toBe(failure);
		else
			expect(result).toMatchObject({
				kind: 'ambiguous',
				httpStatus: 500,
				message: 'Down. The message may have gone out',
				description: expect.stringContaining('The send is not retried automatically'),
			});
	});
});

describe('a failure that quotes the response', () => {
	const redactedMessageOf = async (request: HttpRequest, message: FailureFacts['message']) => {
		const { http } = httpWith([RESPONSE]);
		const failure = new Failure({ kind: 'malformed', message });
		const outcome = await outcomeOf(
			http.request(request, () => {
				throw failure;
			}),
		);
		return (outcome as Failure).message;
	};

	it.each<[string, string]>([
		['is secret-of-ours', 'Got "is ***"'],
		[`${'x'.repeat(116)} secret-of-ours`, `Got "${'x'.repeat(116)} ***"`],
		['$& <b>two</b>', 'Got "$& two"'],
	])('has the secrets in %j masked', async (received, expected) => {
		const quoting: FailureFacts['message'] = (excerptOf) => `Got "${excerptOf(received)}"`;
		expect(await redactedMessageOf(LOOKUP, quoting)).toBe(expected);
		expect(await redactedMessageOf(SEND, quoting)).toBe(
			`${expected}. The message may have gone out`,
		);
	});

	it('is the same failure if it quotes nothing', async () => {
		const { http } = httpWith([RESPONSE]);
		const failure = failureOf({ kind: 'malformed' });
		const outcome = await outcomeOf(
			http.request(LOOKUP, () => {
				throw failure;
			}),
		);
		expect(outcome).toBe(failure);
	});
});
