import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { Item } from './item';
import type { Output } from './item';
import type { Connection, Operation, Pace } from './operation';

/** A run of a node, and what became of its items. */

/** Why an item failed, and whether it is certain that the provider accepted nothing of it. */
export class Failed {
	constructor(
		readonly error: unknown,
		readonly nothingSent: boolean,
	) {}
}

export type Result = Output[] | Failed;

/** What is the same for all items of a run, read before the first request. */
export interface Run<Api extends Connection> {
	context: IExecuteFunctions;
	items: Item[];
	operation: Operation<Api>;
	pace: Pace;
	/** Without the provider's answers as they came. */
	simplify: boolean;
	api: Api;
}

/** What a run came to. */
export type Done =
	| { parked: INodeExecutionData[][] }
	| { results: Result[]; simplify?: boolean; sends?: boolean; isItems?: boolean };
