import type { IDataObject } from 'n8n-workflow';
import { MODELS } from '../providers';
import type { Postback, WaitHistory } from './history';
import type { Arrival, WaitWorld } from './simulate';

/** What must hold in every wait. Each function returns what is wrong. */

/** From a postback until n8n has processed it. */
const PROCESSING_MS = 1_000;
/** The model of CDYNE hands a message over to the carrier after this time. */
const SENT_AFTER_MS = 1_500;

/** The outcome that a postback means, if the wait has the backup's id already or not. */
function outcomeOf(
	{ operation, waitFor, responseType }: WaitHistory,
	{ kind, about, isMatched }: Postback,
	knowsBackup: boolean,
): string | undefined {
	const isOwn = about === 'own' || (about === 'backup' && knowsBackup);
	const isReply = ['yes', 'no', 'anotherText', 'noText', 'stop'].includes(kind);
	if (operation === 'sendAndWaitForDelivery') {
		if (!isOwn) return undefined;
		if (isReply) return isMatched || about === 'backup' ? 'delivered' : undefined;
		if (kind === 'delivered') return 'delivered';
		if (kind === 'undelivered' || kind === 'rejected') return 'failed';
		return waitFor === 'sent' && (kind === 'sent' || kind === 'atCarrier')
			? 'delivered'
			: undefined;
	}
	if (isReply) {
		const isFromRecipient = isOwn || (about === 'earlier' && !isMatched);
		if (!isFromRecipient || kind === 'noText') return undefined;
		if (kind === 'stop') return 'declined';
		if (responseType === 'freeText') return 'answered';
		if (kind === 'anotherText') return undefined;
		return kind === 'yes' ? 'answered' : 'declined';
	}
	return kind === 'undelivered' && isOwn ? 'failed' : undefined;
}

/** The postbacks that end a wait, with what they mean, in the order in which they arrived. */
function decisive({ history, arrivals }: WaitWorld): Array<{ at: number; outcome: string }> {
	let knowsBackup = false;
	return arrivals.flatMap((arrival: Arrival) => {
		const { postback, at, isReceived } = arrival;
		if (!isReceived) return [];
		if (postback.kind === 'backup' && postback.about === 'own') knowsBackup = true;
		const outcome = outcomeOf(history, postback, knowsBackup);
		return outcome === undefined ? [] : [{ at, outcome }];
	});
}

const itemsOf = ({ outputs }: WaitWorld) =>
	outputs.flatMap((items, output) => items.map((json) => ({ json, output })));

/** A wait ends once, with one item. */
function endsOnce(world: WaitWorld): string[] {
	const { suspendedAt, endedAt } = world;
	if (suspendedAt !== undefined && endedAt === undefined) return ['the wait did not end'];
	const { length } = itemsOf(world);
	return length === 1 ? [] : [`there are ${length} items`];
}

/** The outcome is that of the first postback, or look-up, that decides it. */
function outcomeIsOwn(world: WaitWorld): string[] {
	const { history, suspendedAt, endedAt = 0, isAtLimit, until = 0, messages, lookUps } = world;
	const [item] = itemsOf(world);
	if (suspendedAt === undefined || !item) return [];
	const { outcome } = item.json;
	const [first] = decisive(world);
	if (isAtLimit) {
		if (outcome !== 'timedOut') return [`the limit gave "${String(outcome)}"`];
		if (endedAt < until) return ['the wait ended before its limit'];
		return first && first.at + PROCESSING_MS < endedAt
			? [`it timed out, although ${first.outcome} was posted ${endedAt - first.at} ms before`]
			: [];
	}
	const posted = decisive(world).filter(({ at }) => at <= endedAt);
	if (posted.some((one) => one.outcome === outcome && one.at <= posted[0].at + PROCESSING_MS)) {
		return [];
	}
	const [own] = messages;
	const isLookedUp = lookUps.some((at) => at <= endedAt && at + 3 * PROCESSING_MS >= endedAt);
	const wasRejected = world.arrivals.some(
		({ postback, at, isReceived }) =>
			isReceived && postback.kind === 'notSent' && at + 3 * PROCESSING_MS >= endedAt,
	);
	if (history.operation === 'sendAndWaitForDelivery' && (isLookedUp || wasRejected)) {
		const isSent = own.acceptedAt + SENT_AFTER_MS <= endedAt;
		if (outcome === 'failed' && own.status === 'cancelled') return [];
		if (outcome === 'delivered' && history.waitFor === 'sent' && isSent) return [];
		// the last look-up may end the wait just before its limit
		if (outcome === 'timedOut' && endedAt + 5 * PROCESSING_MS >= until) return [];
	}
	const isNearLimit = endedAt + 5 * PROCESSING_MS >= until;
	const hasUnmatched = (item.json.unmatchedReplies as unknown[] | undefined)?.length !== 0;
	if (history.operation === 'sendAndWait' && outcome === 'timedOut' && isNearLimit) {
		// the last look-up, so that the output has these replies
		return hasUnmatched ? [] : ['it timed out before its limit'];
	}
	return [`"${String(outcome)}" after ${endedAt - suspendedAt} ms, which nothing means`];
}

