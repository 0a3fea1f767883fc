import type { IDataObject } from 'n8n-workflow';
import { toE164 } from '../formats/phoneNumber';
import {
	isFinalStatus,
	sentMessageSchema,
	type SmsMessage,
	type SmsStatus,
} from '../model/message';
import type { Output } from '../model/output';
import { type FieldSchema, FLAG, listOf, objectWith, TEXT, TEXT_OR_NULL } from '../model/schema';
import { outputOf } from './routeOutputs';

export type DeliveryOutcome = 'delivered' | 'failed' | 'timedOut';

export type WaitFor = 'delivered' | 'sent';

/** One status of a message and its time. */
export interface StatusStep {
	status: SmsStatus;
	providerStatus: string;
	/** ISO 8601, UTC; null if the provider reported none. */
	at: string | null;
}

const stepSchema: Record<keyof StatusStep, FieldSchema> = {
	status: TEXT,
	providerStatus: TEXT,
	at: TEXT_OR_NULL,
};

/** The fields of the output after a wait. */
export const deliverySchema = {
	...sentMessageSchema,
	outcome: TEXT,
	history: listOf(objectWith(stepSchema)),
	historyComplete: FLAG,
};

/** The outcome that a status means; undefined if the wait continues. */
export function outcomeOf(
	{ status, isFinal }: { status: SmsStatus; isFinal: boolean },
	waitFor: WaitFor,
): Exclude<DeliveryOutcome, 'timedOut'> | undefined {
	if (status === 'delivered' || status === 'read') return 'delivered';
	if (status === 'sent' && waitFor === 'sent') return 'delivered';
	return isFinal && isFinalStatus(status) ? 'failed' : undefined;
}

/** The statuses of a message, and whether the history is complete or statuses may be missing. */
export interface History {
	history: StatusStep[];
	historyComplete: boolean;
}

/**
 * The message as an output item.
 *
 * @param asTool an agent uses the node as a tool, and reads the first output only
 */
export function deliveryOutput(
	message: SmsMessage,
	outcome: DeliveryOutcome,
	{ history, historyComplete }: History,
	asTool = false,
): Output {
	const fields = { ...message, outcome, history, historyComplete };
	// a wait that began under an older version has the provider's form
	const json = { ...fields, to: toE164(message.to) } as unknown as IDataObject;
	return { json, output: outputOf(outcome, asTool) };
}

/** The order of statuses in the life of a message. */
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

/** Identifies a step: the same status with the same provider status is the same step. */
export function stepKey({ status, providerStatus }: StatusStep): string {
	return `${status} ${providerStatus}`;
}

/**
 * Each step once, in the order of a message's life. The times cannot be used for sorting, because
 * some providers report them in whole minutes only, and postbacks arrive in any order.
 */
export function sortSteps(steps: StatusStep[]): StatusStep[] {
	const byKey = new Map(steps.map((step) => [stepKey(step), step]));
	return [...byKey.values()].sort((a, b) => RANK[a.status] - RANK[b.status]);
}

/** The current status of a message as a step. */
export function toStep({
	status,
	providerStatus,
	updatedAt,
	sentAt,
	createdAt,
}: SmsMessage): StatusStep {
	return { status, providerStatus, at: updatedAt ?? sentAt ?? createdAt };
}

/**
 * The first step of a history: the status in which the provider accepted the message.
 *
 * @param acceptedAt ISO 8601, UTC: its time if the provider reports none
 */
export function acceptedStep(message: SmsMessage, acceptedAt: string): StatusStep {
	return { ...toStep(message), at: message.createdAt ?? message.sentAt ?? acceptedAt };
}
