import type { Item } from '../input/item';
import { combine, type IntentOutcome, type Outcome, UNTRIED } from '../model/outcome';
import { type Found, fullReference, type Intent, type SendPlan } from '../provider/sendPlan';
import { unclaimedBy } from './claims';
import type { ItemLedger } from './itemLedger';
import type { Ledger } from './ledger';

/** An intent and what is known of it so far. */
export interface Entry {
	intent: Intent;
	outcome: Outcome;
}

export const isUntried = ({ outcome }: Entry) => outcome.kind === 'untried';
export const isUnknown = ({ outcome }: Entry) => outcome.kind === 'unknown';

/** The messages of one item while they are sent: what is known of each, and look-ups of them. */
export class PlannedSend {
	readonly entries: Entry[];

	/** Several messages carry one reference, so it does not tell who received one. */
	readonly isShared: boolean;

	/** The IDs of the messages that existed before the send. */
	private readonly seenBefore = new Set<string | null>();

	constructor(
		readonly item: Item,
		readonly ledger: Ledger,
		readonly own: ItemLedger,
		readonly plan: SendPlan,
	) {
		const { intents } = plan;
		const earlier = new Map(own.outcomes.map(({ recipient, outcome }) => [recipient, outcome]));
		this.entries = intents.map((intent) => {
			const { recipient, invalid } = intent;
			const outcome: Outcome = invalid ? { kind: 'refused', failure: invalid } : UNTRIED;
			return { intent, outcome: earlier.get(recipient) ?? outcome };
		});
		this.isShared = new Set(intents.map(({ reference }) => reference)).size < intents.length;
	}

	get outcomes(): IntentOutcome[] {
		return this.entries.map(({ intent: { recipient }, outcome }) => ({ recipient, outcome }));
	}

	/** Combines what is known of a message with a new statement, and records the result. */
	settle(entry: Entry, statement: Outcome, intent = entry.intent): void {
		const { outcome } = entry;
		const combined =
			outcome.kind === 'unknown' && statement.kind === 'refused'
				? withSecondFailure(outcome, statement)
				: combine(outcome, statement);
		entry.outcome = this.own.record(intent, combined);
	}

	/**
	 * Looks up the messages of entries that carry one reference.
	 *
	 * @param match states which of the found messages belongs to whom
	 * @throws Failure if the look-up failed
	 */
	async lookUp(
		sharing: Entry[],
		match: (found: Found, sharing: Intent[]) => Outcome[],
	): Promise<Outcome[]> {
		const intents = sharing.map(({ intent }) => intent);
		const needsRecipients = this.plan.isUserReference === true || this.isShared;
		const found = await this.plan.find?.(intents[0].reference ?? '', needsRecipients);
		// what other items have sent in the meantime may be among the messages
		await this.ledger.locks.waitForInFlight(intents.map(fullReference));
		return found ? match(found, intents) : [];
	}

	/** The found messages that are new and that no other item has. */
	unclaimed(found: Found): Found {
		return unclaimedBy(this.ledger, found, this.seenBefore);
	}

	/** Notes that these messages existed before the send. */
	markSeen(found: Found): void {
		for (const { message } of found.messages) this.seenBefore.add(message.messageId);
	}
}

/** The entries in groups that carry one reference. */
export function byReference(entries: Entry[]): Entry[][] {
	const references = new Set(entries.map(({ intent }) => intent.reference));
	return [...references].map((reference) =>
		entries.filter(({ intent }) => intent.reference === reference),
	);
}

/** After a send whose response was lost, a refusal of the second one says nothing about the first. */
function withSecondFailure(
	{ failure }: Outcome & { kind: 'unknown' },
	second: Outcome & { kind: 'refused' },
): Outcome {
	const message = `${failure.message}. Sending again failed: ${second.failure.message}`;
	return { kind: 'unknown', failure: failure.with({ message }) };
}
