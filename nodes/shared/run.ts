import pLimit from 'p-limit';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorItem } from './errorItem';
import { asFailure, detailsOf, fail, failInput, Failure, toNodeError, wordsOf } from './errors';
import { Item } from './item';
import type { Output } from './item';
import type { Connection, EachItem, Operation, Pace, Provider } from './operation';
import type { Redact } from './redact';
import { SentItems } from './sent';
import { track } from './track';
import { park } from './wait';

/** Why an item failed, and whether it is certain that the provider accepted nothing of it. */
class Failed {
	constructor(
		readonly error: unknown,
		readonly nothingSent: boolean,
	) {}
}

type Result = Output[] | Failed;

/** What is the same for all items of a run, read before the first request. */
interface Run<Api extends Connection> {
	context: IExecuteFunctions;
	items: Item[];
	operation: Operation<Api>;
	pace: Pace;
	/** Without the provider's answers as they came. */
	simplify: boolean;
	api: Api;
}

/**
 * Runs the chosen operation over all input items: at most `concurrency` in flight, outputs in item
 * order and paired to their items, a failure on its own item with Continue On Fail.
 *
 * @throws NodeApiError or NodeOperationError for the first item that failed, once the requests in
 *   flight have ended (so that what was sent is remembered for the next try); with Continue On Fail
 *   nothing: a failure of the whole run is one of every item
 */
export async function run<Api extends Connection>(
	context: IExecuteFunctions,
	provider: Provider<Api>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData().map((_, index) => new Item(context, index));
	if (items.length === 0) return [[]];
	let redact: Redact = (value) => value;
	let done: Done;
	// what is wrong with the node as a whole is no item's
	let isItems = false;
	try {
		const operation = chosenOperation(provider, items);
		isItems = true;
		const ready = await prepare(context, provider, operation, items);
		redact = ready.api.redact;
		done = await work(ready);
	} catch (error) {
		// nothing was sent yet: what fails after a send is its item's
		done = { results: items.map(() => new Failed(error, true)), isItems };
	}
	return 'parked' in done ? done.parked : collect(context, items, done, redact);
}

/** What a run came to. */
type Done =
	| { parked: INodeExecutionData[][] }
	| { results: Result[]; simplify?: boolean; sends?: boolean; isItems?: boolean };

/** @throws Failure where there is none, or it takes one item and more came */
function chosenOperation<Api extends Connection>(
	provider: Provider<Api>,
	items: Item[],
): Operation<Api> {
	const [first] = items;
	const resource = first.parameter('resource');
	const name = first.parameter('operation');
	const operation =
		provider.operations.find(
			(candidate) => candidate.resource === resource && candidate.operation === name,
		) ??
		failInput(
			`This node has no operation "${name}" of "${resource}"`,
			'Choose the operation again in the node.',
		);
	if ('wait' in operation && items.length > 1) {
		failInput(
			`"${operation.name}" takes one item, and ${items.length} came`,
			'A wait holds the whole execution. Put a Loop Over Items node with a batch size of 1 before this one. Nothing was sent.',
		);
	}
	return operation;
}

/** Reads what is the same for all items. @throws Failure, or n8n's error, before any request */
async function prepare<Api extends Connection>(
	context: IExecuteFunctions,
	provider: Provider<Api>,
	operation: Operation<Api>,
	items: Item[],
): Promise<Run<Api>> {
	const [first] = items;
	const simplify = first.flag('simplify', true);
	const pace = paceOf(first, provider, operation);
	return { context, items, operation, pace, simplify, api: await provider.connect(context, pace) };
}

function paceOf<Api extends Connection>(
	first: Item,
	provider: Provider<Api>,
	operation: Operation<Api>,
): Pace {
	const wanted = Math.floor(first.numberOption('concurrency', provider.concurrency));
	const most = provider.maxConcurrency ?? Number.MAX_SAFE_INTEGER;
	const concurrency = Math.min(Math.max(wanted || provider.concurrency, 1), most);
	const perRequest = 'perRequest' in operation ? (operation.perRequest?.(first) ?? 1) : 1;
	return { concurrency, perRequest };
}

async function work<Api extends Connection>(ready: Run<Api>): Promise<Done> {
	const { context, items, operation, pace, simplify, api } = ready;
	if ('runAll' in operation) {
		const looked = await operation.runAll(items, api, pace.concurrency);
		return { results: looked.map(asResult), simplify };
	}
	const { sends } = operation;
	const results = await runEach(ready, operation);
	const goOn = context.continueOnFail() || results.every((result) => Array.isArray(result));
	if (operation.settle && goOn) {
		return { results: await settle(ready, operation.settle, results), simplify, sends };
	}
	const [first] = results;
	if (!operation.wait || !awaits(first)) return { results, simplify, sends };
	try {
		const next = operation.wait(items[0], first);
		if (!Array.isArray(next)) return { parked: await park(context, next, api.redact) };
		return { results: [next], simplify, sends };
	} catch (error) {
		return { results: [new Failed(notWaited(first, error), false)], simplify, sends };
	}
}

