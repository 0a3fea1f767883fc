import type { INodeProperties } from 'n8n-workflow';
import type { Failure } from '../errors/failure';
import type { Redact } from '../errors/redact';
import type { Http } from '../http/request';
import type { Item } from '../input/item';
import type { Output } from '../model/output';
import type { OutputSchema } from '../model/schema';
import type { Sends } from './sendPlan';
import type { WaitStrategy } from './waitStrategy';

/** What a provider declares about each operation of its node. */
export interface OperationCommon {
	resource: string;
	operation: string;
	/** Shown in the Operation drop-down. */
	name: string;
	/** Shown in n8n's list of actions: what the operation does, in a few words. */
	action: string;
	description: string;
	/** What else a model has to know when an agent uses the operation as a tool. */
	aiHint?: string;
	fields?: INodeProperties[];
	/** Members of the collection Options. */
	options?: INodeProperties[];
	/** The operation sends or changes something, which a retry of the node must not do again. */
	sends?: boolean;
	/** The output is already the whole response, so Simplify is not shown. */
	noSimplify?: boolean;
	/** The fields of its output with Simplify on, for n8n's editor. */
	outputSchema: OutputSchema;
}

/** The default limit of a wait, used unless the user sets another. */
export interface WaitLimit {
	amount: number;
	unit: 'minutes' | 'hours' | 'days';
}

/** An operation that runs once for each item, for several items at the same time. */
export interface ItemOperation<Api> extends OperationCommon {
	/** @param sends required for whatever must not be done twice */
	run(item: Item, api: Api, sends: Sends): Promise<Output[]>;
	/** The provider can send its messages at a later time. */
	schedules?: boolean;
	/** How many messages of different items one request carries, as the user set it; 1 if missing. */
	perRequest?(first: Item): number;
	/** Suspends the execution until the outcome is known. Such an operation takes one item only. */
	wait?: WaitStrategy;
	/** Waits inside the node for the outcomes of all items together, after all have been sent. */
	pollUntilFinal?(
		items: Item[],
		sent: Array<Output[] | Error>,
		api: Api,
		concurrency: number,
	): Promise<Array<Output[] | Error>>;
	/** Required with `wait` and `pollUntilFinal`. The runner checks the limit before it sends anything. */
	waitLimit?: WaitLimit;
	/** Checks the settings of the wait before anything is sent. @throws Failure if one is invalid */
	checkWait?(item: Item): void;
}

/** An operation that handles all items together, such as a look-up of many messages. */
interface BulkOperation<Api> extends OperationCommon {
	/**
	 * @param concurrency requests in flight
	 * @returns one entry per item, in the order of the items: its outputs, or why it failed
	 */
	runAll(items: Item[], api: Api, concurrency: number): Promise<Array<Output[] | Failure>>;
}

export type Operation<Api> = ItemOperation<Api> | BulkOperation<Api>;

/** The part of a provider's connection that the runner uses. */
export interface Connection {
	redact: Redact;
	http: Http;
}
