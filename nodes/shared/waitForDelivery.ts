import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { deliveryOutput, inOrder, outcomeOf, stepOf } from './delivery';
import type { Outcome, Step, WaitFor } from './delivery';
import type { PostbackEvent } from './event';
import { messageOutput } from './item';
import type { Item, Output } from './item';
import { hasEnded } from './lookAgain';
import type { SmsMessage } from './message';
import { resumeAddress } from './resumeAddress';
import { follow, note, PROCESS, sawAll, seenOf } from './seen';
import type { Parking, Waiting, Wait } from './wait';
import { isTool } from './tool';

/** Send and Wait for Delivery: what ends the wait. */

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

interface DeliveryState {
	message: SmsMessage;
	waitFor: WaitFor;
	/** ISO 8601, UTC: when the provider took the message. */
	acceptedAt: string;
	/** The process that parked the execution. */
	process: string;
	asTool: boolean;
}

/** How to park after the message went out, or the output where there is nothing to wait for. */
function parkForDelivery(item: Item, [sent]: Output[], until: Date): Parking | Output[] {
	const message = sent.json as unknown as SmsMessage;
	const waitFor = waitForOf(item);
	const acceptedAt = new Date().toISOString();
	const accepted: Step = { ...stepOf(message), at: message.sentAt ?? acceptedAt };
	const outcome = outcomeOf(message, waitFor);
	const asTool = isTool(item.context);
	const end = (how: Outcome, historyComplete: boolean) => [
		deliveryOutput(message, how, { history: [accepted], historyComplete }, asTool),
	];
	if (outcome) return end(outcome, true);
	// the limit passed while the message was being sent
	if (until.getTime() <= Date.now()) return end('noAnswer', true);
	// laid out now, so that what comes until then is not in it
	const atLimit = end('noAnswer', false);
	const state: DeliveryState = { message, waitFor, acceptedAt, process: PROCESS, asTool };
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
	{ message, acceptedAt, process, asTool }: DeliveryState,
	change: Change,
	outcome: Outcome,
): Output[] {
	const { at, ...facts } = change;
	const accepted: Step = { ...stepOf(message), at: message.sentAt ?? acceptedAt };
	const history = inOrder([
		accepted,
		...note(wait, [{ status: change.status, providerStatus: change.providerStatus, at }]),
	]);
	const historyComplete = sawAll(wait, { process, at: acceptedAt });
	// what was seen is kept: of two copies of a postback either may be the one that n8n takes
	hasEnded(wait);
	const sentAt = message.sentAt ?? history.find(({ status }) => status === 'sent')?.at ?? null;
	const latest = seenOf(wait).ids.at(-1);
	const known = { ...message, ...(latest && { messageId: latest }), ...facts };
	const ended = { ...known, sentAt, updatedAt: at };
	return [deliveryOutput(ended, outcome, { history, historyComplete }, asTool)];
}

/**
 * Waits until a message is delivered or has failed.
 *
 * @param look the message as the provider reports it now
 */
export function waitForDelivery(
	look: (waiting: Waiting, message: SmsMessage) => Promise<SmsMessage | undefined>,
): Wait {
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
		park: parkForDelivery,
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
