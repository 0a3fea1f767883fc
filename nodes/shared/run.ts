import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { collect } from './collect';
import { failInput, Failure, wordsOf } from './errors';
import { Item } from './item';
import type { Output } from './item';
import type { Connection, EachItem, Operation, Pace } from './operation';
import { park } from './park';
import type { Provider } from './provider';
import type { Redact } from './redact';
import { Failed } from './result';
import type { Done, Result, Run } from './result';
import { runEach } from './runEach';
import { untilAfterSend } from './waitLimit';

/** A run of a node: the chosen operation, over all items. */

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
		const next = operation.wait.park(items[0], first, untilAfterSend(items[0]));
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
