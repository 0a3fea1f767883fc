/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { inspect } from 'node:util';
import pLimit from 'p-limit';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import type { FaultOrder } from '../../sandbox/faults';
import type { RunResult } from './engine';
import { inputOf, OPERATIONS, prepare, PROVIDERS, runProvider, titleOf } from './operations';
import type { OperationRow } from './operations';

/**
 * Provider x operation x fault. A fault strikes every request that the operation makes for itself,
 * as often as it asks; the look-up of a send whose answer is lost gets through. All operations meet
 * a fault at the same time, each in a sandbox of its own.
 */

interface Fault {
	title: string;
	order: FaultOrder;
	/**
	 * - answered: the answer comes and can be read
	 * - lost: whether the provider took the request is not known
	 * - unread: something came, but no answer of the provider
	 * - refused: it is certain that nothing was accepted
	 */
	makes: 'answered' | 'lost' | 'unread' | 'refused';
	/** What the error says that came. */
	says: RegExp;
	/** Takes the whole time-out. */
	hangs?: boolean;
}

const PAGE = 'an HTML page: "Service Unavailable The server is temporarily unable';
const NO_ANSWER = /No answer from 127\.0\.0\.1:\d+ within (10|30) seconds/;
const BROKEN = /The connection to 127\.0\.0\.1:\d+ broke before the whole answer had come/;

/** The fault before the provider has done the work, and after it. */
const bothWays = ({ title, order, ...rest }: Fault): Fault[] => [
	{ title: `${title}, before the work is done`, order: { ...order, when: 'before' }, ...rest },
	{ title: `${title}, after the work is done`, order: { ...order, when: 'after' }, ...rest },
];

