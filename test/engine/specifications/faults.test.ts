/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import type { IDataObject } from 'n8n-workflow';
import { hrtime } from 'node:process';
import { inspect } from 'node:util';
import pLimit from 'p-limit';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import type { FaultOrder } from '../../../sandbox/faults';
import type { RunResult } from '../harness/engine';
import {
	inputOf,
	OPERATIONS,
	prepare,
	PROVIDERS,
	runProvider,
	titleOf,
} from '../tables/operations';
import type { OperationRow } from '../tables/operations';

/**
 * Every operation of every provider under every fault. A fault affects each of the operation's regular
 * requests, however often it is repeated, but not the look-up after a lost response to a send. All
 * operations run at the same time, each with a separate sandbox.
 */

interface Fault {
	title: string;
	order: FaultOrder;
	/**
	 * - readable: a response is received and can be read
	 * - lost: it is unknown whether the provider accepted the request
	 * - unreadable: something is received that is not a response of the provider
	 * - rejected: it is certain that nothing was accepted
	 */
	result: 'readable' | 'lost' | 'unreadable' | 'rejected';
	/** What the error says was received. */
	message: RegExp;
	/** Lasts until the time-out. */
	hangs?: boolean;
}

const PAGE = 'an HTML page: "Service Unavailable The server is temporarily unable';
const NO_RESPONSE = /No response from 127\.0\.0\.1:\d+ within (10|30) seconds/;
const BROKEN = /The connection to 127\.0\.0\.1:\d+ broke before the complete response was received/;

/** The fault before the provider processes the request, and after it. */
const beforeAndAfter = ({ title, order, ...rest }: Fault): Fault[] => [
	{
		title: `${title}, before the request is processed`,
		order: { ...order, when: 'before' },
		...rest,
	},
	{
		title: `${title}, after the request is processed`,
		order: { ...order, when: 'after' },
		...rest,
	},
];

