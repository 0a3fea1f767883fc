import { messageOf } from '../errors/failure';
import { sleepOrCancel } from '../http/sleep';
import { type Outcome } from '../model/outcome';
import { type Found, fullReference, type Intent } from '../provider/sendPlan';
import { withoutRivals } from './claims';
import { matchSent, withoutOlder } from './matchFound';
import { byReference, type Entry, isUnknown, type PlannedSend } from './plannedSend';

/** Before each look-up: a provider may still be processing a message that it just accepted. */
const LOOKUP_DELAYS_MS = [0, 1_000, 3_000];

const NOT_FOUND_ADVICE =
	'Most likely the message was not accepted. Look it up by the reference again before you send again. The send is not retried automatically.';

/**
 * After a send: looks up the messages whose response was lost. A message that is not found stays
 * unknown, and its error says what the look-up showed.
 *
 * @param lost entries with unknown outcomes
 * @param since when they were sent, in epoch milliseconds; undefined if the reference has no older messages
 */
export async function lookUpLost(send: PlannedSend, lost: Entry[], since?: number): Promise<void> {
	const { item, ledger, own, plan } = send;
	const references = lost.flatMap(({ intent }) => fullReference(intent) ?? []);
	const firstOutcomes = new Map(lost.map((entry) => [entry, entry.outcome]));

	/** Adds to the error of the send what the look-up showed. */
	const explain = (entry: Entry, reason: string, isNotFound = false) => {
		const first = firstOutcomes.get(entry);
		if (first?.kind !== 'unknown') return;
		const message = `${first.failure.message}${reason}`;
		const advice = isNotFound && { description: NOT_FOUND_ADVICE };
		const failure = first.failure.with({ message, ...advice });
		entry.outcome = own.record(entry.intent, { kind: 'unknown', failure, isNotFound });
	};
	const explainFailure = (failed: Entry[], error: unknown) => {
		for (const entry of failed) explain(entry, `, and looking it up failed: ${messageOf(error)}`);
	};
	const note = (entry: Entry, outcome: Outcome) => {
		const { reference = '' } = entry.intent;
		if (outcome.kind === 'accepted') send.settle(entry, outcome);
		else if (outcome.kind === 'unknown') explain(entry, `. ${outcome.failure.message}`);
		else explain(entry, `, but the provider does not know its reference "${reference}"`, true);
	};
	const match = (found: Found, sharing: Intent[]) => {
		const isOnlyUse = !plan.isUserReference || ledger.underReference(references[0]).length === 1;
		const isOwnReference = !send.isShared && isOnlyUse;
		const age = { since, isScheduled: plan.isScheduled };
		const free = withoutOlder(send.unclaimed(found), age);
		const outcomes = matchSent(free, sharing, { ...age, isOwnReference });
		return withoutRivals(ledger, free, sharing, outcomes);
	};
	const lookUpGroup = async (group: Entry[]) => {
		try {
			const outcomes = await send.lookUp(group, match);
			group.forEach((entry, index) => note(entry, outcomes[index]));
		} catch (error) {
			explainFailure(group, error);
		}
	};
	const step = async () => {
		await ledger.locks.waitForInFlight(references);
		await Promise.all(byReference(lost.filter(isUnknown)).map(lookUpGroup));
	};
	try {
		for (const milliseconds of LOOKUP_DELAYS_MS) {
			await sleepOrCancel(milliseconds, item.context.getExecutionCancelSignal?.());
			// two items must not find the same message at the same time
			await ledger.locks.exclusive(`look up ${references[0]}`, step);
			if (!lost.some(isUnknown)) return;
		}
	} catch (error) {
		explainFailure(lost.filter(isUnknown), error);
	}
}