const FAULTS: Fault[] = [
	...bothWays({
		title: 'no answer',
		order: { kind: 'hang' },
		makes: 'lost',
		says: NO_ANSWER,
		hangs: true,
	}),
	...bothWays({
		title: 'an answer that is late',
		order: { kind: 'delay', ms: 700 },
		makes: 'answered',
		says: /^$/,
	}),
	...bothWays({
		title: 'a connection reset',
		order: { kind: 'reset' },
		makes: 'lost',
		says: BROKEN,
	}),
	...[500, 503].flatMap((status) =>
		bothWays({
			title: `HTTP ${status} without a body`,
			order: { kind: 'status', status },
			makes: 'lost',
			says: new RegExp(`got HTTP ${status} with an empty body`),
		}),
	),
	...bothWays({
		title: 'an HTML page with HTTP 502',
		order: { kind: 'html', status: 502 },
		makes: 'lost',
		says: new RegExp(`got HTTP 502 with ${PAGE}`),
	}),
	...bothWays({
		title: 'an HTML page with HTTP 200',
		order: { kind: 'html', status: 200 },
		makes: 'unread',
		says: new RegExp(`got HTTP 200 with ${PAGE}`),
	}),
	...bothWays({
		title: 'an empty body',
		order: { kind: 'empty' },
		makes: 'unread',
		says: /got HTTP 200 with an empty body/,
	}),
	{
		title: 'a body cut off in the middle',
		order: { kind: 'truncate' },
		makes: 'unread',
		// half of a single digit is nothing
		says: /got HTTP 200 with (a (application\/json|text\/xml) body: ".|an empty body)/,
	},
	{
		title: 'a body that breaks off',
		order: { kind: 'truncate', broken: true },
		makes: 'lost',
		says: BROKEN,
	},
	...['text/html; charset=utf-8', 'image/png', 'application/octet-stream'].map(
		(contentType): Fault => ({
			title: `the right body as ${contentType}`,
			order: { kind: 'contentType', contentType },
			makes: 'answered',
			says: /^$/,
		}),
	),
	{
		title: 'HTTP 429 that asks for a second',
		order: { kind: 'status', status: 429, headers: { 'Retry-After': '1' } },
		makes: 'refused',
		says: /got HTTP 429 with an empty body \(still so after waiting 3 seconds\)/,
	},
	{
		title: 'HTTP 429 that asks for a minute',
		order: { kind: 'status', status: 429, headers: { 'Retry-After': '60' } },
		makes: 'refused',
		says: /got HTTP 429 with an empty body \(try again in 60 seconds\)/,
	},
];

/** What became of one operation under one fault. */
interface Outcome {
	row: OperationRow;
	result: RunResult;
	milliseconds: number;
	/** How often the first of its requests was made. */
	requests: number;
	/** Requests that the fault struck. */
	struck: number;
	/** Handsets with a message of this run, once for each message. */
	texted: string[];
	/** The provider's ids of these messages. */
	sentIds: string[];
}

async function outcomeOf(row: OperationRow, { order }: Fault): Promise<Outcome> {
	const { provider, calls } = row;
	const pace = { sent: 20, carrier: 20, delivered: 20 };
	const sandbox: Sandbox = await startSandbox({ port: 0, pace });
	try {
		const parameters = await prepare(row, sandbox);
		sandbox.requests.clear();
		const before = sandbox.messages.list({ direction: 'out' }).length;
		for (const operation of new Set(calls)) {
			sandbox.faults.add({ ...order, provider, operation, times: 'always' });
		}
		const start = Date.now();
		const result = await runProvider(provider, sandbox, parameters, { input: inputOf(row) });
		const sent = sandbox.messages.list({ direction: 'out' }).slice(before);
		return {
			row,
			result,
			milliseconds: Date.now() - start,
			requests: sandbox.requests.count(provider, calls[0]),
			struck: sandbox.faults.list().reduce((sum, { struck }) => sum + struck, 0),
			texted: sent.map(({ handset }) => handset).sort(),
			sentIds: sent.map(({ id }) => id),
		};
	} finally {
		await sandbox.close();
	}
}

const meet = async (fault: Fault) =>
	await Promise.all(OPERATIONS.map(async (row) => await outcomeOf(row, fault)));

/** Whether the provider has done the work, although its answer is of no use. */
const isDone = ({ order }: Fault) => order.when === 'after' || order.kind === 'truncate';

/** Whether the operation is to succeed all the same. */
function succeeds({ findsLostSends }: OperationRow, fault: Fault): boolean {
	if (fault.makes === 'answered') return true;
	return isDone(fault) && findsLostSends === true;
}

/** How often the operation is to ask, the first time included. */
function requestsFor({ kind, calls }: OperationRow, { makes, hangs, order }: Fault): number {
	const asPlanned = calls.filter((call) => call === calls[0]).length;
	if (makes === 'answered') return asPlanned;
	if (order.headers?.['Retry-After'] === '60') return 1;
	if (makes === 'refused') return 4;
	if (makes === 'unread' || kind === 'send') return 1;
	return hangs ? 2 : 4;
}

/** Milliseconds, with what a busy machine adds. */
function timeFor({ kind, findsLostSends }: OperationRow, { hangs }: Fault): number {
	// the pauses between tries, or between the looks at a lost send
	const pauses = 4_500;
	const slack = 15_000;
	if (!hangs) return pauses + slack;
	if (kind === 'send') return 30_000 + (findsLostSends ? pauses : 0) + slack;
	return 2 * 10_000 + 1_000 + slack;
}

/** The advice of n8n's own for such errors; some of it would have people send again at once. */
const ADVICE_OF_N8N =
	/retry the request|perhaps|the service (was not able|is receiving|failed|refused)|bad gateway|gateway timed out|service unavailable - /i;

const holds = (given: IDataObject, wanted: IDataObject) =>
	expect.objectContaining(wanted).asymmetricMatch(given);

/** A message that is looked up has moved on since it was accepted. */
const laterOn = (message: IDataObject): IDataObject =>
	Object.fromEntries(
		Object.entries(message).filter(([name]) => !['status', 'isFinal'].includes(name)),
	);

const errorOf = ({ result }: Outcome) => result.error;

/** The names of the operations whose outcome is not as it should be, with a reason. */
function wrong(outcomes: Outcome[], reasonOf: (outcome: Outcome) => string | false): string[] {
	return outcomes.flatMap((outcome) => {
		const reason = reasonOf(outcome);
		return reason === false ? [] : [`${titleOf(outcome.row)}: ${reason}`];
	});
}

let all: Map<Fault, Outcome[]>;
beforeAll(async () => {
	// those that hang wait for half a minute without any work
	const limit = pLimit(3);
	const met = FAULTS.map(async (fault): Promise<[Fault, Outcome[]]> => {
		return [fault, await (fault.hangs ? meet(fault) : limit(meet, fault))];
	});
	all = new Map(await Promise.all(met));
}, 170_000);

describe.each(FAULTS.map((fault) => [fault.title, fault] as const))('%s:', (_title, fault) => {
	let outcomes: Outcome[];
	beforeAll(() => {
		outcomes = all.get(fault) ?? [];
	});

	it('strikes every operation', () => {
		expect(outcomes).toHaveLength(OPERATIONS.length);
		expect(wrong(outcomes, ({ struck }) => struck === 0 && 'met no fault')).toEqual([]);
	});

	it('each operation ends within its time', () => {
		const late = ({ row, milliseconds }: Outcome) =>
			milliseconds > timeFor(row, fault) && `took ${milliseconds} ms`;
		expect(wrong(outcomes, late)).toEqual([]);
	});

	it('each operation gives the right result, or none', () => {
		const odd = ({ row, result: { json } }: Outcome) => {
			if (!succeeds(row, fault)) return json.length > 0 && JSON.stringify(json);
			const wanted = fault.makes === 'answered' ? row.output : row.output.map(laterOn);
			return (
				!wanted.every((one) => json.some((given) => holds(given, one))) && JSON.stringify(json)
			);
		};
		expect(wrong(outcomes, odd)).toEqual([]);
	});

	it('each text that was sent is known by its own id', () => {
		const nameless = ({ row, result: { json }, sentIds }: Outcome) =>
			succeeds(row, fault) &&
			row.handsets.length > 0 &&
			json.map(({ messageId }) => messageId).join() !== sentIds.join() &&
			JSON.stringify(json);
		expect(wrong(outcomes, nameless)).toEqual([]);
	});

	it('each operation without a result ends in an error that names what came', () => {
		const unclear = (outcome: Outcome) => {
			const error = errorOf(outcome);
			if (succeeds(outcome.row, fault)) return error !== undefined && error.message;
			const isClear = error && fault.says.test(error.message) && /\[Item 0\]$/.test(error.message);
			return !isClear && String(error?.message);
		};
		expect(wrong(outcomes, unclear)).toEqual([]);
	});

	it('each error says how to get unstuck', () => {
		const mute = (outcome: Outcome) =>
			errorOf(outcome) !== undefined && !errorOf(outcome)?.description && 'no description';
		expect(wrong(outcomes, mute)).toEqual([]);
	});

	it('no error has advice that is not ours', () => {
		const advised = (outcome: Outcome) => {
			const { message = '', description } = errorOf(outcome) ?? {};
			// what the provider’s page says is quoted
			const words = `${message.replace(/"[^"]*"/g, '')} ${description ?? ''}`;
			return ADVICE_OF_N8N.test(words) && words;
		};
		expect(wrong(outcomes, advised)).toEqual([]);
	});

	const isLost = fault.makes === 'lost' || fault.makes === 'unread';
	it(`an error ${isLost ? 'of a send says' : 'does not say'} that it may have been done`, () => {
		const untrue = ({ row, result: { error } }: Outcome) =>
			error !== undefined &&
			/ may have /.test(error.message) !== (isLost && row.kind === 'send') &&
			error.message;
		expect(wrong(outcomes, untrue)).toEqual([]);
	});

	it('no secret of a credential is left in what a run leaves behind', () => {
		const leaks = ({ row, result: { run, error } }: Outcome) => {
			const left = `${JSON.stringify(run)} ${inspect(error, { depth: 12 })}`;
			return PROVIDERS[row.provider].secrets.some((secret) => left.includes(secret)) && 'does';
		};
		expect(wrong(outcomes, leaks)).toEqual([]);
	});

	it('each operation asks as often as it may, and no more', () => {
		const times = ({ row, requests }: Outcome) =>
			requests !== requestsFor(row, fault) && `${requests}, not ${requestsFor(row, fault)}`;
		expect(wrong(outcomes, times)).toEqual([]);
	});

	it('nobody is texted twice, and nobody who was not to be', () => {
		const wasDone = fault.makes === 'answered' || isDone(fault);
		const texted = (outcome: Outcome) => {
			const wanted = wasDone ? [...outcome.row.handsets].sort() : [];
			return outcome.texted.join() !== wanted.join() && `texted ${outcome.texted.join()}`;
		};
		expect(wrong(outcomes, texted)).toEqual([]);
	});
});

describe('a provider that cannot be reached', () => {
	let results: Array<[title: string, error: RunResult['error']]>;
	beforeAll(async () => {
		const sandbox = await startSandbox({ port: 0 });
		const prepared = await Promise.all(
			OPERATIONS.map(async (row) => [row, await prepare(row, sandbox)] as const),
		);
		// nobody listens at its address any more
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
		const silent = results.filter(
			([, error]) =>
				!/^Could not connect to 127\.0\.0\.1:\d+ .*\[Item 0\]$/.test(error?.message ?? ''),
		);
		expect(silent).toEqual([]);
	});

	it('leaves no doubt that nothing was sent', () => {
		const doubtful = results.filter(
			([, error]) => !error?.description?.endsWith('Nothing was sent.'),
		);
		expect(doubtful).toEqual([]);
	});
});