/** Waits for what becomes of the messages that went out; what failed before stays as it is. */
async function settle<Api extends Connection>(
	{ items, api, pace }: Run<Api>,
	wait: NonNullable<EachItem<Api>['settle']>,
	results: Result[],
): Promise<Result[]> {
	const none = new Failure({ kind: 'rejected', message: 'Nothing was sent' });
	const sent = results.map((result) => (awaits(result) ? result : none));
	try {
		const settled = await wait(items, sent, api, pace.concurrency);
		return results.map((result, index) => {
			const now = settled[index];
			return awaits(result) && Array.isArray(now) ? now : result;
		});
	} catch (error) {
		return results.map((result) =>
			awaits(result) ? new Failed(notWaited(result, error), false) : result,
		);
	}
}

/** Something was sent whose fate can be waited for: not in a dry run, nor after a failure. */
function awaits(result: Result): result is Output[] {
	return Array.isArray(result) && result.length > 0 && !result[0].json.dryRun;
}

function asResult(result: Output[] | Error): Result {
	return Array.isArray(result) ? result : new Failed(result, true);
}

/** The message is out, and the wait for what becomes of it could not begin. */
function notWaited([sent]: Output[], error: unknown): Failure {
	const why = wordsOf(error);
	return new Failure({
		kind: 'ambiguous',
		message: `The message went out with the ID ${String(sent?.json.messageId)}, but waiting for it failed: ${why}`,
		description: 'Look the message up by this ID. It is not sent again by itself.',
	});
}

/** What leaves the node: every item's outputs or its error, paired, by output. */
function collect(
	context: IExecuteFunctions,
	items: Item[],
	{ results, simplify = true, sends = false, isItems = true }: Extract<Done, { results: Result[] }>,
	redact: Redact,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [[]];
	const node = context.getNode();
	const isTool = context.isToolExecution?.() ?? false;
	for (const { index } of items) {
		const result = results[index];
		if (result instanceof Failed) {
			const { nothingSent } = result;
			if (context.continueOnFail()) {
				const error = toNodeError(result.error, { node, redact, itemIndex: index, isTool });
				const details = detailsOf(result.error, nothingSent, redact);
				outputs[0].push(errorItem(error, details, index));
				continue;
			}
			const told = sends ? tellOthers(result.error, results) : result.error;
			const itemIndex = isItems ? index : undefined;
			const error = toNodeError(told, { node, redact, itemIndex, isTool });
			error.context.nothingSent = nothingSent;
			throw error;
		}
		const pairedItem = { item: index };
		for (const { json, raw, binary, output = 0 } of result) {
			const full = simplify || raw === undefined ? json : ({ ...json, raw } as IDataObject);
			while (outputs.length <= output) outputs.push([]);
			outputs[output].push({ json: redact(full), ...(binary && { binary }), pairedItem });
		}
	}
	return outputs;
}

/** n8n drops the results of the other items with the error of one: it has to say what is out. */
function tellOthers(error: unknown, results: Result[]): unknown {
	const sent = results.filter((result) => Array.isArray(result) && result.length > 0).length;
	if (sent === 0) return error;
	const failure = asFailure(error);
	const others = sent === 1 ? '1 other item went through' : `${sent} other items went through`;
	const advice =
		'What went through is not done again by Retry On Fail. Set On Error to Continue to get the results of all items.';
	return failure.with({
		message: `${failure.message}. ${others}`,
		description: failure.description ? `${failure.description} ${advice}` : advice,
	});
}

async function runEach<Api extends Connection>(
	{ context, items, pace, api }: Run<Api>,
	operation: EachItem<Api>,
): Promise<Result[]> {
	const sent = operation.sends ? new SentItems(context) : undefined;
	const cancel = context.getExecutionCancelSignal?.();
	const goOn = context.continueOnFail();
	let stopped = false;

	const runOne = async (item: Item): Promise<Result> => {
		// after this failure n8n will discard everything that follows, so nothing more is started
		if (stopped) return [];
		const values = () =>
			JSON.stringify((operation.fields ?? []).map(({ name }) => item.parameter(name, null)));
		const tracked = track(api);
		try {
			if (cancel?.aborted) {
				fail({ kind: 'rejected', message: 'The execution was cancelled', nothingAccepted: true });
			}
			const earlier = sent?.recall(item.index, values);
			if (earlier instanceof Failure) {
				if (!goOn) stopped = true;
				return new Failed(earlier, false);
			}
			if (earlier) return earlier;
			const outputs = await operation.run(item, tracked.api);
			sent?.remember(
				item.index,
				values,
				outputs.map((o) => ({ ...o, json: api.redact(o.json) })),
			);
			return outputs;
		} catch (error) {
			if (!goOn) stopped = true;
			const told = tracked.hasSent() ? tracked.asSent(error) : error;
			const { kind, nothingAccepted } = asFailure(told);
			const nothingSent = kind !== 'ambiguous' && (!tracked.hasSent() || nothingAccepted);
			if (!nothingSent) sent?.remember(item.index, values, redacted(asFailure(told), api.redact));
			return new Failed(told, nothingSent);
		}
	};

	const limit = pLimit(pace.concurrency * pace.perRequest);
	return await Promise.all(items.map((item) => limit(runOne, item)));
}

function redacted(failure: Failure, redact: Redact): Failure {
	const { message, description } = failure;
	return failure.with({
		message: redact(message),
		description: description && redact(description),
	});
}
