import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isFinalStatus } from './message';
import type { SmsMessage, SmsStatus } from './message';
import { messageOutput } from './item';
import type { Item, Output } from './item';
import type { PostbackEvent } from './event';
import { HOST_ROUTES_OUTPUTS } from './host';
import { hasEnded, resumeAddress } from './wait';
import { untilAfterSend, waitUntil } from './waitLimit';
import type { Parking, Waiting, WaitRule } from './wait';

/** Send and Wait for Delivery: what ends the wait, and what leaves the node then. */

export type Outcome = 'delivered' | 'failed' | 'noAnswer';
export type WaitFor = 'delivered' | 'sent';

/** One status of a message and its time. */
export interface Step {
	status: SmsStatus;
	providerStatus: string;
	/** ISO 8601, UTC; null where the provider gave none. */
	at: string | null;
}

const OUTPUT_OF: Readonly<Record<Outcome, number>> = { delivered: 0, failed: 1, noAnswer: 2 };

/** Outputs of a node that has the operation: three of them while it is chosen. */
export const deliveryOutputs = HOST_ROUTES_OUTPUTS
	? '={{ $parameter["operation"] === "sendAndWaitForDelivery" ? [{ "type": "main", "displayName": "Delivered" }, { "type": "main", "displayName": "Failed" }, { "type": "main", "displayName": "No Answer in Time" }] : ["main"] }}'
	: '={{ ["main"] }}';

/** @param hint what this provider reports, where it is less than one expects */
export function waitForField(hint?: string): INodeProperties {
	return {
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'options',
		options: [
			{ name: 'Delivered', value: 'delivered', description: 'The message is on the handset' },
			{ name: 'Sent', value: 'sent', description: 'The message was handed to the network' },
		],
		default: 'delivered',
		description: 'What counts as success; a final failure ends the wait as well',
		...(hint && { hint }),
	};
}

export function waitForOf(item: Item): WaitFor {
	return item.choice('waitFor', ['delivered', 'sent'], 'delivered');
}

/** Reads all that the wait is told before anything goes out. @throws Failure for what cannot be */
export function checkDeliveryWait(item: Item): void {
	waitUntil(item);
	waitForOf(item);
}

/** What a status means for the wait; undefined while it goes on. */
export function outcomeOf(
	{ status, isFinal }: { status: SmsStatus; isFinal: boolean },
	waitFor: WaitFor,
): Exclude<Outcome, 'noAnswer'> | undefined {
	if (status === 'delivered' || status === 'read') return 'delivered';
	if (status === 'sent' && waitFor === 'sent') return 'delivered';
	return isFinal && isFinalStatus(status) ? 'failed' : undefined;
}

/**
 * The message as it leaves the node.
 *
 * @param asTool an agent reads the first output and no other
 */
export function deliveryOutput(
	message: SmsMessage,
	outcome: Outcome,
	history: Step[],
	asTool = false,
): Output {
	const json = { ...message, outcome, history } as unknown as IDataObject;
	return { json, output: HOST_ROUTES_OUTPUTS && !asTool ? OUTPUT_OF[outcome] : 0 };
}

