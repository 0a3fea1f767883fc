import type { IDataObject } from 'n8n-workflow';
import { HOST_ROUTES_OUTPUTS } from './host';
import type { Output } from './item';
import { isFinalStatus, sentShape } from './message';
import type { SmsMessage, SmsStatus } from './message';
import { FLAG, listOf, objectWith, TEXT, TEXT_OR_NULL } from './schema';
import type { Schema } from './schema';

/** What became of a message that was waited for, and what leaves the node then. */

export type Outcome = 'delivered' | 'failed' | 'noAnswer';

export type WaitFor = 'delivered' | 'sent';

/** One status of a message and its time. */
export interface Step {
	status: SmsStatus;
	providerStatus: string;
	/** ISO 8601, UTC; null where the provider gave none. */
	at: string | null;
}

const stepShape: Record<keyof Step, Schema> = {
	status: TEXT,
	providerStatus: TEXT,
	at: TEXT_OR_NULL,
};

/** What leaves at the end of a wait. */
export const deliveryShape = {
	...sentShape,
	outcome: TEXT,
	history: listOf(objectWith(stepShape)),
	historyComplete: FLAG,
};

const OUTPUT_OF: Readonly<Record<Outcome, number>> = { delivered: 0, failed: 1, noAnswer: 2 };

/** Outputs of a node that has the operation: three of them while it is chosen. */
export const deliveryOutputs = HOST_ROUTES_OUTPUTS
	? '={{ $parameter["operation"] === "sendAndWaitForDelivery" ? [{ "type": "main", "displayName": "Delivered" }, { "type": "main", "displayName": "Failed" }, { "type": "main", "displayName": "Timed Out" }] : ["main"] }}'
	: '={{ ["main"] }}';

/** What a status means for the wait; undefined while it goes on. */
export function outcomeOf(
	{ status, isFinal }: { status: SmsStatus; isFinal: boolean },
	waitFor: WaitFor,
): Exclude<Outcome, 'noAnswer'> | undefined {
	if (status === 'delivered' || status === 'read') return 'delivered';
	if (status === 'sent' && waitFor === 'sent') return 'delivered';
	return isFinal && isFinalStatus(status) ? 'failed' : undefined;
}

/** The statuses of a message, and whether steps in between may be missing. */
export interface History {
	history: Step[];
	historyComplete: boolean;
}

/**
 * The message as it leaves the node.
 *
 * @param asTool an agent reads the first output and no other
 */
export function deliveryOutput(
	message: SmsMessage,
	outcome: Outcome,
	{ history, historyComplete }: History,
	asTool = false,
): Output {
	const json = { ...message, outcome, history, historyComplete } as unknown as IDataObject;
	return { json, output: HOST_ROUTES_OUTPUTS && !asTool ? OUTPUT_OF[outcome] : 0 };
}

const RANK: Readonly<Record<SmsStatus, number>> = {
	unknown: 0,
	queued: 1,
	sent: 2,
	delivered: 3,
	read: 4,
	undelivered: 4,
	failed: 4,
	canceled: 4,
};

/** What tells a step from others: a status that comes again with the same word is the same one. */
export function nameOf({ status, providerStatus }: Step): string {
	return `${status} ${providerStatus}`;
}

/**
 * Each status once, in the order of a message's life: providers post them in any order, and some
 * give their times in whole minutes only.
 */
export function inOrder(steps: Step[]): Step[] {
	const once = new Map(steps.map((step) => [nameOf(step), step]));
	return [...once.values()].sort((a, b) => RANK[a.status] - RANK[b.status]);
}

/** A step out of a message as the provider reports it. */
export function stepOf({ status, providerStatus, updatedAt, sentAt }: SmsMessage): Step {
	return { status, providerStatus, at: updatedAt ?? sentAt };
}
