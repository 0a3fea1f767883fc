import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Failure } from './errors';
import { concurrencyOption, simplifyField } from './fields';
import type { Http } from './http';
import type { Item, Output } from './item';
import type { Redact } from './redact';
import { rawBodyOption } from './wait';
import type { Parking } from './wait';

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
export interface EachItem<Api> extends Common {
	run(item: Item, api: Api): Promise<Output[]>;
	/** Messages of different items that the user wants in one request. */
	perRequest?(first: Item): number;
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

/** How fast a run of a node may go. */
export interface Pace {
	/** Requests in flight. */
	concurrency: number;
	/** Messages of different items in one request, where the provider takes several. */
	perRequest: number;
}

/** What every provider's connection offers the runner. */
export interface Connection {
	redact: Redact;
	http: Http;
	/** Notes that a message of the item leaves with a request that is made for several items. */
	leaves?(): void;
}

export interface Provider<Api extends Connection> {
	resources: INodePropertyOptions[];
	operations: ReadonlyArray<Operation<Api>>;
	/** Reads the credentials; once for a run. */
	connect(context: IExecuteFunctions, pace: Pace): Promise<Api>;
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
				...('wait' in operation ? [rawBodyOption] : []),
				concurrencyOption(provider.concurrency, provider.maxConcurrency),
			].sort((a, b) => a.displayName.localeCompare(b.displayName)),
		};
		return [...(operation.fields ?? []), simplifyField, options].map((field) =>
			shownFor(operation, field),
		);
	});
	return [resource, ...choices, ...fields];
}
