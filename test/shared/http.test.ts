/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { CAME, Failure } from '../../nodes/shared/errors';
import type { FailureFacts } from '../../nodes/shared/errors';
import { asSend, createHttp, tellCame } from '../../nodes/shared/http';
import type { HttpContext, HttpRequest } from '../../nodes/shared/http';

/** Requests: what goes to n8n's helper, what is made again and when, and what is told of a failure. */

const URL_ = 'https://sms.example/send';
const LOOK: HttpRequest = { kind: 'repeatable', method: 'GET', url: URL_ };
const SEND: HttpRequest = { kind: 'send', method: 'POST', url: URL_, body: { to: '1' } };
const ANSWER = { statusCode: 200, headers: {}, body: 'ok' };

const failureOf = (facts: Partial<FailureFacts> = {}) =>
	new Failure({ kind: 'unavailable', message: 'Down', ...facts });

/** Where a promise that is awaited later may fail before. */
const outcomeOf = async <T>(work: Promise<T>): Promise<unknown> =>
	await work.catch((error: unknown) => error);

/** A requester whose helper answers, or throws, one of these after the other; the last one ever after. */
function httpWith(answers: unknown[], signal?: AbortSignal) {
	const calls: Array<{ at: number; options: Record<string, unknown> }> = [];
	const context = {
		helpers: {
			httpRequest: async (options: object) => {
				const answer = answers[Math.min(calls.length, answers.length - 1)];
				calls.push({ at: Date.now(), options: { ...options } });
				if (answer instanceof Error || answer === undefined) throw answer;
				return answer;
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

/** One request whose answers are read by what throws these failures first; how it ended, and when. */
async function tried(request: HttpRequest, failures: Failure[], signal?: AbortSignal) {
	const { calls, http } = httpWith([ANSWER], signal);
	const left = [...failures];
	const begun = Date.now();
	const ending = outcomeOf(
		http.request(request, () => {
			const failure = left.shift();
			if (failure) throw failure;
			return 'read';
		}),
	);
	await jest.advanceTimersByTimeAsync(400_000);
	return { result: await ending, times: calls.map(({ at }) => at - begun) };
}

const always = (facts: Partial<FailureFacts> = {}) =>
	Array.from({ length: 9 }, () => failureOf(facts));

describe('a request', () => {
	it('goes to n8n’s helper as it is', async () => {
		const { calls, http } = httpWith([ANSWER]);
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

	it.each<[HttpRequest, number]>([
		[SEND, 30_000],
		[LOOK, 10_000],
		[{ ...SEND, timeout: 5 }, 5],
		[{ ...LOOK, timeout: 60_000 }, 60_000],
	])('%j has the time-out %i', async (request, timeout) => {
		const deadline = jest.spyOn(AbortSignal, 'timeout');
		const { calls, http } = httpWith([ANSWER]);
		await http.request(request, () => 1);
		expect(calls[0].options.timeout).toBe(timeout);
		expect(deadline.mock.calls).toEqual([[timeout]]);
		expect(calls[0].options.abortSignal).toBe(deadline.mock.results[0].value);
	});

	it('ends with the execution, and with its time', async () => {
		const [over, late] = [new AbortController(), new AbortController()];
		for (const controller of [over, late]) {
			jest.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
			const { calls, http } = httpWith([ANSWER], over.signal);
			await http.request(LOOK, () => 1);
			const signal = calls[0].options.abortSignal as AbortSignal;
			expect(signal.aborted).toBe(controller === late);
			controller.abort();
			expect(signal.aborted).toBe(true);
		}
	});

	it.each<[string, unknown, object]>([
		[
			'header names in lower case, all values as text',
			{ statusCode: 404, headers: { 'Content-Type': 'a/b', 'X-N': 5 }, body: 'No' },
			{ status: 404, headers: { 'content-type': 'a/b', 'x-n': '5' }, text: 'No' },
		],
		[
			'no text where there is none',
			{ statusCode: 204, headers: {}, body: undefined },
			{ status: 204, headers: {}, text: '' },
		],
		[
			'no text of an object',
			{ statusCode: 200, headers: {}, body: { a: 1 } },
			{ status: 200, headers: {}, text: '' },
		],
	])('is read with %s', async (_, came, answer) => {
		const { http } = httpWith([came]);
		const read = jest.fn();
		await http.request(LOOK, read);
		expect(read.mock.calls).toEqual([[answer]]);
	});

	it('gives what its reader makes of it', async () => {
		const { http } = httpWith([ANSWER]);
		expect(await http.request(LOOK, ({ text }) => [text])).toEqual(['ok']);
		expect(http.redact('x secret-of-ours y')).toBe('x *** y');
	});
});

describe('how often it is made', () => {
	it.each<[string, HttpRequest, Partial<FailureFacts>, number]>([
		['a look-up while it is out of order', LOOK, {}, 4],
		['a look-up of too many', LOOK, { kind: 'rateLimited' }, 4],
		['a look-up that had no answer', LOOK, { timedOut: true }, 2],
		['a look-up that no try helps', LOOK, { lasting: true }, 1],
		['a send that may have been accepted', SEND, {}, 1],
		['a send that has not', SEND, { nothingAccepted: true }, 4],
		['a send of too many', SEND, { kind: 'rateLimited', nothingAccepted: true }, 4],
		['a send of too many that may have been', SEND, { kind: 'rateLimited' }, 1],
		['a send that no try helps', SEND, { nothingAccepted: true, lasting: true }, 1],
		['a send that had no answer', SEND, { timedOut: true }, 1],
		...(
			['rejected', 'notFound', 'credential', 'ambiguous', 'optedOut', 'malformed'] as const
		).flatMap(
			(kind): Array<[string, HttpRequest, Partial<FailureFacts>, number]> => [
				[`a look-up that is ${kind}`, LOOK, { kind }, 1],
				[`a send that is ${kind}`, SEND, { kind, nothingAccepted: true }, 1],
			],
		),
	])('%s', async (_, request, facts, times) => {
		const { result, times: made } = await tried(request, always(facts));
		expect(made).toHaveLength(times);
		expect(result).toBeInstanceOf(Failure);
	});

	it('no more than it takes', async () => {
		expect(await tried(LOOK, [failureOf(), failureOf()])).toEqual({
			result: 'read',
			times: [0, 500, 1_500],
		});
	});

	it('once where the execution is over', async () => {
		const { times, result } = await tried(LOOK, always(), AbortSignal.abort());
		expect(times).toEqual([0]);
		expect(result).toMatchObject({ kind: 'unavailable', message: 'Down' });
	});

	it('again while the execution goes on', async () => {
		const { times } = await tried(LOOK, always(), new AbortController().signal);
		expect(times).toHaveLength(4);
	});

	it('no more once it ends during a pause', async () => {
		const over = new AbortController();
		setTimeout(() => void over.abort(), 100);
		const { times, result } = await tried(LOOK, always(), over.signal);
		expect(times).toEqual([0, 500]);
		expect(result).toMatchObject({ kind: 'unavailable' });
	});

	it('once where it cannot be made at all', async () => {
		const { calls, http } = httpWith([ANSWER]);
		const result = await outcomeOf(http.request({ ...LOOK, timeout: -1 }, () => 1));
		expect(result).not.toBeInstanceOf(Failure);
		expect((result as Error).name).toBe('RangeError');
		expect(calls).toEqual([]);
	});
});

describe('the pauses', () => {
	it.each([
		[0, [0, 500, 1_500, 3_500]],
		[1, [0, 625, 1_875, 4_375]],
		[0.5, [0, 563, 1_688, 3_938]],
	])('grow, with chance %d', async (chance, expected) => {
		jest.spyOn(Math, 'random').mockReturnValue(chance);
		const { times } = await tried(LOOK, always());
		expect(times.map((time, index) => Math.abs(time - expected[index]) <= 3)).toEqual(
			Array(4).fill(true),
		);
	});

	it.each([1, 7_000, 30_000])('are what the provider asks for: %i', async (retryAfter) => {
		const { times, result } = await tried(LOOK, [failureOf({ retryAfter })]);
		expect([times, result]).toEqual([[0, retryAfter], 'read']);
	});

	it.each([
		[30_001, undefined, 31, ''],
		[60_000, 'Busy.', 60, 'Busy. '],
	])('of %i are left to the user', async (retryAfter, description, seconds, before) => {
		const { times, result } = await tried(LOOK, always({ retryAfter, description }));
		expect(times).toEqual([0]);
		expect(result).toMatchObject({
			kind: 'unavailable',
			retryAfter,
			message: `Down (try again in ${seconds} seconds)`,
			description: `${before}Run the workflow again in ${seconds} seconds: that is longer than a node should wait.`,
		});
	});

	it.each<[string, Failure[], string]>([
		['all of them', always({ retryAfter: 2_400 }), 'Down (still so after waiting 7 seconds)'],
		['none', always({ retryAfter: 1_000, lasting: true }), 'Down'],
		['those of our own', always(), 'Down'],
		[
			'those before the last one',
			[failureOf({ retryAfter: 4_000 }), failureOf({ kind: 'rejected', retryAfter: 9_000 })],
			'Down (still so after waiting 4 seconds)',
		],
	])('are told where the provider asked for them: %s', async (_, failures, message) => {
		expect((await tried(LOOK, failures)).result).toMatchObject({ message });
	});
});

describe('a request without an answer', () => {
	const broken = Object.assign(new Error('broken'), { code: 'ECONNRESET', syscall: 'read' });
	const ended = async (request: HttpRequest, signal?: AbortSignal) => {
		const { calls, http } = httpWith([broken], signal);
		const ending = outcomeOf(http.request(request, () => 1));
		await jest.advanceTimersByTimeAsync(10_000);
		return { result: await ending, tries: calls.length };
	};
	const pass = () => void jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());

	it('broke off', async () => {
		expect(await ended(LOOK)).toMatchObject({
			result: { message: expect.stringContaining('sms.example broke'), timedOut: false },
			tries: 4,
		});
	});

	it('ran out of time', async () => {
		pass();
		expect(await ended(LOOK)).toMatchObject({
			result: { message: 'No answer from sms.example within 10 seconds', timedOut: true },
			tries: 2,
		});
	});

	it('ran out of time while the execution goes on', async () => {
		pass();
		const { signal } = new AbortController();
		expect(await ended(LOOK, signal)).toMatchObject({ result: { timedOut: true }, tries: 2 });
	});

	it('was ended with the execution, whatever the time', async () => {
		pass();
		expect(await ended(LOOK, AbortSignal.abort())).toMatchObject({
			result: { timedOut: false },
			tries: 1,
		});
	});

	it('may have sent the message', async () => {
		expect(await ended(SEND)).toMatchObject({
			result: {
				kind: 'ambiguous',
				message: expect.stringMatching(/whole answer had come\. The message may have gone out$/),
				description: expect.stringContaining('before you send again'),
			},
			tries: 1,
		});
	});

	it('says in the caller’s words what it may have done', async () => {
		const ambiguity = { message: 'The user may be blocked', description: 'Look there.' };
		expect(await ended({ ...SEND, ambiguity })).toMatchObject({
			result: {
				kind: 'ambiguous',
				message: expect.stringMatching(/\. The user may be blocked$/),
				description: 'Look there.',
			},
		});
		expect((await ended({ ...LOOK, ambiguity })).result).toMatchObject({ kind: 'unavailable' });
	});
});

it.each<[HttpRequest, string]>([
	[LOOK, 'malformed'],
	[SEND, 'ambiguous'],
])('what the reader of %j stumbles over cannot be read', async (request, kind) => {
	const came = { statusCode: 202, headers: {}, body: 'is secret-of-ours here' };
	const { calls, http } = httpWith([came]);
	const ending = outcomeOf(
		http.request(request, () => {
			throw new TypeError('no such field');
		}),
	);
	await jest.advanceTimersByTimeAsync(10_000);
	const result = await ending;
	expect(calls).toHaveLength(1);
	expect(result).toMatchObject({
		kind,
		httpStatus: 202,
		message: expect.stringMatching(
			/^Expected an answer that can be read, got HTTP 202 with a nameless body: "is \*\*\* here"/,
		),
		description: expect.stringMatching(
			kind === 'malformed' ? /^Please report/ : /^The provider may/,
		),
		came: undefined,
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
		const told = asSend(failure);
		if (!isAmbiguous) expect(told).toBe(failure);
		else
			expect(told).toMatchObject({
				kind: 'ambiguous',
				httpStatus: 500,
				message: 'Down. The message may have gone out',
				description: expect.stringContaining('It is not sent again by itself'),
			});
	});
});

describe('what came', () => {
	const redact = <T>(value: T) => String(value).replaceAll('secret', '***') as T;
	const told = (message: string, came?: string[]) => tellCame(failureOf({ message, came }), redact);

	it.each<[string, string[], string]>([
		[`a "${CAME}" b`, ['one'], 'a "one" b'],
		[`${CAME}, ${CAME}`, ['one', '<b>two</b>'], 'one, two'],
		[`${CAME}, ${CAME}`, ['one'], 'one, '],
		[CAME, ['$& $1'], '$& $1'],
		[CAME, [`${'x'.repeat(117)}secret`], `${'x'.repeat(117)}***`],
		['none', ['one'], 'none'],
	])('stands in %j', (message, came, expected) => {
		expect(told(message, came)).toMatchObject({ message: expected, came: undefined });
	});

	it('is nothing where nothing came', () => {
		const failure = failureOf({ message: CAME });
		expect(tellCame(failure, redact)).toBe(failure);
	});
});
