import { messageOf } from '../errors/failure';
import { isAgentTool } from '../host/agentTool';
import { executionToken, firstExecutionStart } from '../host/execution';
import { outcomeOf } from '../http/sendRequest';
import { sleepOrCancel } from '../http/sleep';
import type { Item } from '../input/item';
import { markAlreadySent } from '../model/message';
import { accepted, combine, type IntentOutcome, type Outcome, UNTRIED } from '../model/outcome';
import { type Found, fullReference, type Intent, type SendPlan } from '../provider/sendPlan';
import { existingIn, unclaimedBy, withoutRivals } from './claims';
import type { ItemLedger } from './itemLedger';
import type { Ledger } from './ledger';
import { matchSent, withoutDead } from './matchFound';
import { rejectSecondRun } from './options';

/** Before each look-up: a provider may still be processing a message that it just accepted. */
const LOOKUP_DELAYS_MS = [0, 1_000, 3_000];

const BLIND_RETRY =
	'This execution is a retry, and messages of the retried execution cannot be looked up, so this message may have been sent before. With the option Send Only in the First Run, if the node has it, a retry sends nothing.';

const NOT_FOUND_ADVICE =
	'Most likely the message was not accepted. Look it up by the reference again before you send again. The send is not retried automatically.';

/** An intent and what is known of it so far. */
interface Entry {
	intent: Intent;
	outcome: Outcome;
}

/**
 * Sends the messages of one item, each at most once. References are looked up first if the user
 * wants that or the execution repeats another one. If the response to a send is lost, its messages
 * are looked up. They are sent again only if the user allows that and the provider does not know
 * them.
 */