/** The item names the message and the recipient of this wait, and a reply's own words. */
function itemIsOwn(world: WaitWorld): string[] {
	const [own] = world.messages;
	const ownNumber = `+${MODELS[world.history.provider].number(0)}`;
	return itemsOf(world).flatMap(({ json, output }) => {
		const problems: string[] = [];
		if (world.history.operation === 'sendAndWait') {
			if (json.inReplyTo !== own.id) problems.push(`it is about ${String(json.inReplyTo)}`);
			const isReply = json.text !== null;
			const who = isReply || json.outcome !== 'timedOut' ? json.from : ownNumber;
			if (who !== ownNumber) problems.push(`it is from ${String(who)}`);
			const index = json.outcome === 'failed' ? 1 : json.outcome === 'timedOut' ? 2 : 0;
			if (output !== index) problems.push(`output ${output}`);
			const approved = json.approved === true;
			const isYes = json.text === 'Yes!' && world.history.responseType === 'approval';
			if (approved !== isYes) problems.push(`approved is ${approved} for "${String(json.text)}"`);
		} else {
			const names: unknown[] = ['delivered', 'failed', 'timedOut'];
			if (names.indexOf(json.outcome) !== output) problems.push(`output ${output}`);
			if (json.to !== ownNumber) problems.push(`it is to ${String(json.to)}`);
		}
		return problems.map((text) => `${String((json as IDataObject).outcome)}: ${text}`);
	});
}

/** A reply that matched none of the words is in the item, unless a restart forgot it. */
function unmatchedAreTold(world: WaitWorld): string[] {
	const { history, arrivals, endedAt = 0 } = world;
	const { operation, responseType, restartAtMs } = history;
	if (operation !== 'sendAndWait' || responseType === 'freeText' || restartAtMs > 0) return [];
	const [item] = itemsOf(world);
	const told = (item?.json.unmatchedReplies as unknown[] | undefined) ?? [];
	const isTheirs = ({ postback: { kind, about, isMatched }, isReceived, at }: Arrival) =>
		isReceived &&
		kind === 'anotherText' &&
		(about === 'own' || (about === 'earlier' && !isMatched)) &&
		at + PROCESSING_MS < endedAt;
	return arrivals.some(isTheirs) && told.length === 0 ? ['a reply is not told'] : [];
}

/** Nobody is texted twice: one message, and one help text. */
function textsOnce({ messages }: WaitWorld): string[] {
	const questions = messages.filter(({ text }) => text.startsWith('350000'));
	const others = messages.filter(({ isOld }) => !isOld);
	const helps = others.length - questions.length;
	return [
		...(questions.length === 1 ? [] : [`${questions.length} messages`]),
		...(helps <= 1 ? [] : [`${helps} help texts`]),
	];
}

/** No secret is in the outputs or the stored execution. */
function noSecrets({ history, outputs, storedText }: WaitWorld): string[] {
	const text = JSON.stringify(outputs) + storedText;
	return MODELS[history.provider].secrets
		.filter((secret) => text.includes(secret))
		.map((secret) => `the secret ${secret.slice(0, 4)}… is shown`);
}

const INVARIANTS = {
	endsOnce,
	outcomeIsOwn,
	itemIsOwn,
	unmatchedAreTold,
	textsOnce,
	noSecrets,
};

/** What is wrong in a wait, by the name of the invariant. */
export function waitViolations(world: WaitWorld): string[] {
	return Object.entries(INVARIANTS).flatMap(([name, invariant]) =>
		invariant(world).map((text) => `${name}: ${text}`),
	);
}