/** Whether an agent runs the node; n8n before 2.x does not say. */
export function isTool({ context }: Item): boolean {
	return context.isToolExecution?.() ?? false;
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

/**
 * Each status once, in the order of a message's life: providers post them in any order, and some
 * give their times in whole minutes only.
 */
export function inOrder(steps: Step[]): Step[] {
	const once = new Map(steps.map((step) => [`${step.status} ${step.providerStatus}`, step]));
	return [...once.values()].sort((a, b) => RANK[a.status] - RANK[b.status]);
}

/** A step out of a message as the provider reports it. */
export function stepOf({ status, providerStatus, updatedAt, sentAt }: SmsMessage): Step {
	return { status, providerStatus, at: updatedAt ?? sentAt };
}

interface DeliveryState {
	message: SmsMessage;
	waitFor: WaitFor;
	/** ISO 8601, UTC: when the provider took the message. */
	acceptedAt: string;
	asTool: boolean;
}

/** How to park after the message went out, or the output where there is nothing to wait for. */
export function waitForDelivery(item: Item, [sent]: Output[]): Parking | Output[] {
	const message = sent.json as unknown as SmsMessage;
	const waitFor = waitForOf(item);
	const acceptedAt = new Date().toISOString();
	const accepted: Step = { ...stepOf(message), at: message.sentAt ?? acceptedAt };
	const outcome = outcomeOf(message, waitFor);
	const asTool = isTool(item);
	if (outcome) return [deliveryOutput(message, outcome, [accepted], asTool)];
	const until = untilAfterSend(item);
	const atLimit = [deliveryOutput(message, 'noAnswer', [accepted], asTool)];
	// the limit passed while the message was being sent
	if (until.getTime() <= Date.now()) return atLimit;
	const state: DeliveryState = { message, waitFor, acceptedAt, asTool };
	const { messageId, referenceId } = message;
	return {
		state: state as unknown as IDataObject,
		until,
		atLimit,
		meanwhile: [messageOutput(message)],
		lookUpAt: resumeAddress(item.context),
		names: { messageId, referenceId },
	};
}

/**
 * Statuses seen on the way, by wait. n8n cannot store anything for a parked execution, so this is
 * the memory of one process: after a restart the history lacks what came before.
 */
const seen = new Map<string, Seen>();
const MOST_SEEN = 10_000;
/** Different statuses of one message; its life has a handful. */
const MOST_STEPS = 50;

interface Seen {
	/** By status and word, so that what comes again and again counts once. */
	steps: Map<string, Step>;
	/** The ids under which the provider sent the message again, the latest last. */
	ids: string[];
}

/** What this process saw of a wait; the waits of which it heard longest ago are forgotten first. */
function seenOf(wait: string): Seen {
	const known = seen.get(wait) ?? { steps: new Map(), ids: [] };
	seen.delete(wait);
	seen.set(wait, known);
	if (seen.size > MOST_SEEN) seen.delete(seen.keys().next().value as string);
	return known;
}

function note(wait: string, steps: Step[]): Step[] {
	const { steps: all } = seenOf(wait);
	for (const step of steps) {
		const name = `${step.status} ${step.providerStatus}`;
		if (all.size < MOST_STEPS || all.has(name)) all.set(name, step);
	}
	return [...all.values()];
}

/** Notes that the message goes on under another id. */
function follow(wait: string, events: PostbackEvent[], message: SmsMessage): void {
	for (const { messageId, continuesAs } of events) {
		if (continuesAs === undefined || messageId === null) continue;
		const { ids } = seenOf(wait);
		const isOurs = messageId === message.messageId || ids.includes(messageId);
		if (isOurs && !ids.includes(continuesAs) && ids.length < MOST_STEPS) ids.push(continuesAs);
	}
}

interface Change extends Step {
	isFinal: boolean;
	errorCode: string | null;
	errorMessage?: string | null;
}

/**
 * A status, or an answer from the handset, which proves that the message is on it. All waits of an
 * execution have the same address, so in a loop what is said late or again of an earlier message
 * comes there as well, and does not count.
 */
function changeOf(
	event: PostbackEvent,
	message: SmsMessage,
	ids: readonly string[],
): Change | undefined {
	const { providerStatus, errorCode, errorMessage, occurredAt, receivedAt } = event;
	const at = occurredAt ?? receivedAt;
	const isOurs = (id: string | null) =>
		id !== null && (id === message.messageId || ids.includes(id));
	if (event.event === 'message.received' && isOurs(event.inReplyTo)) {
		return { status: 'delivered', isFinal: true, providerStatus: 'answered', errorCode: null, at };
	}
	if (event.event !== 'message.status' || event.status === null) return undefined;
	if (!isOurs(event.messageId)) return undefined;
	return {
		status: event.status,
		isFinal: event.isFinal ?? false,
		providerStatus: providerStatus ?? '',
		errorCode,
		errorMessage: errorMessage ?? (errorCode === null ? null : providerStatus),
		at,
	};
}

function finished(
	wait: string,
	{ message, acceptedAt, asTool }: DeliveryState,
	change: Change,
	outcome: Outcome,
): Output[] {
	const { at, ...facts } = change;
	const accepted: Step = { ...stepOf(message), at: message.sentAt ?? acceptedAt };
	const history = inOrder([
		accepted,
		...note(wait, [{ status: change.status, providerStatus: change.providerStatus, at }]),
	]);
	// what was seen is kept: of two copies of a postback either may be the one that n8n takes
	hasEnded(wait);
	const sentAt = message.sentAt ?? history.find(({ status }) => status === 'sent')?.at ?? null;
	const latest = seenOf(wait).ids.at(-1);
	const known = { ...message, ...(latest && { messageId: latest }), ...facts };
	return [deliveryOutput({ ...known, sentAt, updatedAt: at }, outcome, history, asTool)];
}

/** @param look the message as the provider reports it now */
export function deliveryRule(
	look: (waiting: Waiting, message: SmsMessage) => Promise<SmsMessage | undefined>,
): WaitRule {
	async function lookUp(waiting: Waiting, last: boolean): Promise<Output[] | undefined> {
		const { state, wait } = waiting;
		const known = state as unknown as DeliveryState;
		const latest = seenOf(wait).ids.at(-1);
		const found = await look(waiting, {
			...known.message,
			...(latest && { messageId: latest }),
		});
		if (!found) return undefined;
		const { status, isFinal, providerStatus, errorCode, errorMessage } = found;
		const { at } = stepOf(found);
		const change = { status, isFinal, providerStatus, errorCode, errorMessage, at };
		const outcome = outcomeOf(found, known.waitFor) ?? (last ? 'noAnswer' : undefined);
		if (outcome) return finished(wait, known, change, outcome);
		note(wait, [{ status, providerStatus, at }]);
		return undefined;
	}

	return {
		async onEvents(waiting, events) {
			const { state, wait } = waiting;
			const known = state as unknown as DeliveryState;
			follow(wait, events, known.message);
			const { ids } = seenOf(wait);
			const changes = events
				.map((event) => changeOf(event, known.message, ids))
				.filter((change) => change !== undefined);
			for (const change of changes) {
				const outcome = outcomeOf(change, known.waitFor);
				if (outcome) return finished(wait, known, change, outcome);
			}
			note(
				wait,
				changes.map(({ status, providerStatus, at }) => ({ status, providerStatus, at })),
			);
			// a failure that is tried again may have been the last one, which no postback tells
			const failed = changes.some(({ status }) => status === 'failed');
			return failed ? await lookUp(waiting, false) : undefined;
		},
		onLookUp: lookUp,
	};
}
