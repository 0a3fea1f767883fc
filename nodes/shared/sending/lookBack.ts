import { rethrow } from '../errors/failure';
import { isAgentTool } from '../host/agentTool';
import { executionToken, firstExecutionStart } from '../host/execution';
import { markAlreadySent } from '../model/message';
import { accepted, type Outcome } from '../model/outcome';
import { type Found, fullReference, type Intent } from '../provider/sendPlan';
import { existingIn, leftByRivals } from './claims';
import { matchSent, withoutDead, withoutOlder } from './matchFound';
import { rejectSecondRun } from './options';
import { byReference, type Entry, isUnknown, type PlannedSend } from './plannedSend';

const BLIND_RETRY =
	'This execution is a retry, and messages of the retried execution cannot be looked up, so this message may have been sent before. With the option Send Only in the First Run, if the node has it, a retry sends nothing.';

/**
 * Before a send: looks for messages that exist already, because the user wants to skip those, or
 * because this execution repeats another one.
 *
 * @throws Failure if a look-up failed, or if there can be none and the user wants no second send
 */
export async function lookBack(send: PlannedSend, open: Entry[], skips: boolean): Promise<void> {
	const { item, ledger, own, plan } = send;
	if (!canLookBack(send)) {
		rejectSecondRun(item);
		own.warning = BLIND_RETRY;
		return;
	}
	let isKnown = false;
	const match = (found: Found, sharing: Intent[]) => {
		const outcomes = skips
			? existingIn(ledger, found, sharing, plan.intents.length === 1)
			: sentByRepeated(send, found, sharing);
		isKnown ||= send.unclaimed(found).messages.length > 0;
		send.markSeen(found);
		return outcomes;
	};
	await ledger.locks.waitForInFlight(open.map(({ intent }) => fullReference(intent)));
	const groups = byReference(open);
	// all of them end before the item does, since the next try has the same limit of requests
	const results = await Promise.allSettled(
		groups.map(async (group) => await send.lookUp(group, match)),
	);
	const found = results.flatMap((result) =>
		result.status === 'fulfilled' ? result.value : rethrow(result.reason),
	);
	groups.flat().forEach((entry, index) => {
		const outcome = found[index];
		// without the reference, because the message may have gone to somebody else
		const { recipient } = entry.intent;
		if (outcome.kind === 'accepted') send.settle(entry, asAlreadySent(outcome), { recipient });
		else entry.outcome = outcome;
	});
	// the repeated execution may have called a tool with other words, or sent to somebody else
	own.seesAll ||= !isAgentTool(item.context) && plan.isUserReference === true && !isKnown;
	if (open.some(isUnknown)) own.seesAll = false;
}

/** Whether a look-up finds what the repeated execution has sent. */
function canLookBack({ item, ledger, plan }: PlannedSend): boolean {
	if (!plan.find || plan.isUserReference) return plan.find !== undefined;
	// generated references are the same in the retries of an execution, not in its sub-workflows
	return ledger.repeats === 'self' && executionToken(item.context) !== undefined;
}

/** What the repeated execution has sent. A rejected or cancelled message is sent again. */
function sentByRepeated(send: PlannedSend, found: Found, sharing: Intent[]): Outcome[] {
	const { isScheduled, isUserReference = false } = send.plan;
	const hasStart = isUserReference && send.ledger.repeats === 'self';
	const since = hasStart ? firstExecutionStart(send.item.context) : undefined;
	const isOwnReference = !isUserReference && !send.isShared;
	const options = { since, isOwnReference, isScheduled };
	const free = withoutOlder(withoutDead(send.unclaimed(found)), options);
	const outcomes = matchSent(free, sharing, options);
	return leftByRivals(send.ledger, free, sharing, outcomes);
}

function asAlreadySent({ outputs }: Outcome & { kind: 'accepted' }): Outcome {
	return accepted(outputs.map((output) => ({ ...output, json: markAlreadySent(output.json) })));
}
