import type { INodeProperties } from 'n8n-workflow';
import type { Failure } from './errors';
import type { Http } from './http';
import type { Item, Output } from './item';
import type { Redact } from './redact';
import type { Shape } from './schema';
import type { Wait } from './wait';

/** What a node can do, as its operations declare it. */

export interface Common {
	resource: string;
	operation: string;
	/** As the drop-down shows it. */
	name: string;
	/** As the node creator shows it: what it does, in a few words. */
	action: string;
	description: string;
	/** What a model has to know besides, where an agent has this as its tool. */
	forModel?: string;
	fields?: INodeProperties[];
	/** Members of the collection `options`. */
	options?: INodeProperties[];
	/** Something goes out, which must not happen again when the node is tried again. */
	sends?: boolean;
	/** What it returns is all that the provider said: the panel need not ask about Simplify. */
	plain?: boolean;
	/** The fields of what it returns with Simplify on, for n8n's editor. */
	gives: Shape;
}

/** Most operations: one item at a time, several in flight. */
export interface EachItem<Api> extends Common {
	run(item: Item, api: Api): Promise<Output[]>;
	/** Messages of different items that the user wants in one request. */
	perRequest?(first: Item): number;
	/** For operations that wait for what becomes of the one item they ran. */
	wait?: Wait;
	/** Refuses, before anything goes out, what a wait is told wrongly; its limit the runner checks. */
	checkWait?(item: Item): void;
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
