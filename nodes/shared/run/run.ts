import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';
import { Failure, messageOf, throwInvalidInput } from '../errors/failure';
import type { Redact } from '../errors/redact';
import { isObject } from '../formats/values';
import { isAgentTool, runsInsideCaller, useOwnArguments } from '../host/agentTool';
import { addHint } from '../host/internals';
import type { ReadResponse, HttpRequest } from '../http/request';
import { Item } from '../input/item';
import type { Output } from '../model/output';
import { labelsOf } from '../panel/properties';
import type { Connection, ItemOperation, Operation } from '../provider/operation';
import type { Provider } from '../provider/provider';
import { Ledger } from '../sending/ledger';
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
	useOwnArguments(context);
	const inputs = context.getInputData();
	if (inputs.length === 0) return [[]];
	let items = inputs.map((_, index) => new Item(context, index));
	let redact: Redact = (value) => value;
	let result: RunResult;
	const ledger = new Ledger(context, provider.name, (value) => redact(value));
	let sends = true;
	// a problem of the node as a whole is not a problem of one item
	let concernsItems = false;
	try {
		const operation = chosenOperation(provider, items);
		sends = operation.sends ?? false;
		const labels = labelsOf(operation, provider);
		items = items.map(({ index }) => new Item(context, index, labels));
		concernsItems = true;
		const prepared = { ...(await prepare(context, provider, operation, items)), ledger };
		redact = prepared.api.redact;
		result = await runOperation(prepared);
	} catch (error) {
		// nothing was sent in this try, because a failure after a send is the result of its item
		const nothingSent = (index: number) =>
			!sends || ledger.nothingSent(index, isAgentTool(context));
		const results = items.map(({ index }) => new FailedItem(error, nothingSent(index)));
		result = { results, concernsItems };
	}
	return 'suspended' in result ? result.suspended : toOutputs(context, items, result, redact);
}

/** @throws Failure if there is no such operation, or it cannot wait here or for several items */
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
	if ('wait' in operation && runsInsideCaller(first.context)) {
		throwInvalidInput(
			`"${operation.name}" cannot be used by this agent, because n8n runs the tools of this agent inside it, where they cannot wait`,
			'Use an AI Agent node of version 3 or newer, or an operation that does not wait, such as Send. Nothing was sent.',
		);
	}
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
): Promise<Omit<PreparedRun<Api>, 'ledger'>> {
	// one item with invalid options does not stop the others
	const first = items.find(hasOptions) ?? items[0];
	const simplify = first.flag('simplify', true);
	const concurrency = readConcurrency(first, provider);
	const perRequest = 'perRequest' in operation ? (operation.perRequest?.(first) ?? 1) : 1;
	const api = limitRequests(await provider.connect(context), concurrency);
	return { context, items, operation, concurrency, perRequest, simplify, api };
}

/** Limits all requests of a run, whatever they are for. */
function limitRequests<Api extends Connection>(api: Api, concurrency: number): Api {
	const limit = pLimit(concurrency);
	const request = async <T>(httpRequest: HttpRequest, read: ReadResponse<T>) =>
		await limit(async () => await api.http.request(httpRequest, read));
	return { ...api, http: { ...api.http, request } };
}

/** Whether the options of an item can be read. */
function hasOptions(item: Item): boolean {
	try {
		return isObject(item.options);
	} catch {
		return false;
	}
}

/** No more than the provider's limit; a hint says so. */
function readConcurrency<Api extends Connection>(first: Item, provider: Provider<Api>): number {
	const { concurrency, maxConcurrency } = provider;
	const requested = Math.floor(first.numberOption('concurrency', concurrency));
	if (requested > maxConcurrency) {
		addHint(
			first.context,
			`${first.label('concurrency')} is ${requested}, and the maximum for this provider is ${maxConcurrency}, so ${maxConcurrency} requests are in flight at most.`,
		);
	}
	return Math.min(Math.max(requested || concurrency, 1), maxConcurrency);
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
	const { pollUntilFinal, wait, waitLimit } = operation;
	const run = await runItems(prepared, operation);
	const { results } = run;
	const haveAllSucceeded = results.every((result) => Array.isArray(result));
	if (pollUntilFinal && (haveAllSucceeded || context.continueOnFail())) {
		return { ...run, results: await pollAfterSend(prepared, pollUntilFinal, results), simplify };
	}
	const [first] = results;
	if (!wait || !waitLimit || !canBeAwaited(first)) return { ...run, simplify };
	try {
		const next = wait.planSuspension(
			items[0],
			first,
			waitEndAfterSend(items[0], waitLimit, sendTime(first)),
		);
		if (!Array.isArray(next)) return { suspended: await suspend(context, next, api.redact) };
		return { ...run, results: [next], simplify };
	} catch (error) {
		return { ...run, results: [new FailedItem(waitFailed(first, error), false)], simplify };
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

/** When the message goes out, which quiet hours may put off. */
function sendTime([{ json }]: Output[]): number {
	return typeof json.scheduledFor === 'string' ? Date.parse(json.scheduledFor) : Date.now();
}

/** The message was sent, but waiting for its status failed. */
function waitFailed([sent]: Output[], error: unknown): Failure {
	return new Failure({
		kind: 'ambiguous',
		message: `The message was sent with the ID ${String(sent?.json.messageId)}, but waiting for it failed: ${messageOf(error)}`,
		description: 'Look the message up by this ID. The send is not retried automatically.',
	});
}
