import { isAgentTool } from '../host/agentTool';
import type { Item } from '../input/item';
import type { SmsMessage } from '../model/message';
import type { Output } from '../model/output';
import type { WaitLimit } from '../provider/operation';
import {
	acceptedStep,
	type DeliveryOutcome,
	deliveryOutput,
	outcomeOf,
	sortSteps,
	type StatusStep,
	stepKey,
	toStep,
	type WaitFor,
} from './deliveryOutcome';
import { poll } from './poll';
import { waitForOf } from './waitForDelivery';
import { waitEndAfterSend } from './waitLimit';

/** Waits for deliveries inside the node, for providers whose postbacks cannot resume it. */

interface PendingMessage {
	index: number;
	message: SmsMessage;
	waitFor: WaitFor;
	/** Epoch milliseconds. */
	until: number;
	history: StatusStep[];
	asTool: boolean;
}

function toPending(item: Item, [sent]: Output[], limit: WaitLimit, now: string): PendingMessage {
	const message = sent.json as unknown as SmsMessage;
	return {
		index: item.index,
		message,
		waitFor: waitForOf(item),
		until: waitEndAfterSend(item, limit).getTime(),
		asTool: isAgentTool(item.context),
		history: [acceptedStep(message, now)],
	};
}

function toOutput({ message, history, asTool }: PendingMessage, outcome: DeliveryOutcome): Output {
	// complete, because no other process takes part in this wait
	const completeHistory = { history: sortSteps(history), historyComplete: true };
	return deliveryOutput(message, outcome, completeHistory, asTool);
}

/**
 * Polls all messages with growing delays until each is delivered, has failed, or has reached its
 * limit. A status without a time from the provider gets the time of the look-up that found it.
 *
 * @param sent the outputs of each item, or why it failed; failed items stay as they are
 * @param lookUp returns the current state of the messages, in their order
 */
export async function pollDeliveries(
	items: Item[],
	sent: Array<Output[] | Error>,
	limit: WaitLimit,
	lookUp: (messages: SmsMessage[]) => Promise<SmsMessage[]>,
): Promise<Array<Output[] | Error>> {
	const results = [...sent];
	const now = new Date().toISOString();
	let pending = items.flatMap((item) => {
		const outputs = sent[item.index];
		return Array.isArray(outputs) ? [toPending(item, outputs, limit, now)] : [];
	});
	const lastLimit = pending.reduce((latest, { until }) => Math.max(latest, until), 0);
	const signal = items[0].context.getExecutionCancelSignal?.();
	await poll(lastLimit, signal, async () => {
		const messages = await lookUp(pending.map(({ message }) => message));
		const seenAt = new Date().toISOString();
		pending = pending.filter((entry, position) => {
			const message = { ...entry.message, ...messages[position] };
			const step = { ...toStep(message), at: message.updatedAt ?? seenAt };
			if (!entry.history.some((earlier) => stepKey(earlier) === stepKey(step))) {
				entry.history.push(step);
			}
			entry.message = message;
			const timedOut = Date.now() >= entry.until ? 'timedOut' : undefined;
			const outcome = outcomeOf(message, entry.waitFor) ?? timedOut;
			if (outcome) results[entry.index] = [toOutput(entry, outcome)];
			return outcome === undefined;
		});
		return pending.length === 0;
	});
	for (const entry of pending) results[entry.index] = [toOutput(entry, 'timedOut')];
	return results;
}
