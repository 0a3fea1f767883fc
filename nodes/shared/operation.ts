import pLimit from 'p-limit';
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { fail, Failure, toNodeError } from './errors';
import { concurrencyOption, simplifyField } from './fields';
import type { SmsMessage } from './message';
import type { Redact } from './redact';
import { SentItems } from './sent';
import { park } from './wait';
import type { Parking } from './wait';

/** One output item before it is paired: the fields, and the provider's answer as it came. */
export interface Output {
	json: IDataObject;
	/** Shown when Simplify is off. */
	raw?: unknown;
	/** Files by the name of their binary property. */
	binary?: IBinaryKeyData;
	/** The node's output that it leaves by, the first one if not said. */
	output?: number;
}

/** A message as an output item, with the part of the answer that it was read from. */
export function messageOutput(message: SmsMessage, raw?: unknown): Output {
	return { json: message as unknown as IDataObject, raw };
}

/** One input item and the parameters as they evaluate for it. */
export class Item {
	constructor(
		readonly context: IExecuteFunctions,
		readonly index: number,
	) {}

	/** A parameter; without a fallback its absence is an error of n8n's. */
	parameter<T = string>(name: string, fallback?: T): T {
		return this.context.getNodeParameter(name, this.index, fallback) as T;
	}

	/** A text parameter, trimmed of nothing; numbers from expressions become text. */
	text(name: string): string {
		const value = this.parameter<unknown>(name, '');
		return value === null || value === undefined ? '' : String(value);
	}

	/** What a resource locator names, trimmed; a plain text in its place does as well. */
	chosen(name: string): string {
		const value: unknown = this.context.getNodeParameter(name, this.index, '', {
			extractValue: true,
		});
		return value === null || value === undefined ? '' : String(value).trim();
	}

	/** The optional fields that the user added. */
	get options(): IDataObject {
		return this.parameter<IDataObject>('options', {});
	}

	/** An optional text; undefined where it was not added or left empty. */
	option(name: string): string | undefined {
		const value = this.options[name];
		return value === undefined || value === null || value === '' ? undefined : String(value);
	}
}

interface Common {
	resource: string;
	operation: string;
	/** As the drop-down shows it. */
	name: string;
	/** As the node creator shows it: what it does, in a few words. */
	action: string;
	description: string;
	fields?: INodeProperties[];
	/** Members of the collection `options`. */
	options?: INodeProperties[];
	/** Something goes out, which must not happen again when the node is tried again. */
	sends?: boolean;
}

/** Most operations: one item at a time, several in flight. */
interface EachItem<Api> extends Common {
	run(item: Item, api: Api): Promise<Output[]>;
	/**
	 * For operations that wait for what becomes of the one item they ran: how to park the execution,
	 * or the outputs where there is nothing to wait for.
	 */
	wait?(item: Item, sent: Output[]): Parking | Output[];
	/** For operations that wait inside the node, for all items together, after they all ran. */
	settle?(
		items: Item[],
		sent: Array<Output[] | Error>,
		api: Api,
		concurrency: number,
	): Promise<Array<Output[] | Error>>;
}

/** Look-ups that the provider answers for many items at once. */
interface AllItems<Api> extends Common {
	/**
	 * One entry per item, in item order: its outputs or why it failed.
	 *
	 * @param concurrency requests that may be in flight
	 */
	runAll(items: Item[], api: Api, concurrency: number): Promise<Array<Output[] | Failure>>;
}

export type Operation<Api> = EachItem<Api> | AllItems<Api>;

/** What every provider's connection offers the runner. */
export interface Connection {
	redact: Redact;
}

export interface Provider<Api extends Connection> {
	resources: INodePropertyOptions[];
	operations: ReadonlyArray<Operation<Api>>;
	/** Reads the credentials; once for a run. */
	connect(context: IExecuteFunctions): Promise<Api>;
	/** Requests in flight unless the user says otherwise. */
	concurrency: number;
	/** The provider's own limit. */
	maxConcurrency?: number;
}

function shownFor(operation: Common, field: INodeProperties): INodeProperties {
	const show = { resource: [operation.resource], operation: [operation.operation] };
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, ...show } },
	};
}

/** The parameters of a node: the drop-downs, then each operation's fields. */
export function properties<Api extends Connection>(provider: Provider<Api>): INodeProperties[] {
	const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
	const { resources, operations } = provider;
	const firstResource = resources[0].value;
	const resource: INodeProperties = {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [...resources].sort(byName),
		default: firstResource,
	};
	const choices = resources.map(({ value }): INodeProperties => {
		const own = operations.filter((operation) => operation.resource === value);
		const firstOperation = own[0].operation;
		return {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [value as string] } },
			options: own
				.map(({ name, operation, action, description }) => ({
					name,
					value: operation,
					action,
					description,
				}))
				.sort(byName),
			default: firstOperation,
		};
	});
	const fields = operations.flatMap((operation) => {
		const options: INodeProperties = {
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				...(operation.options ?? []),
				concurrencyOption(provider.concurrency, provider.maxConcurrency),
			].sort((a, b) => a.displayName.localeCompare(b.displayName)),
		};
		return [...(operation.fields ?? []), simplifyField, options].map((field) =>
			shownFor(operation, field),
		);
	});
	return [resource, ...choices, ...fields];
}

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
