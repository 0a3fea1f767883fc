import { randomUUID } from 'crypto';
import { nameOf } from './delivery';
import type { Step } from './delivery';
import type { PostbackEvent } from './event';
import type { SmsMessage } from './message';
import { dropOldest } from './oldest';

/** What this process saw of a message on its way. */

/**
 * Statuses seen on the way, by wait. n8n cannot store anything for a parked execution, so this is
 * the memory of one process: after a restart the history lacks what came before.
 */
const seen = new Map<string, Seen>();

const MOST_SEEN = 10_000;

/** Different statuses of one message; its life has a handful. */
const MOST_STEPS = 50;

/** Of this process: what another one saw is not known here. */
export const PROCESS = randomUUID();

/** Epoch milliseconds of the latest word of a wait that is forgotten for want of room. */
let forgottenUpTo = 0;

interface Seen {
	/** By status and word, so that what comes again and again counts once. */
	steps: Map<string, Step>;
	/** The ids under which the provider sent the message again, the latest last. */
	ids: string[];
	/** Epoch milliseconds of the latest word of it. */
	heardAt: number;
}

/** What this process saw of a wait; the waits of which it heard longest ago are forgotten first. */
export function seenOf(wait: string): Seen {
	const known = seen.get(wait) ?? { steps: new Map(), ids: [], heardAt: 0 };
	known.heardAt = Date.now();
	seen.delete(wait);
	seen.set(wait, known);
	if (seen.size > MOST_SEEN) {
		const [oldest] = seen.values();
		forgottenUpTo = Math.max(forgottenUpTo, oldest.heardAt);
		dropOldest(seen, MOST_SEEN);
	}
	return known;
}

/**
 * Whether all that came for a wait was seen here, and is remembered.
 *
 * @param parked the process that parked it, and when: ISO 8601
 */
export function sawAll(wait: string, parked: { process: string; at: string }): boolean {
	const { steps } = seenOf(wait);
	const isRemembered = Date.parse(parked.at) > forgottenUpTo;
	return parked.process === PROCESS && isRemembered && steps.size < MOST_STEPS;
}

/** Notes statuses. @returns all that were seen */
export function note(wait: string, steps: Step[]): Step[] {
	const { steps: all } = seenOf(wait);
	for (const step of steps) {
		const name = nameOf(step);
		if (all.size < MOST_STEPS || all.has(name)) all.set(name, step);
	}
	return [...all.values()];
}

/** Notes that the message goes on under another id. */
export function follow(wait: string, events: PostbackEvent[], message: SmsMessage): void {
	for (const { messageId, continuesAs } of events) {
		if (continuesAs === undefined || messageId === null) continue;
		const { ids } = seenOf(wait);
		const isOurs = messageId === message.messageId || ids.includes(messageId);
		if (isOurs && !ids.includes(continuesAs) && ids.length < MOST_STEPS) ids.push(continuesAs);
	}
}
