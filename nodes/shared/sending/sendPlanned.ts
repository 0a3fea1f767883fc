import { outcomeOf } from '../http/sendRequest';
import type { Item } from '../input/item';
import type { IntentOutcome } from '../model/outcome';
import { fullReference, type SendPlan } from '../provider/sendPlan';
import type { ItemLedger } from './itemLedger';
import type { Ledger } from './ledger';
import { lookBack } from './lookBack';
import { lookUpLost } from './lookUpLost';
import { type Entry, isUntried, PlannedSend } from './plannedSend';

/**
 * Sends the messages of one item, each at most once. References are looked up first if the user
 * wants that or the execution repeats another one. If the response to a send is lost, its messages
 * are looked up. They are sent again only if the user allows that and the provider does not know
 * them.
 *
 * @throws Failure if a look-up before the send failed
 */
export async function sendPlanned(
	item: Item,
	ledger: Ledger,
	own: ItemLedger,
	plan: SendPlan,
): Promise<IntentOutcome[]> {
	const skips = item.flagOption('skipIfReferenceExists');
	const sendsAgain = item.flagOption('sendAgainIfNotFound');
	const send = new PlannedSend(item, ledger, own, plan);
	const untried = send.entries.filter(isUntried);
	const looksBack = untried.length > 0 && (skips || ledger.repeats !== undefined);
	const steps = async () => {
		if (looksBack) await lookBack(send, untried, skips);
		// only messages with the user's reference may be older
		const since = plan.isUserReference ? Date.now() : undefined;
		await attempt(send, send.entries.filter(isUntried), since);
		if (sendsAgain) await attempt(send, send.entries.filter(isNotFound), since);
	};
	// no other item may send under the reference between the look-up and the send
	const isExclusive = plan.isUserReference && looksBack;
	const reference = isExclusive ? fullReference(untried[0].intent) : undefined;
	await (reference === undefined ? steps() : ledger.locks.exclusive(reference, steps));
	const recipients = plan.intents.map(({ recipient }) => recipient);
	const recorded = new Set(own.outcomes.map(({ recipient }) => recipient));
	if (recipients.every((recipient) => recorded.has(recipient))) {
		own.complete(recipients, plan.isGroup);
	}
	return send.outcomes;
}

/** Sends, and looks up the messages whose response is lost. */
async function attempt(send: PlannedSend, open: Entry[], since?: number): Promise<void> {
	if (open.length === 0) return;
	const { ledger, plan } = send;
	const intents = open.map(({ intent }) => intent);
	const references = intents.flatMap((intent) => fullReference(intent) ?? []);
	const statements = await ledger.locks.trackInFlight(references, async () => {
		return await plan.send(intents).catch((error) => intents.map(() => outcomeOf(error)));
	});
	open.forEach((entry, index) => send.settle(entry, statements[index]));
	const lost = open.filter((_, index) => statements[index].kind === 'unknown');
	if (lost.length > 0 && plan.find) await lookUpLost(send, lost, since);
}

const isNotFound = ({ outcome }: Entry) =>
	outcome.kind === 'unknown' && outcome.isNotFound === true;
