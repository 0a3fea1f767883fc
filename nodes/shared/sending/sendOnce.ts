import type { INodeProperties } from 'n8n-workflow';
import { Failure, type FailureFacts, messageOf, rethrow } from '../errors/failure';
import { sleepOrCancel } from '../http/sleep';
import type { Item } from '../input/item';
import { markAlreadySent, type SmsMessage } from '../model/message';
import type { ReferenceLocks } from './referenceLocks';

/** Options of sends whose messages can be looked up by a reference. */
export const sendOnceOptions: INodeProperties[] = [
	{
		displayName: 'Send Again If Not Found',
		name: 'sendAgainIfNotFound',
		type: 'boolean',
		default: false,
		description:
			'Whether to send the message once more if the response is lost and the provider does not know the reference of the message. Without this option, such an item fails.',
	},
	{
		displayName: 'Skip If Reference Exists',
		name: 'skipIfReferenceExists',
		type: 'boolean',
		default: false,
		description:
			'Whether to look up the reference first, and to return the message that carries it instead of sending another one. A good reference names what the text is about, such as the number and the state of an order. It must not contain the time of the run.',
	},
];

/** Before each look-up: a provider may still be processing a message that it just accepted. */
const LOOKUP_DELAYS_MS = [0, 1_000, 3_000];

/** How far the clocks of n8n and of a provider may differ. */
const CLOCK_TOLERANCE_MS = 5_000;

/**
 * Whether a message may come from a call to the provider. Older messages may carry the same
 * reference if the user chose it. A message without a time is queued or scheduled, and may come
 * from the call.
 *
 * @param calledAt epoch milliseconds; undefined if the time does not matter
 * @param sentAt when the provider accepted the message, ISO 8601
 */
export function mayBelongToCall(calledAt: number | undefined, sentAt: string | null): boolean {
	if (calledAt === undefined || sentAt === null) return true;
	return Date.parse(sentAt) >= calledAt - CLOCK_TOLERANCE_MS;
}

/** A sent message, with more fields depending on the provider. */
interface Reported {
	message: SmsMessage;
}

/** The result for a recipient: its messages, usually one, or why there is none. */
type RecipientResult<R> = R[] | Failure;

/** One send of an item. Recipients are identified by their position, from 0. */
interface SendPlan<R extends Reported> {
	/** The reference of each recipient's message. */
	references: string[];
	/** The references are the user's, so older messages may carry them. */
	isUserReference: boolean;
	/**
	 * Sends to these recipients.
	 *
	 * @returns one result per position; an `ambiguous` failure if the response leaves the result open
	 * @throws Failure if the whole call failed
	 */
	send(positions: number[]): Promise<Array<RecipientResult<R>>>;
	/**
	 * Looks up what was sent to these recipients before this call.
	 *
	 * @param claim whether each message that is found counts for one item only
	 * @returns one result per position; undefined if the provider knows no message
	 */
	findEarlier(positions: number[], claim: boolean): Promise<Array<RecipientResult<R> | undefined>>;
	/**
	 * Looks up the messages of a send whose response is lost, and claims them for this item.
	 *
	 * @param since epoch milliseconds: only messages that were accepted after this time count
	 * @returns the messages per position; undefined if none was found
	 */
	findLost(positions: number[], since: number | undefined): Promise<Array<R[] | undefined>>;
}

/** Whether it is unknown if the message was sent. */
function isAmbiguous(result: unknown): result is Failure {
	return result instanceof Failure && result.kind === 'ambiguous';
}

function asAlreadySent<R extends Reported>(result: RecipientResult<R>): RecipientResult<R> {
	if (result instanceof Failure) return result;
	return result.map((report) => ({ ...report, message: markAlreadySent(report.message) }));
}

/**
 * Sends, but never twice. The references are looked up first if the user wants that or n8n retries
 * an execution. If the response to a send is lost, its messages are looked up. They are sent again
 * only if the user allows that and the provider does not know the reference. Recipients that
 * already have the message are skipped.
 *
 * @returns one result per recipient; with several recipients, a failure for each one that did not
 *   get the message, or may not have got it
 * @throws Failure if the only recipient failed, or one failure concerns all recipients
 */
