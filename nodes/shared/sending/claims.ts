import { accepted, combine, combineAll, type Outcome, UNTRIED } from '../model/outcome';
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
		const recipient = isSingle ? undefined : sharing[index].recipient;
		const others = ledger.underReference(fullReference(sharing[index]), recipient);
		return combine(outcome, firstOf(combineAll(others.map((other) => other.outcome))));
	});
}

const firstOf = (outcome: Outcome) =>
	outcome.kind === 'accepted' ? accepted(outcome.outputs.slice(0, 1)) : outcome;

/** The found messages that an intent may have. */
function possibleFor({ recipient }: Intent, found: Found): FoundMessage[] {
	return found.messages.filter((message) => [recipient, null].includes(message.recipient));
}

/** The outcomes under the reference and to the recipient of an intent that have a message without its ID. */
function rivalsOf(ledger: Ledger, intent: Intent): Outcome[] {
	return ledger
		.underReference(fullReference(intent), intent.recipient)
		.map(({ outcome }) => outcome)
		.filter(mayHaveAny);
}

/** After a send: leaves open whose a message is if other items may have it, too. */
export function withoutRivals(
	ledger: Ledger,
	found: Found,
	sharing: Intent[],
	outcomes: Outcome[],
): Outcome[] {
	return outcomes.map((outcome, index) => {
		const intent = sharing[index];
		// the ledger has the intent itself, too
		const isTaken = possibleFor(intent, found).length < rivalsOf(ledger, intent).length;
		return outcome.kind === 'accepted' && isTaken ? unknownOwner(intent.reference ?? '') : outcome;
	});
}

/** Before a send: leaves to other items what they have, and leaves open what they may have. */
export function leftByRivals(
	ledger: Ledger,
	found: Found,
	sharing: Intent[],
	outcomes: Outcome[],
): Outcome[] {
	return outcomes.map((outcome, index) => {
		if (outcome.kind !== 'accepted') return outcome;
		const intent = sharing[index];
		const rivals = rivalsOf(ledger, intent);
		const owners = rivals.filter(({ kind }) => kind === 'accepted').length;
		const left = possibleFor(intent, found).length - owners;
		if (left <= 0) return UNTRIED;
		return left > rivals.length - owners ? outcome : unknownOwner(intent.reference ?? '');
	});
}

/** Whether an intent may have a message that nobody has claimed by its ID. */
const mayHaveAny = (outcome: Outcome) =>
	outcome.kind === 'unknown' ||
	(outcome.kind === 'accepted' && outcome.outputs.every(({ json }) => !json.messageId));
