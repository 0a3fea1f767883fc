import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isAgentTool } from '../host/agentTool';
import type { Item } from '../input/item';
import type { PostbackEvent } from '../model/event';
import { hasFailed, type SmsMessage } from '../model/message';
import { messageOutput, type Output } from '../model/output';
import type { SuspensionPlan, WaitStrategy, ResumeContext } from '../provider/waitStrategy';
import {
	acceptedStep,
	type DeliveryOutcome,
	deliveryOutput,
	outcomeOf,
	sortSteps,
	type StatusStep,
	toStep,
	type WaitFor,
} from './deliveryOutcome';
import { isOwnId } from './ownEvents';
import { resumeUrl } from './resumeUrl';
import { markWaitEnded } from './scheduleLookups';
import {
	recordContinuations,
	recordSteps,
	PROCESS_ID,
	isHistoryComplete,
	historyOf,
} from './statusHistory';
import { moreOn } from '../input/pages';

/** @param hint the limits of what this provider reports */
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
		description: `What counts as success. A final failure also ends the wait. ${moreOn('waiting')}.`,
		...(hint && { hint }),
	};
}

/** The value of Wait For. @throws Failure for an invalid one */
export function waitForOf(item: Item): WaitFor {
	return item.choice('waitFor', ['delivered', 'sent'], 'delivered');
}

interface DeliveryState {
	message: SmsMessage;
	waitFor: WaitFor;
	/** ISO 8601, UTC: when the provider accepted the message. */
	acceptedAt: string;
	/** The process that suspended the execution. */
	process: string;
	asTool: boolean;
}

/** Plans the wait for a message that was sent; the output if there is nothing to wait for. */
function planSuspension(item: Item, [sent]: Output[], until: Date): SuspensionPlan | Output[] {
	const message = sent.json as unknown as SmsMessage;
	const waitFor = waitForOf(item);
	const acceptedAt = new Date().toISOString();
	const accepted = acceptedStep(message, acceptedAt);
	const outcome = outcomeOf(message, waitFor);
	const asTool = isAgentTool(item.context);
	const outputsFor = (ending: DeliveryOutcome, historyComplete: boolean) => [
		deliveryOutput(message, ending, { history: [accepted], historyComplete }, asTool),
	];
	if (outcome) return outputsFor(outcome, true);
	// the limit passed while the message was being sent
	if (until.getTime() <= Date.now()) return outputsFor('timedOut', true);
	const state: DeliveryState = { message, waitFor, acceptedAt, process: PROCESS_ID, asTool };
	const { messageId, referenceId } = message;
	return {
		state: state as unknown as IDataObject,
		until,
		// prepared now, so the output does not contain the statuses received before the limit
		outputsAtLimit: outputsFor('timedOut', false),
		outputsWhileWaiting: [messageOutput(message)],
		lookupUrl: resumeUrl(item.context),
		executionNames: { messageId, referenceId },
	};
}

interface StatusChange extends StatusStep {
	isFinal: boolean;
	errorCode: string | null;
	errorMessage?: string | null;
}

/**
 * The new status of the message that an event reports. A reply counts as `delivered`, which it
 * proves. Events of other messages are ignored. All waits of an execution have the same resume
 * URL, so in a loop late or repeated postbacks for an earlier message arrive there too.
 *
 * @param ids further ids of the message
 */
function changeOf(
	event: PostbackEvent,
	message: SmsMessage,
	ids: readonly string[],
): StatusChange | undefined {
	const { providerStatus, errorCode, errorMessage, occurredAt, receivedAt } = event;
	const at = occurredAt ?? receivedAt;
	if (event.event === 'message.received' && isOwnId(event.inReplyTo, message, ids)) {
		return { status: 'delivered', isFinal: true, providerStatus: 'answered', errorCode: null, at };
	}
	if (event.event !== 'message.status' || event.status === null) return undefined;
	if (!isOwnId(event.messageId, message, ids)) return undefined;
	return {
		status: event.status,
		isFinal: event.isFinal ?? false,
		providerStatus: providerStatus ?? '',
		errorCode,
		errorMessage: errorMessage ?? (hasFailed(event.status) ? providerStatus || event.status : null),
		at,
	};
}

/** Ends the wait. @returns the message with its outcome and history */
function endWait(
	waitId: string,
	{ message, acceptedAt, process, asTool }: DeliveryState,
	change: StatusChange,
	outcome: DeliveryOutcome,
): Output[] {
	const { at, ...facts } = change;
	const accepted = acceptedStep(message, acceptedAt);
	const history = sortSteps([accepted, ...recordSteps(waitId, [change])]);
	const historyComplete = isHistoryComplete(waitId, { process, at: acceptedAt });
	// the history is kept, because n8n may resume with another copy of the same postback
	markWaitEnded(waitId);
	const sentAt = message.sentAt ?? history.find(({ status }) => status === 'sent')?.at ?? null;
	const latest = historyOf(waitId).ids.at(-1);
	const latestMessage = { ...message, ...(latest && { messageId: latest }), ...facts };
	const finalMessage = { ...latestMessage, sentAt, updatedAt: at };
	return [deliveryOutput(finalMessage, outcome, { history, historyComplete }, asTool)];
}

/**
 * Waits until a message is delivered or has failed.
 *
 * @param getMessage looks up the current state of the message; undefined if that is not possible
 */
export function waitForDelivery(
	getMessage: (context: ResumeContext, message: SmsMessage) => Promise<SmsMessage | undefined>,
): WaitStrategy {
	const lookUp: NonNullable<WaitStrategy['onLookUp']> = async (resumeContext, last) => {
		const { state, waitId } = resumeContext;
		const delivery = state as unknown as DeliveryState;
		const latest = historyOf(waitId).ids.at(-1);
		const found = await getMessage(resumeContext, {
			...delivery.message,
			...(latest && { messageId: latest }),
		});
		if (!found) return undefined;
		const { isFinal, errorCode, errorMessage } = found;
		const change = { ...toStep(found), isFinal, errorCode, errorMessage };
		const outcome = outcomeOf(found, delivery.waitFor) ?? (last ? 'timedOut' : undefined);
		if (outcome) return endWait(waitId, delivery, change, outcome);
		recordSteps(waitId, [change]);
		return undefined;
	};

	return {
		planSuspension,
		async onEvents(resumeContext, events) {
			const { state, waitId } = resumeContext;
			const delivery = state as unknown as DeliveryState;
			recordContinuations(waitId, events, delivery.message);
			const { ids } = historyOf(waitId);
			const changes = events
				.map((event) => changeOf(event, delivery.message, ids))
				.filter((change) => change !== undefined);
			for (const change of changes) {
				const outcome = outcomeOf(change, delivery.waitFor);
				if (outcome) return endWait(waitId, delivery, change, outcome);
			}
			recordSteps(waitId, changes);
			// the provider may retry after this failure, or give up, and no postback reports the latter
			const mayBeOver = changes.some(({ status }) => status === 'failed');
			return mayBeOver ? await lookUp(resumeContext, false) : undefined;
		},
		onLookUp: lookUp,
	};
}
