import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import type { PostbackEvent } from './event';
import type { Item, Output } from './item';
import type { Redact } from './redact';

/** What a wait consists of: what is kept while an execution is parked, and how it goes on. */

/** What is kept with the parked execution for the moment of a postback. */
export interface Parked {
	/** Names this wait, for statuses seen on the way. */
	wait: string;
	/** What the rule needs to go on. */
	state: IDataObject;
	/** What requests to the resume address have to know, where n8n itself does not ask for anything. */
	key?: string;
}

export interface Parking {
	state: IDataObject;
	until: Date;
	/** What leaves when the limit comes first. */
	atLimit: Output[];
	/** Shown as the node's output while it waits. */
	meanwhile: Output[];
	/** Where to ask for a look-up after parking; undefined where nothing can be looked up. */
	lookUpAt?: string;
	/** By which the execution can be found in n8n's list. */
	names?: Record<string, string | null>;
}

/** The items by output, as n8n wants them. */
export function routed(outputs: Output[], redact: Redact): INodeExecutionData[][] {
	const last = outputs.reduce((most, { output = 0 }) => Math.max(most, output), 0);
	return Array.from({ length: last + 1 }, (_, index) =>
		outputs
			.filter(({ output = 0 }) => output === index)
			.map(({ json }) => ({ json: redact(json), pairedItem: { item: 0 } })),
	);
}

/** How one operation waits for what becomes of the one item that it ran. */
export interface Wait extends WaitRule {
	/**
	 * How to park the execution, or the outputs where there is nothing to wait for.
	 *
	 * @param until the limit that the user set
	 */
	park(item: Item, sent: Output[], until: Date): Parking | Output[];
}

/** How it goes on when something arrives for the parked execution. */
export interface WaitRule {
	/** What leaves the node, or undefined to keep waiting. */
	onEvents(waiting: Waiting, events: PostbackEvent[]): Promise<Output[] | undefined>;
	/** The same for a look-up of ours. @param last the limit is near */
	onLookUp?(waiting: Waiting, last: boolean): Promise<Output[] | undefined>;
}

export interface Waiting {
	context: IWebhookFunctions;
	state: IDataObject;
	/** Names this wait. */
	wait: string;
}