export async function sendPlanned(
	item: Item,
	ledger: Ledger,
	own: ItemLedger,
	plan: SendPlan,
): Promise<IntentOutcome[]> {
	const { find, intents, isUserReference = false } = plan;
	const skips = item.flagOption('skipIfReferenceExists');
	const sendsAgain = item.flagOption('sendAgainIfNotFound');
	const earlier = new Map(own.outcomes.map(({ recipient, outcome }) => [recipient, outcome]));
	const entries = intents.map((intent): Entry => {
		const { recipient, invalid } = intent;
		const outcome: Outcome = invalid ? { kind: 'refused', failure: invalid } : UNTRIED;
		return { intent, outcome: earlier.get(recipient) ?? outcome };
	});
	// a reference that only one message carries tells who received it
	const isShared = new Set(intents.map(({ reference }) => reference)).size < intents.length;
	const needsRecipients = isUserReference || isShared;
	/** The messages that existed before the send. */
	const seenBefore = new Set<string | null>();
	let calledAt: number | undefined;

	/** Combines what is known of an intent with a new statement, and notes the result. */
	const settle = (entry: Entry, statement: Outcome, intent = entry.intent) => {
		const { outcome } = entry;
		entry.outcome = own.record(
			intent,
			outcome.kind === 'unknown' && statement.kind === 'refused'
				? withSecondFailure(outcome, statement)
				: combine(outcome, statement),
		);
	};

	/** Looks up the messages of entries with one reference. @param match states which belong to whom */
	async function lookUp(
		sharing: Entry[],
		match: (found: Found, sharing: Intent[]) => Outcome[],
	): Promise<Outcome[]> {
		const shared = sharing.map(({ intent }) => intent);
		const recipients = shared.map(({ recipient }) => recipient);
		const found = await find?.(shared[0].reference ?? '', recipients, needsRecipients);
		// what other items have sent in the meantime may be among the messages
		await ledger.locks.waitForInFlight(shared.map(fullReference));
		return found ? match(found, shared) : [];
	}

	const unclaimed = (found: Found) => unclaimedBy(ledger, found, seenBefore);

	/** What the repeated execution has sent. A rejected or cancelled message is sent again. */
	function earlierOnes(found: Found, sharing: Intent[]): Outcome[] {
		const isKnown = isUserReference && ledger.repeats === 'self';
		const since = isKnown ? firstExecutionStart(item.context) : undefined;
		const isOwnReference = !isUserReference && !isShared;
		const options = { since, isOwnReference, isScheduled: plan.isScheduled };
		return matchSent(withoutDead(unclaimed(found)), sharing, options);
	}

	/** Whether a look-up finds what the repeated execution has sent. */
	function canLookBack(): boolean {
		if (!find || isUserReference) return find !== undefined;
		// generated references are the same in the retries of an execution, not in its sub-workflows
		return ledger.repeats === 'self' && executionToken(item.context) !== undefined;
	}

	/** Looks for messages that were sent before. @throws Failure if that is not possible */
	async function lookBack(open: Entry[]): Promise<void> {
		if (!canLookBack()) {
			rejectSecondRun(item);
			own.warning = BLIND_RETRY;
			return;
		}
		let isKnown = false;
		await ledger.locks.waitForInFlight(open.map(({ intent }) => fullReference(intent)));
		const match = (found: Found, sharing: Intent[]) => {
			const outcomes = skips
				? existingIn(ledger, found, sharing, intents.length === 1)
				: earlierOnes(found, sharing);
			isKnown ||= unclaimed(found).messages.length > 0;
			for (const { message } of found.messages) seenBefore.add(message.messageId);
			return outcomes;
		};
		const groups = byReference(open);
		const lookUpGroup = async (group: Entry[]) => await lookUp(group, match);
		const outcomes = (await Promise.all(groups.map(lookUpGroup))).flat();
		groups.flat().forEach((entry, index) => {
			const outcome = outcomes[index];
			// without the reference, because the message may have gone to somebody else
			const { recipient } = entry.intent;
			if (outcome.kind === 'accepted') settle(entry, asAlreadySent(outcome), { recipient });
			else entry.outcome = outcome;
		});
		// the repeated execution may have called a tool with other words, or sent to somebody else
		own.seesAll ||= !isAgentTool(item.context) && isUserReference && !isKnown;
		if (open.some(isUnknown)) own.seesAll = false;
	}

	/** Sends, and looks up what became of the messages whose response is lost. */
	async function attempt(open: Entry[]): Promise<void> {
		if (open.length === 0) return;
		const planned = open.map(({ intent }) => intent);
		const references = planned.flatMap((intent) => fullReference(intent) ?? []);
		const statements = await ledger.locks.trackInFlight(references, async () => {
			return await plan.send(planned).catch((error) => planned.map(() => outcomeOf(error)));
		});
		open.forEach((entry, index) => settle(entry, statements[index]));
		const lost = open.filter((_, index) => statements[index].kind === 'unknown');
		if (lost.length > 0 && find) await lookUpLost(lost, references);
	}

	async function lookUpLost(lost: Entry[], references: string[]): Promise<void> {
		const failures = new Map(lost.map((entry) => [entry, entry.outcome]));
		const explain = (entry: Entry, reason: string, isNotFound = false) => {
			const first = failures.get(entry);
			if (first?.kind !== 'unknown') return;
			const failure = first.failure.with({
				message: `${first.failure.message}${reason}`,
				...(isNotFound && { description: NOT_FOUND_ADVICE }),
			});
			entry.outcome = own.record(entry.intent, { kind: 'unknown', failure, isNotFound });
		};
		const step = async () => {
			await ledger.locks.waitForInFlight(references);
			const match = (found: Found, sharing: Intent[]) => {
				const isOwnReference =
					!isShared && (!isUserReference || ledger.underReference(references[0]).length === 1);
				const options = { since: calledAt, isOwnReference, isScheduled: plan.isScheduled };
				const free = unclaimed(found);
				return withoutRivals(ledger, free, sharing, matchSent(free, sharing, options));
			};
			const lookUpGroup = async (group: Entry[]) => {
				try {
					const outcomes = await lookUp(group, match);
					group.forEach((entry, index) => note(entry, outcomes[index]));
				} catch (error) {
					explainFailure(group, error);
				}
			};
			await Promise.all(byReference(lost.filter(isUnknown)).map(lookUpGroup));
		};
		const note = (entry: Entry, outcome: Outcome) => {
			const { reference = '' } = entry.intent;
			if (outcome.kind === 'accepted') settle(entry, outcome);
			else if (outcome.kind === 'unknown') explain(entry, `. ${outcome.failure.message}`);
			else explain(entry, `, but the provider does not know its reference "${reference}"`, true);
		};
		const explainFailure = (failed: Entry[], error: unknown) => {
			for (const entry of failed) explain(entry, `, and looking it up failed: ${messageOf(error)}`);
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

	const untried = entries.filter(isUntried);
	const looksBack = untried.length > 0 && (skips || ledger.repeats !== undefined);
	const sendUntried = async () => {
		if (looksBack) await lookBack(untried);
		// only messages with the user's reference may be older
		if (isUserReference) calledAt = Date.now();
		await attempt(entries.filter(isUntried));
		if (!sendsAgain) return;
		await attempt(
			entries.filter(({ outcome }) => outcome.kind === 'unknown' && outcome.isNotFound),
		);
	};
	// no other item may send under the reference between the look-up and the send
	const reference = isUserReference && looksBack ? fullReference(untried[0].intent) : undefined;
	await (reference === undefined ? sendUntried() : ledger.locks.exclusive(reference, sendUntried));
	const recipients = intents.map(({ recipient }) => recipient);
	const recorded = new Set(own.outcomes.map(({ recipient }) => recipient));
	if (recipients.every((recipient) => recorded.has(recipient))) {
		own.complete(recipients, plan.isGroup);
	}
	return entries.map(({ intent: { recipient }, outcome }) => ({ recipient, outcome }));
}

/** The entries in groups that have one reference. */
function byReference(entries: Entry[]): Entry[][] {
	const references = new Set(entries.map(({ intent }) => intent.reference));
	return [...references].map((reference) =>
		entries.filter(({ intent }) => intent.reference === reference),
	);
}

const isUntried = ({ outcome }: Entry) => outcome.kind === 'untried';
const isUnknown = ({ outcome }: Entry) => outcome.kind === 'unknown';

function asAlreadySent({ outputs }: Outcome & { kind: 'accepted' }): Outcome {
	return accepted(outputs.map((output) => ({ ...output, json: markAlreadySent(output.json) })));
}

/** After a send whose response was lost, a refusal of the second one says nothing about the first. */
function withSecondFailure(
	{ failure }: Outcome & { kind: 'unknown' },
	second: Outcome & { kind: 'refused' },
): Outcome {
	const message = `${failure.message}. Sending again failed: ${second.failure.message}`;
	return { kind: 'unknown', failure: failure.with({ message }) };
}
