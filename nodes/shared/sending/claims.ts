import { accepted, combine, combineAll, type Outcome } from '../model/outcome';
import { type Found, type FoundMessage, fullReference, type Intent } from '../provider/sendPlan';
import type { Ledger } from './ledger';
import { matchExisting, unknownOwner } from './matchFound';

/** Which found messages an item can have, in view of what the other items have. */

/** The messages that no item of this execution has. @param seenBefore IDs from before the send */
export function unclaimedBy(
	ledger: Ledger,
	found: Found,
	seenBefore: ReadonlySet<string | null>,
): Found {
	const messages = found.messages.filter(
		({ message: { messageId } }) =>
			messageId !== null && !ledger.hasMessage(messageId) && !seenBefore.has(messageId),
	);
	// a message without an ID cannot be told from those of other items
	const hasIds = found.messages.every(({ message }) => message.messageId !== null);
	return { ...found, messages, isComplete: found.isComplete && hasIds };
}

/**
 * What takes the place of a new message: one of this execution, or one that was found.
 *
 * @param isSingle the item has one recipient
 */
export function existingIn(
	ledger: Ledger,
	found: Found,
	sharing: Intent[],
	isSingle: boolean,
): Outcome[] {
	return matchExisting(found, sharing, isSingle).map((outcome, index) => {
		if (outcome.kind === 'accepted') return outcome;
		// a look-up may not know yet what another item of this execution has just sent
		const { recipient } = sharing[index];
		const others = ledger
			.underReference(fullReference(sharing[index]))
			.filter((other) => isSingle || other.recipient === recipient);
		return combine(outcome, firstOf(combineAll(others.map((other) => other.outcome))));
	});
}

const firstOf = (outcome: Outcome) =>
	outcome.kind === 'accepted' ? accepted(outcome.outputs.slice(0, 1)) : outcome;

/** Leaves open whose a message is if other items may have it, too. */
export function withoutRivals(
	ledger: Ledger,
	found: Found,
	sharing: Intent[],
	outcomes: Outcome[],
): Outcome[] {
	return outcomes.map((outcome, index) => {
		const { recipient, reference = '' } = sharing[index];
		const isPossible = (message: FoundMessage) => [recipient, null].includes(message.recipient);
		const rivals = ledger
			.underReference(fullReference(sharing[index]))
			.filter((other) => other.recipient === recipient && mayHaveAny(other.outcome));
		const isTaken = found.messages.filter(isPossible).length < rivals.length;
		return outcome.kind === 'accepted' && isTaken ? unknownOwner(reference) : outcome;
	});
}

/** Whether an intent may have a message that nobody has claimed by its ID. */
const mayHaveAny = (outcome: Outcome) =>
	outcome.kind === 'unknown' ||
	(outcome.kind === 'accepted' && outcome.outputs.every(({ json }) => !json.messageId));
