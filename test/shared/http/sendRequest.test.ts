import { Failure } from '../../../nodes/shared/errors/failure';
import { createHttp } from '../../../nodes/shared/http/request';
import { accepted, failed, type Outcome } from '../../../nodes/shared/model/outcome';
import { outcomeOf, sendRequest } from '../../../nodes/shared/http/sendRequest';

/** What a request that sends states about each message in it. */

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const SECRET = 'the-secret-of-an-account';
const ok = accepted([{ json: { messageId: 'm1' } }]);
const thrown = (kind: 'rejected' | 'rateLimited', message = 'No') =>
	new Failure({ kind, message, nothingAccepted: true });
const refusal = (...facts: Parameters<typeof thrown>) => failed(thrown(...facts));

interface Script {
	status?: number;
	intents?: number;
	refusesWith5xx?: boolean;
	error?: Error;
}

/** Sends, with these statements of the reader by request; the last one is repeated. */
async function play(readings: Array<Outcome[] | Error>, script: Script = {}) {
	const { status = 200, intents = 1, error, ...options } = script;
	let requests = 0;
	const context = {
		helpers: {
			httpRequest: async () => {
				requests++;
				if (error) throw error;
				return { statusCode: status, headers: {}, body: 'body' };
			},
		},
	};
	const read = () => {
		const reading = readings[Math.min(requests, readings.length) - 1];
		if (reading instanceof Error) throw reading;
		return reading;
	};
	const http = createHttp(context as never, [SECRET]);
	const sending = sendRequest(
		http,
		{ method: 'POST', url: 'https://p.example/', ...options },
		intents,
		read,
	);
	await jest.advanceTimersByTimeAsync(60_000);
	return { outcomes: await sending, requests };
}

const kinds = (outcomes: Outcome[]) => outcomes.map(({ kind }) => kind);

it('has the statements of the reader', async () => {
	const { outcomes, requests } = await play([[ok, refusal('rejected')]], { intents: 2 });
	expect(kinds(outcomes)).toEqual(['accepted', 'refused']);
	expect(requests).toBe(1);
});

it('states the same of all messages if the request failed', async () => {
	const { outcomes } = await play([new Failure({ kind: 'malformed', message: 'Bad' })], {
		intents: 2,
	});
	expect(outcomes).toMatchObject([
		{
			kind: 'unknown',
			failure: { kind: 'ambiguous', message: 'Bad. The message may have gone out' },
		},
		{ kind: 'unknown' },
	]);
});

it('is unknown after a lost response, and refused if there was never a connection', async () => {
	const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });
	expect(await play([], { error: reset })).toMatchObject({
		outcomes: [{ kind: 'unknown' }],
		requests: 1,
	});
	const unreachable = Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' });
	expect(await play([], { error: unreachable })).toMatchObject({
		outcomes: [{ kind: 'refused' }],
		requests: 4,
	});
});

it('is retried while all of it is refused for a temporary reason', async () => {
	const busy = [refusal('rateLimited'), refusal('rateLimited')];
	const { outcomes, requests } = await play([busy, [ok, ok]], { intents: 2 });
	expect(kinds(outcomes)).toEqual(['accepted', 'accepted']);
	expect(requests).toBe(2);
});

it.each<[string, Outcome[]]>([
	['a part of it is accepted', [refusal('rateLimited'), ok]],
	['the reason is not temporary', [refusal('rejected'), refusal('rejected')]],
	['it has no messages', []],
])('is not retried if %s', async (_, reading) => {
	expect((await play([reading], { intents: 2 })).requests).toBe(1);
});

const DOCUMENTED = { status: 500, refusesWith5xx: true };

it.each<[string, Script, Outcome[] | Error, string]>([
	['a refusal', { status: 500 }, [refusal('rejected')], 'unknown'],
	['a refusal that is thrown', { status: 500 }, thrown('rejected'), 'unknown'],
	['a temporary refusal', { status: 503 }, [refusal('rateLimited')], 'unknown'],
	['a temporary refusal that is thrown', { status: 503 }, thrown('rateLimited'), 'unknown'],
	['an acceptance', { status: 500 }, [ok], 'accepted'],
	['an unexpected error', { status: 500 }, new Error('x'), 'unknown'],
	['a documented refusal', DOCUMENTED, [refusal('rejected')], 'refused'],
	['a documented refusal that is thrown', DOCUMENTED, thrown('rejected'), 'refused'],
])('under HTTP 5xx %s (%j) is stated and not retried', async (_, script, reading, kind) => {
	const { outcomes, requests } = await play([reading], script);
	expect(kinds(outcomes)).toEqual([kind]);
	expect(requests).toBe(1);
});

it('under HTTP 5xx a message that is reported as failed may have been sent', async () => {
	const json = { messageId: null, status: 'failed', isFinal: true, errorCode: '7' };
	const refused = { ...refusal('rejected'), outputs: [{ json, raw: 1 }] } as Outcome;
	const { outcomes } = await play([[refused]], { status: 500 });
	expect(outcomes).toMatchObject([
		{
			kind: 'unknown',
			outputs: [{ json: { ...json, status: 'unknown', isFinal: false }, raw: 1 }],
		},
	]);
	expect((await play([[refused]])).outcomes).toEqual([refused]);
});

it('masks secrets in what a statement quotes', async () => {
	const failure = new Failure({
		kind: 'rejected',
		message: (excerptOf) => `Got ${excerptOf(`${SECRET} ${'x'.repeat(500)}`)}`,
		nothingAccepted: true,
	});
	const { outcomes } = await play([[failed(failure)]]);
	expect(JSON.stringify(outcomes[0])).not.toContain(SECRET.slice(0, 12));
	expect(outcomes[0]).toMatchObject({ failure: { message: expect.stringContaining('Got ***') } });
});

it('an error that is no failure states nothing', () => {
	expect(outcomeOf(new TypeError('x'))).toMatchObject({
		kind: 'unknown',
		failure: { kind: 'ambiguous', message: 'x. The message may have gone out' },
	});
});