const FAULTS: Fault[] = [
	...beforeAndAfter({
		title: 'no response',
		order: { kind: 'hang' },
		result: 'lost',
		message: NO_RESPONSE,
		hangs: true,
	}),
	...beforeAndAfter({
		title: 'a late response',
		order: { kind: 'delay', ms: 700 },
		result: 'readable',
		message: /^$/,
	}),
	...beforeAndAfter({
		title: 'a connection reset',
		order: { kind: 'reset' },
		result: 'lost',
		message: BROKEN,
	}),
	...[500, 503].flatMap((status) =>
		beforeAndAfter({
			title: `HTTP ${status} without a body`,
			order: { kind: 'status', status },
			result: 'lost',
			message: new RegExp(`got HTTP ${status} with an empty body`),
		}),
	),
	...beforeAndAfter({
		title: 'an HTML page with HTTP 502',
		order: { kind: 'html', status: 502 },
		result: 'lost',
		message: new RegExp(`got HTTP 502 with ${PAGE}`),
	}),
	...beforeAndAfter({
		title: 'an HTML page with HTTP 200',
		order: { kind: 'html', status: 200 },
		result: 'unreadable',
		message: new RegExp(`got HTTP 200 with ${PAGE}`),
	}),
	...beforeAndAfter({
		title: 'an empty body',
		order: { kind: 'empty' },
		result: 'unreadable',
		message: /got HTTP 200 with an empty body/,
	}),
	{
		title: 'a body cut off in the middle',
		order: { kind: 'truncate' },
		result: 'unreadable',
		// nothing remains of a body of one character
		message: /got HTTP 200 with (a (application\/json|text\/xml) body: ".|an empty body)/,
	},
	{
		title: 'a connection that breaks in the middle of the body',
		order: { kind: 'truncate', broken: true },
		result: 'lost',
		message: BROKEN,
	},
	...['text/html; charset=utf-8', 'image/png', 'application/octet-stream'].map(
		(contentType): Fault => ({
			title: `the right body as ${contentType}`,
			order: { kind: 'contentType', contentType },
			result: 'readable',
			message: /^$/,
		}),
	),
	{
		title: 'HTTP 429 with Retry-After: 1',
		order: { kind: 'status', status: 429, headers: { 'Retry-After': '1' } },
		result: 'rejected',
		message: /got HTTP 429 with an empty body \(after waiting 3 seconds\)/,
	},
	{
		title: 'HTTP 429 with Retry-After: 60',
		order: { kind: 'status', status: 429, headers: { 'Retry-After': '60' } },
		result: 'rejected',
		message: /got HTTP 429 with an empty body \(try again in 60 seconds\)/,
	},
];

/** The outcome of one operation under one fault. */
interface Outcome {
	row: OperationRow;
	result: RunResult;
	milliseconds: number;
	/** How often the first request of the operation was made. */
	requests: number;
	/** How many requests the fault affected. */
	struck: number;
	/** The handset of each message that this run sent. */
	texted: string[];
	/** The message IDs of the provider. */
	sentIds: string[];
}

/** So that no request of a preparation waits for its turn longer than its time-out. */
const preparing = pLimit(8);

async function outcomeOf(row: OperationRow, { order }: Fault): Promise<Outcome> {
	const { provider, calls } = row;
	const pace = { sent: 20, carrier: 20, delivered: 20 };
	const sandbox: Sandbox = await startSandbox({ port: 0, pace });
	try {
		const parameters = await preparing(prepare, row, sandbox);
		sandbox.requests.clear();
		const before = sandbox.messages.list({ direction: 'out' }).length;
		for (const operation of new Set(calls)) {
			sandbox.faults.add({ ...order, provider, operation, times: 'always' });
		}
		const start = hrtime.bigint();
		const result = await runProvider(provider, sandbox, parameters, { input: inputOf(row) });
		const sent = sandbox.messages.list({ direction: 'out' }).slice(before);
		return {
			row,
			result,
			milliseconds: Number(hrtime.bigint() - start) / 1e6,
			requests: sandbox.requests.count(provider, calls[0]),
			struck: sandbox.faults.list().reduce((sum, { struck }) => sum + struck, 0),
			texted: sent.map(({ handset }) => handset).sort(),
			sentIds: sent.map(({ id }) => id),
		};
	} finally {
		await sandbox.close();
	}
}

const outcomesOf = async (fault: Fault) =>
	await Promise.all(OPERATIONS.map(async (row) => await outcomeOf(row, fault)));

/** Whether the provider processes the request although its response is useless. */
const isProcessed = ({ order }: Fault) => order.when === 'after' || order.kind === 'truncate';

/** Whether the operation must succeed in spite of the fault. */
function succeeds({ findsLostSends }: OperationRow, fault: Fault): boolean {
	if (fault.result === 'readable') return true;
	return isProcessed(fault) && findsLostSends === true;
}

/** How many times the operation must make its first request, including retries. */
function requestsFor({ kind, calls }: OperationRow, { result, hangs, order }: Fault): number {
	const withoutFault = calls.filter((call) => call === calls[0]).length;
	if (result === 'readable') return withoutFault;
	if (order.headers?.['Retry-After'] === '60') return 1;
	if (result === 'rejected') return 4;
	if (result === 'unreadable' || kind === 'send') return 1;
	return hangs ? 2 : 4;
}

/** The maximum duration in milliseconds, with an allowance for a busy machine. */
function timeFor({ kind, findsLostSends }: OperationRow, { hangs }: Fault): number {
	// between tries, or between look-ups of a lost send
	const pauses = 4_500;
	const slack = 15_000;
	if (!hangs) return pauses + slack;
	if (kind === 'send') return 30_000 + (findsLostSends ? pauses : 0) + slack;
	return 2 * 10_000 + 1_000 + slack;
}

/** The advice that n8n adds to such errors. Some of it would make people send again at once. */
const ADVICE_OF_N8N =
	/retry the request|perhaps|the service (was not able|is receiving|failed|refused)|bad gateway|gateway timed out|service unavailable - /i;

const contains = (actual: IDataObject, expected: IDataObject) =>
	expect.objectContaining(expected).asymmetricMatch(actual);

/** The expected fields of a message that is looked up, whose status may have changed since the send. */
const withoutStatus = (message: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(message).filter(([name]) => !['status', 'isFinal'].includes(name)),
	);

const errorOf = ({ result }: Outcome) => result.error;

/** The names of the operations whose outcome is wrong, with a reason. */
function wrongOutcomes(
	outcomes: Outcome[],
	reasonOf: (outcome: Outcome) => string | false,
): string[] {
	return outcomes.flatMap((outcome) => {
		const reason = reasonOf(outcome);
		return reason === false ? [] : [`${titleOf(outcome.row)}: ${reason}`];
	});
}

let outcomesByFault: Map<Fault, Outcome[]>;
beforeAll(async () => {
	// faults that hang need no limit: they wait for half a minute and do nothing
	const limit = pLimit(2);
	const runs = FAULTS.map(async (fault): Promise<[Fault, Outcome[]]> => {
		return [fault, await (fault.hangs ? outcomesOf(fault) : limit(outcomesOf, fault))];
	});
	outcomesByFault = new Map(await Promise.all(runs));
}, 170_000);

describe.each(FAULTS.map((fault) => [fault.title, fault] as const))('%s:', (_title, fault) => {
	let outcomes: Outcome[];
	beforeAll(() => {
		outcomes = outcomesByFault.get(fault) ?? [];
	});

	it('affects every operation', () => {
		expect(outcomes).toHaveLength(OPERATIONS.length);
		expect(wrongOutcomes(outcomes, ({ struck }) => struck === 0 && 'was not affected')).toEqual([]);
	});

	it('every operation ends in time', () => {
		const late = ({ row, milliseconds }: Outcome) =>
			milliseconds > timeFor(row, fault) && `took ${milliseconds} ms`;
		expect(wrongOutcomes(outcomes, late)).toEqual([]);
	});

	it('every operation outputs the right result, or none', () => {
		const wrongResult = ({ row, result: { json } }: Outcome) => {
			if (!succeeds(row, fault)) return json.length > 0 && JSON.stringify(json);
			const expected = fault.result === 'readable' ? row.output : row.output.map(withoutStatus);
			const isComplete = expected.every((fields) => json.some((item) => contains(item, fields)));
			return !isComplete && JSON.stringify(json);
		};
		expect(wrongOutcomes(outcomes, wrongResult)).toEqual([]);
	});

	it('every sent message is output with its own ID', () => {
		const withWrongId = ({ row, result: { json }, sentIds }: Outcome) =>
			succeeds(row, fault) &&
			row.handsets.length > 0 &&
			json.map(({ messageId }) => messageId).join() !== sentIds.join() &&
			JSON.stringify(json);
		expect(wrongOutcomes(outcomes, withWrongId)).toEqual([]);
	});

	it('every operation without a result fails with an error that says what was received', () => {
		const unclear = (outcome: Outcome) => {
			const error = errorOf(outcome);
			if (succeeds(outcome.row, fault)) return error !== undefined && error.message;
			const isClear =
				error && fault.message.test(error.message) && /\[Item 0\]$/.test(error.message);
			return !isClear && String(error?.message);
		};
		expect(wrongOutcomes(outcomes, unclear)).toEqual([]);
	});

	it('every error describes what to do', () => {
		const withoutDescription = (outcome: Outcome) =>
			errorOf(outcome) !== undefined && !errorOf(outcome)?.description && 'no description';
		expect(wrongOutcomes(outcomes, withoutDescription)).toEqual([]);
	});

	it('no error contains advice of n8n', () => {
		const withAdviceOfN8n = (outcome: Outcome) => {
			const { message = '', description } = errorOf(outcome) ?? {};
			// without the quoted page of the provider
			const text = `${message.replace(/"[^"]*"/g, '')} ${description ?? ''}`;
			return ADVICE_OF_N8N.test(text) && text;
		};
		expect(wrongOutcomes(outcomes, withAdviceOfN8n)).toEqual([]);
	});

	const isLost = fault.result === 'lost' || fault.result === 'unreadable';
	it(`an error ${isLost ? 'of a send says' : 'does not say'} that it may have been processed`, () => {
		const untrue = ({ row, result: { error } }: Outcome) =>
			error !== undefined &&
			/ may have /.test(error.message) !== (isLost && row.kind === 'send') &&
			error.message;
		expect(wrongOutcomes(outcomes, untrue)).toEqual([]);
	});

	it('no secret of a credential is in the data or the error of a run', () => {
		const leaks = ({ row, result: { run, error } }: Outcome) => {
			const data = `${JSON.stringify(run)} ${inspect(error, { depth: 12 })}`;
			return (
				PROVIDERS[row.provider].secrets.some((secret) => data.includes(secret)) && 'has a secret'
			);
		};
		expect(wrongOutcomes(outcomes, leaks)).toEqual([]);
	});

	it('every operation makes the expected number of requests', () => {
		const wrongNumber = ({ row, requests }: Outcome) =>
			requests !== requestsFor(row, fault) && `${requests}, not ${requestsFor(row, fault)}`;
		expect(wrongOutcomes(outcomes, wrongNumber)).toEqual([]);
	});

	it('nobody is texted twice or by mistake', () => {
		const wasProcessed = fault.result === 'readable' || isProcessed(fault);
		const wronglyTexted = (outcome: Outcome) => {
			const expected = wasProcessed ? [...outcome.row.handsets].sort() : [];
			return outcome.texted.join() !== expected.join() && `texted ${outcome.texted.join()}`;
		};
		expect(wrongOutcomes(outcomes, wronglyTexted)).toEqual([]);
	});
});

describe('a provider that cannot be reached', () => {
	let results: Array<[title: string, error: RunResult['error']]>;
	beforeAll(async () => {
		const sandbox = await startSandbox({ port: 0 });
		const prepared = await Promise.all(
			OPERATIONS.map(async (row) => [row, await prepare(row, sandbox)] as const),
		);
		// so that nothing listens at its address
		await sandbox.close();
		results = await Promise.all(
			prepared.map(async ([row, parameters]): Promise<(typeof results)[number]> => {
				const input = inputOf(row);
				const { error } = await runProvider(row.provider, sandbox, parameters, { input });
				return [titleOf(row), error];
			}),
		);
	}, 60_000);

	it('is named as the cause by every operation', () => {
		const withoutCause = results.filter(
			([, error]) =>
				!/^Could not connect to 127\.0\.0\.1:\d+ .*\[Item 0\]$/.test(error?.message ?? ''),
		);
		expect(withoutCause).toEqual([]);
	});

	it('makes every error say that nothing was sent', () => {
		const withoutStatement = results.filter(
			([, error]) => !error?.description?.endsWith('Nothing was sent.'),
		);
		expect(withoutStatement).toEqual([]);
	});
});
