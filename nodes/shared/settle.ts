import { deliveryOutput, inOrder, nameOf, outcomeOf, stepOf } from './delivery';
import type { Outcome, Step, WaitFor } from './delivery';
import type { Item, Output } from './item';
import type { SmsMessage } from './message';
import { inRounds } from './rounds';
import { waitForOf } from './waitForDelivery';
import { untilAfterSend } from './waitLimit';
import { isTool } from './tool';

/** Waiting for deliveries inside the node, for providers whose postbacks cannot resume it. */

interface Pending {
	index: number;
	message: SmsMessage;
	waitFor: WaitFor;
	until: number;
	history: Step[];
	asTool: boolean;
}

function pendingOf(item: Item, [sent]: Output[], now: string): Pending {
	const message = sent.json as unknown as SmsMessage;
	return {
		index: item.index,
		message,
		waitFor: waitForOf(item),
		until: untilAfterSend(item).getTime(),
		asTool: isTool(item.context),
		history: [{ ...stepOf(message), at: message.sentAt ?? now }],
	};
}

/** All that was looked up was looked up here. */
function settled({ message, history, asTool }: Pending, outcome: Outcome): Output {
	const whole = { history: inOrder(history), historyComplete: true };
	return deliveryOutput(message, outcome, whole, asTool);
}

/**
 * Looks all messages up again and again, with growing pauses, until each is delivered, has failed
 * or has taken too long. Statuses have the time at which they were seen.
 *
 * @param look the messages as the provider reports them now, in their order
 */
export async function settleInRounds(
	items: Item[],
	sent: Array<Output[] | Error>,
	look: (messages: SmsMessage[]) => Promise<SmsMessage[]>,
): Promise<Array<Output[] | Error>> {
	const results = [...sent];
	const now = new Date().toISOString();
	let pending = items.flatMap((item) => {
		const outputs = sent[item.index];
		return Array.isArray(outputs) ? [pendingOf(item, outputs, now)] : [];
	});
	const last = pending.reduce((latest, { until }) => Math.max(latest, until), 0);
	const signal = items[0].context.getExecutionCancelSignal?.();
	await inRounds(last, signal, async () => {
		const messages = await look(pending.map(({ message }) => message));
		const seenAt = new Date().toISOString();
		pending = pending.filter((one, position) => {
			const message = { ...one.message, ...messages[position] };
			const step = { ...stepOf(message), at: message.updatedAt ?? seenAt };
			const known = one.history.some((before) => nameOf(before) === nameOf(step));
			one.history = known ? one.history : [...one.history, step];
			one.message = message;
			const late = Date.now() >= one.until ? 'noAnswer' : undefined;
			const outcome = outcomeOf(message, one.waitFor) ?? late;
			if (outcome) results[one.index] = [settled(one, outcome)];
			return outcome === undefined;
		});
		return pending.length === 0;
	});
	for (const one of pending) results[one.index] = [settled(one, 'noAnswer')];
	return results;
}
