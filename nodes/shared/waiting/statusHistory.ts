import { randomUUID } from 'crypto';
import { LruMap } from '../http/lruMap';
import type { PostbackEvent } from '../model/event';
import type { SmsMessage } from '../model/message';
import { type StatusStep, stepKey } from './deliveryOutcome';
import { isOwnId } from './ownEvents';

/** Different statuses of one message; in practice there are a handful. */
const MAX_STEPS = 50;

/** Identifies this process, which does not know the statuses that other processes received. */
export const PROCESS_ID = randomUUID();

interface StatusHistory {
	/** By `stepKey`, so that a repeated status counts once. */
	steps: Map<string, StatusStep>;
	/** The ids under which the provider sent the message again, in that order. */
	ids: string[];
	/** Epoch milliseconds of the latest access. */
	usedAt: number;
}

/** The latest `usedAt` of all evicted histories. */
let evictedUpTo = 0;

/**
 * Histories by wait id. n8n cannot store anything for a suspended execution, so they are in the
 * memory of one process. After a restart, a history lacks the statuses received before.
 */
const histories = new LruMap<StatusHistory>(10_000, ({ usedAt }) => {
	evictedUpTo = Math.max(evictedUpTo, usedAt);
});

/** The history of a wait. The least recently used histories are evicted first. */
export function historyOf(waitId: string): StatusHistory {
	const history = histories.get(waitId) ?? { steps: new Map(), ids: [], usedAt: 0 };
	history.usedAt = Date.now();
	histories.set(waitId, history);
	return history;
}

/**
 * Whether this process has received all statuses of a wait, and none was evicted.
 *
 * @param begun the process in which the wait began, and the time in ISO 8601
 */
export function isHistoryComplete(waitId: string, begun: { process: string; at: string }): boolean {
	const { steps } = historyOf(waitId);
	const isRemembered = Date.parse(begun.at) > evictedUpTo;
	return begun.process === PROCESS_ID && isRemembered && steps.size < MAX_STEPS;
}

/** Adds statuses to the history of a wait. @returns all its statuses */
export function recordSteps(waitId: string, steps: StatusStep[]): StatusStep[] {
	const { steps: recorded } = historyOf(waitId);
	for (const { status, providerStatus, at } of steps) {
		const step = { status, providerStatus, at };
		const key = stepKey(step);
		if (recorded.size < MAX_STEPS || recorded.has(key)) recorded.set(key, step);
	}
	return [...recorded.values()];
}

/** Adds the ids under which the provider sends the message again. */
export function recordContinuations(
	waitId: string,
	events: PostbackEvent[],
	message: SmsMessage,
): void {
	for (const { messageId, continuesAs } of events) {
		if (continuesAs === undefined || messageId === null) continue;
		const { ids } = historyOf(waitId);
		const isNew = isOwnId(messageId, message, ids) && !isOwnId(continuesAs, message, ids);
		if (isNew && ids.length < MAX_STEPS) ids.push(continuesAs);
	}
}
