import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Item } from '../input/item';
import type { Output } from '../model/output';
import type { Connection, Operation } from '../provider/operation';
import type { Ledger } from '../sending/ledger';

/**
 * Why an item failed, and whether it is certain that the provider accepted nothing of it, in this
 * execution and in those that it repeats.
 */
export class FailedItem {
	constructor(
		readonly error: unknown,
		readonly nothingSent: boolean,
	) {}
}

export type ItemResult = Output[] | FailedItem;

/** What all items of a run share, read before the first request. */
export interface PreparedRun<Api extends Connection> {
	context: IExecuteFunctions;
	items: Item[];
	operation: Operation<Api>;
	/** Requests in flight. */
	concurrency: number;
	/** How many messages of different items one request carries, if the provider accepts several. */
	perRequest: number;
	/** Whether to leave out the provider's raw responses. */
	simplify: boolean;
	api: Api;
	ledger: Ledger;
}

export interface CompletedRun {
	results: ItemResult[];
	simplify?: boolean;
	/** Of how many items the provider has accepted a message. */
	sentItems?: number;
	/** Of how many others it may have, although they did not fail as a whole. */
	uncertainItems?: number;
	/** False if a failure concerns the node as a whole and not an item. */
	concernsItems?: boolean;
}

/** The result of a run: what a suspended node shows while it waits, or the results of all items. */
export type RunResult = { suspended: INodeExecutionData[][] } | CompletedRun;
