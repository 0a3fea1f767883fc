import { Failure } from '../errors/failure';
import type { SmsStatus } from '../model/message';
import { accepted, type Outcome, UNTRIED } from '../model/outcome';
import { messageOutput } from '../model/output';
import type { Found, FoundMessage, Intent } from '../provider/sendPlan';

/** Which message of a look-up by reference belongs to which intent. */

/** Times of messages are in whole seconds at some providers. */
const TIME_STEP_MS = 1_000;

/** How far the clocks of a provider's servers may differ from each other. */
const CLOCK_TOLERANCE_MS = 5_000;

const isDead = (status: SmsStatus) => status === 'failed' || status === 'canceled';

/** What tells the messages of a call from older ones. */
interface Age {
	/**
	 * When the call was made, or the execution that is repeated began, in epoch milliseconds; undefined
	 * if the reference has no older messages, or if that is not known.
	 */
	since?: number;
	/** The messages of this call are sent later, so they have no time yet. */
	isScheduled?: boolean;
}

/** When the provider accepted or sent a message, in epoch milliseconds; null if it does not say. */
function takenAt({ createdAt, sentAt }: FoundMessage['message']): number | null {
	const time = createdAt ?? sentAt;
	return time === null ? null : Date.parse(time);
}

/** Messages by their time, those without a time last. */
function oldestFirst(messages: FoundMessage[]): FoundMessage[] {
	const timeOf = ({ message }: FoundMessage) => takenAt(message) ?? Number.MAX_SAFE_INTEGER;
	return [...messages].sort((one, other) => timeOf(one) - timeOf(other));
}

/**
 * Whether a message may have been sent since a time. A message without a time is queued, scheduled,
 * rejected or cancelled, perhaps from before.
 *
 * @param since epoch milliseconds, by the clock of this machine
 * @param isScheduled the message of this call gets its time later
 */
function comesFrom(
	{ clock }: Found,
	{ message }: FoundMessage,
	since: number,
	isScheduled: boolean,
): 'yes' | 'maybe' | 'no' {
	const at = takenAt(message);
	if (at === null) return isScheduled && !isDead(message.status) ? 'yes' : 'maybe';
	const earliest = since + (clock?.min ?? 0) - TIME_STEP_MS;
	const lead = earliest - at;
	if (lead <= 0) return 'yes';
	// without the provider's time, the clocks may differ by any amount
	return clock === undefined || lead < CLOCK_TOLERANCE_MS ? 'maybe' : 'no';
}

function unknown(reason: string): Outcome {
	return {
		kind: 'unknown',
		failure: new Failure({
			kind: 'ambiguous',
			message: `${reason}. The message may have been sent before`,
			description: 'Check the provider’s log or the handset before you send again.',
		}),
	};
}

/** The outcome of an intent whose message other items may have. */
export function unknownOwner(reference: string): Outcome {
	return unknown(
		`Several messages with the reference "${reference}" to this recipient are uncertain, and fewer were found`,
	);
}

/** A found message as the message of an intent. @param recipient null for that of the message */
function toAccepted({ message, raw }: FoundMessage, recipient: string | null): Outcome {
	return accepted([messageOutput({ ...message, to: recipient ?? message.to }, raw)]);
}

/**
 * Assigns messages to intents with the same reference, each to one: first by recipient, then those
 * whose recipient the provider does not tell. If one of these is left, or if there may be more
 * messages, it is unknown whether the other intents have one.
 *
 * @param isOwnReference nobody else uses the reference, so a single recipient needs no number
 * @returns the outcome of each intent; `untried` if it is certain that there is no message
 */
function assign(
	intents: Intent[],
	candidates: FoundMessage[],
	isComplete: boolean,
	isOwnReference: boolean,
): Outcome[] {
	const reference = intents[0]?.reference ?? '';
	const left = new Set(candidates);
	const take = (wanted: string | null, recipient: string) => {
		const match = [...left].find((found) => found.recipient === wanted);
		if (match) left.delete(match);
		return match ? toAccepted(match, recipient) : UNTRIED;
	};
	const outcomes = intents.map(({ recipient }) => take(recipient, recipient));
	if (isOwnReference && intents.length === 1 && outcomes[0].kind === 'untried') {
		outcomes[0] = take(null, intents[0].recipient);
	}
	const hasUntold = [...left].some((found) => found.recipient === null);
	if (isComplete && !hasUntold) return outcomes;
	const reason = hasUntold
		? `There are messages with the reference "${reference}", but the provider does not say who received them`
		: `There may be more messages with the reference "${reference}" than the look-up shows`;
	return outcomes.map((outcome) => (outcome.kind === 'untried' ? unknown(reason) : outcome));
}

/** What was found without the messages that were rejected or cancelled: they take no one's place. */
export function withoutDead(found: Found): Found {
	return { ...found, messages: found.messages.filter(({ message }) => !isDead(message.status)) };
}

/** What was found without the messages that are certainly older than a call. */
export function withoutOlder(found: Found, { since, isScheduled = false }: Age): Found {
	if (since === undefined) return found;
	const messages = found.messages.filter(
		(one) => comesFrom(found, one, since, isScheduled) !== 'no',
	);
	return { ...found, messages };
}

/**
 * The existing messages that take the place of new ones (Skip If Reference Exists). The reference of
 * a single recipient identifies one send, whatever its number.
 */
export function matchExisting(found: Found, intents: Intent[], isSingle: boolean): Outcome[] {
	const { messages: candidates } = withoutDead(found);
	if (!isSingle) return assign(intents, candidates, found.isComplete, false);
	const [{ recipient }] = intents;
	const exact = candidates.find((candidate) => candidate.recipient === recipient);
	const match = exact ?? candidates[0];
	if (match) return [toAccepted(match, exact ? recipient : null)];
	return assign(intents, [], found.isComplete, false);
}

interface MatchOptions extends Age {
	/** Nobody else uses the reference. */
	isOwnReference: boolean;
}

/**
 * The messages that this execution, or the one that it repeats, has sent to intents.
 *
 * @param intents with the same reference
 */
export function matchSent(
	found: Found,
	intents: Intent[],
	{ since, isOwnReference, isScheduled = false }: MatchOptions,
): Outcome[] {
	const certain: FoundMessage[] = [];
	const doubtful: FoundMessage[] = [];
	// another call with the reference may have begun later, and can only have a later message
	for (const one of oldestFirst(found.messages)) {
		const isOfCall = since === undefined ? 'yes' : comesFrom(found, one, since, isScheduled);
		if (isOfCall === 'yes') certain.push(one);
		if (isOfCall === 'maybe') doubtful.push(one);
	}
	const outcomes = assign(intents, certain, found.isComplete, isOwnReference);
	const reason = `It cannot be told whether a message with the reference "${intents[0]?.reference}" is older than this call`;
	return outcomes.map((outcome, index) => {
		const { recipient } = intents[index];
		const mayBe = doubtful.some((message) => [recipient, null].includes(message.recipient));
		return outcome.kind === 'untried' && mayBe ? unknown(reason) : outcome;
	});
}
