import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Failure, messageOf, throwInvalidInput } from '../errors/failure';
import type { Redact } from '../errors/redact';
import { Item } from '../input/item';
import type { Output } from '../model/output';
import { labelsOf } from '../panel/properties';
import type { Connection, ItemOperation, Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { suspend } from '../waiting/suspend';
import { waitEndAfterSend } from '../waiting/waitLimit';
import { FailedItem, type ItemResult, type PreparedRun, type RunResult } from './itemResult';
import { runItems } from './runItems';
import { toOutputs } from './toOutputs';

/**
 * Runs the chosen operation for all input items, several at the same time (Concurrency). The
 * outputs are in the order of the items and paired with them.
 *
 * @throws NodeApiError or NodeOperationError for the first item that failed, once the requests in
 *   flight have ended (so that sent messages are remembered for the next try). With Continue On
 *   Fail it never throws: each failure becomes an output item, and a failure of the whole run
 *   becomes one for every item.
 */
export async function run<Api extends Connection>(
	context: IExecuteFunctions,
	provider: Provider<Api>,
): Promise<INodeExecutionData[][]> {
	const inputs = context.getInputData();
	if (inputs.length === 0) return [[]];
	let items = inputs.map((_, index) => new Item(context, index));
	let redact: Redact = (value) => value;
	let result: RunResult;
	// a problem of the node as a whole is not a problem of one item
	let concernsItems = false;
	try {
		const operation = chosenOperation(provider, items);
		const labels = labelsOf(operation, provider);
		items = items.map(({ index }) => new Item(context, index, labels));
		concernsItems = true;
		const prepared = await prepare(context, provider, operation, items);
		redact = prepared.api.redact;
		result = await runOperation(prepared);
	} catch (error) {
		// nothing was sent yet, because a failure after a send is the result of its item
		result = { results: items.map(() => new FailedItem(error, true)), concernsItems };
	}
	return 'suspended' in result ? result.suspended : toOutputs(context, items, result, redact);
}

/** @throws Failure if there is no such operation, or it takes one item and received more */
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
		throwInvalidInput(
			`This node has no operation "${name}" of "${resource}"`,
			'Choose the operation again in the node.',
		);
	if ('wait' in operation && items.length > 1) {
		throwInvalidInput(
			`"${operation.name}" takes one item, but received ${items.length}`,
			'A wait suspends the whole execution. Put a Loop Over Items node with a batch size of 1 before this one. Nothing was sent.',
		);
	}
	return operation;
}

/** Reads what all items share. @throws Failure, or n8n's error, before any request */
async function prepare<Api extends Connection>(
	context: IExecuteFunctions,
	provider: Provider<Api>,
	operation: Operation<Api>,
	items: Item[],
): Promise<PreparedRun<Api>> {
	const [first] = items;
	const simplify = first.flag('simplify', true);
	const concurrency = readConcurrency(first, provider);
	const perRequest = 'perRequest' in operation ? (operation.perRequest?.(first) ?? 1) : 1;
	const api = await provider.connect(context);
	return { context, items, operation, concurrency, perRequest, simplify, api };
}

function readConcurrency<Api extends Connection>(first: Item, provider: Provider<Api>): number {
	const requested = Math.floor(first.numberOption('concurrency', provider.concurrency));
	const max = provider.maxConcurrency ?? Number.MAX_SAFE_INTEGER;
	return Math.min(Math.max(requested || provider.concurrency, 1), max);
}

async function runOperation<Api extends Connection>(
	prepared: PreparedRun<Api>,
): Promise<RunResult> {
	const { context, items, operation, concurrency, simplify, api } = prepared;
	if ('runAll' in operation) {
		const results = (await operation.runAll(items, api, concurrency)).map((result) =>
			Array.isArray(result) ? result : new FailedItem(result, true),
		);
		return { results, simplify };
	}
	const { sends, pollUntilFinal, wait, waitLimit } = operation;
	const results = await runItems(prepared, operation);
	const haveAllSucceeded = results.every((result) => Array.isArray(result));
	if (pollUntilFinal && (haveAllSucceeded || context.continueOnFail())) {
		return { results: await pollAfterSend(prepared, pollUntilFinal, results), simplify, sends };
	}
	const [first] = results;
	if (!wait || !waitLimit || !canBeAwaited(first)) return { results, simplify, sends };
	try {
		const next = wait.planSuspension(items[0], first, waitEndAfterSend(items[0], waitLimit));
		if (!Array.isArray(next)) return { suspended: await suspend(context, next, api.redact) };
		return { results: [next], simplify, sends };
	} catch (error) {
		return { results: [new FailedItem(waitFailed(first, error), false)], simplify, sends };
	}
}

/** Waits for the final status of all sent messages. Failed items stay as they are. */
async function pollAfterSend<Api extends Connection>(
	{ items, api, concurrency }: PreparedRun<Api>,
	pollUntilFinal: NonNullable<ItemOperation<Api>['pollUntilFinal']>,
	results: ItemResult[],
): Promise<ItemResult[]> {
	const notSent = new Failure({ kind: 'rejected', message: 'Nothing was sent' });
	const sent = results.map((result) => (canBeAwaited(result) ? result : notSent));
	try {
		const polled = await pollUntilFinal(items, sent, api, concurrency);
		return results.map((result, index) => {
			const latest = polled[index];
			return canBeAwaited(result) && Array.isArray(latest) ? latest : result;
		});
	} catch (error) {
		return results.map((result) =>
			canBeAwaited(result) ? new FailedItem(waitFailed(result, error), false) : result,
		);
	}
}

/** Whether a message was sent whose status can be waited for: not after a failure or a dry run. */
function canBeAwaited(result: ItemResult): result is Output[] {
	return Array.isArray(result) && result.length > 0 && !result[0].json.dryRun;
}

/** The message was sent, but waiting for its status failed. */
function waitFailed([sent]: Output[], error: unknown): Failure {
	return new Failure({
		kind: 'ambiguous',
		message: `The message was sent with the ID ${String(sent?.json.messageId)}, but waiting for it failed: ${messageOf(error)}`,
		description: 'Look the message up by this ID. The send is not retried automatically.',
	});
}
