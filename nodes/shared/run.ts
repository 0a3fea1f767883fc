import pLimit from 'p-limit';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { fail, Failure, toNodeError } from './errors';
import { Item } from './item';
import type { Output } from './item';
import type { Connection, EachItem, Provider } from './operation';
import type { Redact } from './redact';
import { SentItems } from './sent';
import { park } from './wait';

type Result = Output[] | Failure;

function limitOf<Api extends Connection>(context: IExecuteFunctions, provider: Provider<Api>) {
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	const wanted = Math.floor(Number(options.concurrency ?? provider.concurrency));
	const most = provider.maxConcurrency ?? Number.MAX_SAFE_INTEGER;
	return Math.min(Math.max(wanted || provider.concurrency, 1), most);
}

/**
 * Runs the chosen operation over all input items: at most `concurrency` in flight, outputs in item
 * order and paired to their items, a failure on its own item with Continue On Fail.
 *
 * @throws NodeApiError or NodeOperationError for the first item that failed, once the requests in
 *   flight have ended (so that what was sent is remembered for the next try)
 */
export async function run<Api extends Connection>(
	context: IExecuteFunctions,
	provider: Provider<Api>,
): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const items = context.getInputData().map((_, index) => new Item(context, index));
	if (items.length === 0) return [[]];

	const resource = items[0].parameter('resource');
	const name = items[0].parameter('operation');
	const operation = provider.operations.find(
		(candidate) => candidate.resource === resource && candidate.operation === name,
	);
	if (!operation) {
		throw new NodeOperationError(node, `This node has no operation "${name}" of "${resource}"`, {
			description: 'Choose the operation again in the node.',
		});
	}

	if ('wait' in operation && items.length > 1) {
		throw new NodeOperationError(
			node,
			`"${operation.name}" takes one item, and ${items.length} came`,
			{
				description:
					'A wait holds the whole execution. Put a Loop Over Items node before this one, or call a sub-workflow for each item. Nothing was sent.',
			},
		);
	}

	let redact: Redact = (value) => value;
	let results: Array<Result | Error>;
	try {
		const api = await provider.connect(context);
		redact = api.redact;
		const concurrency = limitOf(context, provider);
		results =
			'runAll' in operation
				? await operation.runAll(items, api, concurrency)
				: await runEach(operation, items, api, concurrency);
		const mayGoOn = context.continueOnFail() || results.every((result) => Array.isArray(result));
		if ('settle' in operation && operation.settle && mayGoOn) {
			results = await operation.settle(items, results, api, concurrency);
		}
	} catch (error) {
		// the credential could not be read: the same for every item
		results = items.map(() => error as Error);
	}

	const [first] = results;
	if ('wait' in operation && operation.wait && Array.isArray(first)) {
		const next = operation.wait(items[0], first);
		if (!Array.isArray(next)) return await park(context, next, redact);
		results = [next];
	}
	return collect(context, items, results, redact);
}

/** What leaves the node: every item's outputs or its error, paired, by output. */
function collect(
	context: IExecuteFunctions,
	items: Item[],
	results: Array<Result | Error>,
	redact: Redact,
): INodeExecutionData[][] {
	const simple = context.getNodeParameter('simplify', 0, true) as boolean;
	const outputs: INodeExecutionData[][] = [[]];
	for (const { index } of items) {
		const result = results[index];
		const pairedItem = { item: index };
		if (Array.isArray(result)) {
			for (const { json, raw, binary, output = 0 } of result) {
				const full = simple || raw === undefined ? json : ({ ...json, raw } as IDataObject);
				while (outputs.length <= output) outputs.push([]);
				outputs[output].push({ json: redact(full), ...(binary && { binary }), pairedItem });
			}
			continue;
		}
		const error = toNodeError(context.getNode(), result, redact, index);
		if (!context.continueOnFail()) throw error;
		outputs[0].push({ json: { error: error.message }, error, pairedItem });
	}
	return outputs;
}

async function runEach<Api extends Connection>(
	operation: EachItem<Api>,
	items: Item[],
	api: Api,
	concurrency: number,
): Promise<Array<Result | Error>> {
	const { context } = items[0];
	const sent = operation.sends ? new SentItems(context) : undefined;
	const cancel = context.getExecutionCancelSignal?.();
	const goOn = context.continueOnFail();
	let stopped = false;

	const runOne = async (item: Item): Promise<Result | Error> => {
		// after this failure n8n will discard everything that follows, so nothing more is started
		if (stopped) return [];
		const values = () =>
			JSON.stringify((operation.fields ?? []).map(({ name }) => item.parameter(name, null)));
		try {
			if (cancel?.aborted) fail({ kind: 'rejected', message: 'The execution was cancelled' });
			const earlier = sent?.recall(item.index, values);
			if (earlier) return earlier;
			const outputs = await operation.run(item, api);
			sent?.remember(
				item.index,
				values,
				outputs.map((o) => ({ ...o, json: api.redact(o.json) })),
			);
			return outputs;
		} catch (error) {
			if (!goOn) stopped = true;
			if (error instanceof Failure) sent?.remember(item.index, values, redacted(error, api.redact));
			return error as Error;
		}
	};

	const limit = pLimit(concurrency);
	return await Promise.all(items.map((item) => limit(runOne, item)));
}

function redacted(failure: Failure, redact: Redact): Failure {
	const { message, description } = failure;
	return failure.with({
		message: redact(message),
		description: description && redact(description),
	});
}