export async function sendOnce<R extends Reported>(
	item: Item,
	locks: ReferenceLocks,
	plan: SendPlan<R>,
): Promise<Array<RecipientResult<R>>> {
	const skipsExisting = plan.isUserReference && item.flagOption('skipIfReferenceExists');
	const isRetry = item.context.getMode() === 'retry';
	const step = async () => await lookUpAndSend(item, locks, plan, { skipsExisting, isRetry });
	// no other item may send under the reference between the look-up and the send
	return plan.isUserReference && (skipsExisting || isRetry)
		? await locks.exclusive(plan.references[0], step)
		: await step();
}

async function lookUpAndSend<R extends Reported>(
	item: Item,
	locks: ReferenceLocks,
	plan: SendPlan<R>,
	{ skipsExisting, isRetry }: { skipsExisting: boolean; isRetry: boolean },
): Promise<Array<RecipientResult<R>>> {
	const results: Array<RecipientResult<R>> = [];
	let positions = plan.references.map((_, position) => position);
	const looksUpFirst = skipsExisting || isRetry;
	if (looksUpFirst) {
		const found = await plan.findEarlier(positions, !skipsExisting);
		positions = positions.filter((position) => {
			const result = found[position];
			if (result !== undefined) results[position] = asAlreadySent(result);
			return result === undefined;
		});
	}
	// after a look-up that found nothing, every message with the reference comes from this call
	const since = plan.isUserReference && !looksUpFirst ? Date.now() : undefined;
	const attempt = async (attempted: number[]) => {
		const sent = await sendAndLookUp(item, locks, plan, attempted, since);
		sent.forEach((result, index) => (results[attempted[index]] = result));
	};
	if (positions.length > 0) await attempt(positions);
	const notFound = positions.filter((position) => {
		const result = results[position];
		return isAmbiguous(result) && result.referenceNotFound;
	});
	if (notFound.length > 0 && item.flagOption('sendAgainIfNotFound')) {
		const firstFailures = notFound.map((position) => results[position] as Failure);
		await attempt(notFound);
		notFound.forEach((position, index) => {
			const result = results[position];
			if (isAmbiguous(result) || !(result instanceof Failure)) return;
			// the first send may have succeeded even if the second one was rejected
			const first = firstFailures[index];
			results[position] = first.with({
				message: `${first.message}. Sending again failed: ${result.message}`,
			});
		});
	}
	const isItemFailure =
		results.length === 1 ? results[0] instanceof Failure : results.every(isAmbiguous);
	return isItemFailure ? rethrow(results[0]) : results;
}

/** Sends once, and looks up the messages of the recipients for which the response is lost. */
async function sendAndLookUp<R extends Reported>(
	item: Item,
	locks: ReferenceLocks,
	plan: SendPlan<R>,
	positions: number[],
	since: number | undefined,
): Promise<Array<RecipientResult<R>>> {
	const references = positions.map((position) => plan.references[position]);
	const results = await locks.trackInFlight(references, async () => {
		try {
			return await plan.send(positions);
		} catch (error) {
			const isAll = positions.length === plan.references.length;
			if (!(error instanceof Failure) || (isAll && !isAmbiguous(error))) return rethrow(error);
			return positions.map(() => error);
		}
	});
	if (!results.some(isAmbiguous)) return results;
	const signal = item.context.getExecutionCancelSignal?.();
	const unresolvedPositions = () => positions.filter((_, index) => isAmbiguous(results[index]));
	/** The results, with an explanation added to the messages of unresolved failures. */
	const explained = (explain: (reference: string) => string, facts: Partial<FailureFacts> = {}) =>
		results.map((result, index) => {
			if (!isAmbiguous(result)) return result;
			const message = `${result.message}, ${explain(references[index])}`;
			return result.with({ message, ...facts });
		});
	const lookUp = async () => {
		await locks.waitForInFlight(references);
		const unresolved = unresolvedPositions();
		const found = await plan.findLost(unresolved, since);
		found.forEach((result, index) => {
			if (result !== undefined) results[positions.indexOf(unresolved[index])] = result;
		});
	};
	try {
		for (const milliseconds of LOOKUP_DELAYS_MS) {
			await sleepOrCancel(milliseconds, signal);
			// two items must not find the same message at the same time
			await locks.exclusive(`look up ${references[0]}`, lookUp);
			if (unresolvedPositions().length === 0) return results;
		}
	} catch (error) {
		return explained(() => `and looking it up failed: ${messageOf(error)}`);
	}
	return explained((reference) => `but the provider does not know its reference "${reference}"`, {
		referenceNotFound: true,
		description:
			'Most likely the message was not accepted. Look it up by the reference again before you send again. The send is not retried automatically.',
	});
}
