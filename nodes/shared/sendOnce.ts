import type { INodeProperties } from 'n8n-workflow';
import { Failure, rethrow, wordsOf } from './errors';
import type { Item } from './item';
import { alreadySent } from './message';
import type { SmsMessage } from './message';
import { pause } from './pause';
import type { Traffic } from './traffic';

/** Members of `options` of sends whose messages can be looked up by a reference. */
export const sendOnceOptions: INodeProperties[] = [
	{
		displayName: 'Send Again If Not Found',
		name: 'sendAgainIfNotFound',
		type: 'boolean',
		default: false,
		description:
			'Whether to send once more when the answer to a send is lost and the provider does not know its reference. Without it such an item ends in an error.',
	},
	{
		displayName: 'Skip If Reference Exists',
		name: 'skipIfReferenceExists',
		type: 'boolean',
		default: false,
		description:
			'Whether to look up the reference first, and to return the message that carries it instead of sending another. A good reference names what the text is about, such as an order number and its state; it must not hold the time of the run.',
	},
];

/** Milliseconds before each look: a provider may still be at work on what it just accepted. */
const PAUSES = [0, 1_000, 3_000];

/** Milliseconds by which clocks here and at a provider may differ. */
const CLOCK_TOLERANCE = 5_000;

/**
 * Whether a message can be the one of a call: references of the user may stand on older ones too.
 * One without a time is queued or scheduled, and may well be it.
 *
 * @param calledAt epoch milliseconds
 * @param sentAt when the provider took the message, ISO 8601
 */
export function canBeOfCall(calledAt: number | undefined, sentAt: string | null): boolean {
	if (calledAt === undefined || sentAt === null) return true;
	return Date.parse(sentAt) >= calledAt - CLOCK_TOLERANCE;
}

/** What is known of a message that was sent. */
interface Reported {
	message: SmsMessage;
}

/** What became of a recipient: its messages, mostly one, or why there is none. */
type Sent<R> = R[] | Failure;

/** One send of an item; recipients are named by their position, from 0. */
interface OnceSend<R extends Reported> {
	/** What the message of each recipient carries. */
	references: string[];
	/** The user gave the references, so that older messages may carry them. */
	given: boolean;
	/**
	 * What became of each of these recipients; `ambiguous` failures where the answer leaves it open.
	 *
	 * @throws Failure where the whole call failed
	 */
	send(positions: number[]): Promise<Array<Sent<R>>>;
	/**
	 * What the provider knew of each recipient before; undefined where it knows nothing.
	 *
	 * @param claim one message stands for one item only
	 */
	earlier(positions: number[], claim: boolean): Promise<Array<Sent<R> | undefined>>;
	/**
	 * What a send with a lost answer left behind for each recipient, taken by nobody else.
	 *
	 * @param since only messages that can have been taken after this time count, epoch milliseconds
	 */
	lost(positions: number[], since: number | undefined): Promise<Array<R[] | undefined>>;
}

/** A failure after which it is not known whether the message is out. */
function isLost(result: unknown): result is Failure {
	return result instanceof Failure && result.kind === 'ambiguous';
}

/** What was sent before, marked as such. */
function ofBefore<R extends Reported>(result: Sent<R>): Sent<R> {
	if (result instanceof Failure) return result;
	return result.map((report) => ({ ...report, message: alreadySent(report.message) }));
}

/**
 * Sends, but never twice: looks the references up first where the user wants that or n8n repeats
 * an execution, looks up sends whose answer is lost, and repeats them only where the user allows
 * that and the provider does not know the reference. Recipients who have the message already are
 * left out, the others get it.
 *
 * @returns one entry per recipient; a failure where several were to get the message and this one did
 *   not, or may not
 * @throws Failure where it is the same for all recipients
 */
export async function sendOnce<R extends Reported>(
	item: Item,
	traffic: Traffic,
	once: OnceSend<R>,
): Promise<Array<Sent<R>>> {
	const skips = once.given && item.flagOption('skipIfReferenceExists');
	const repeated = item.context.getMode() === 'retry';
	const step = async () => await lookAndSend(item, traffic, once, { skips, repeated });
	// between the look and the send no other item may send under the reference
	return once.given && (skips || repeated)
		? await traffic.exclusive(once.references[0], step)
		: await step();
}

async function lookAndSend<R extends Reported>(
	item: Item,
	traffic: Traffic,
	once: OnceSend<R>,
	{ skips, repeated }: { skips: boolean; repeated: boolean },
): Promise<Array<Sent<R>>> {
	const sent: Array<Sent<R>> = [];
	let positions = once.references.map((_, position) => position);
	const looksFirst = skips || repeated;
	if (looksFirst) {
		const found = await once.earlier(positions, !skips);
		positions = positions.filter((position) => {
			const result = found[position];
			if (result !== undefined) sent[position] = ofBefore(result);
			return result === undefined;
		});
	}
	// a reference that nothing carried before this call tells its message without a time
	const since = once.given && !looksFirst ? Date.now() : undefined;
	const attempt = async (some: number[]) => {
		const results = await sendAndFind(item, traffic, once, some, since);
		results.forEach((result, index) => (sent[some[index]] = result));
	};
	if (positions.length > 0) await attempt(positions);
	const unknown = positions.filter((position) => {
		const result = sent[position];
		return isLost(result) && result.notFound;
	});
	if (unknown.length > 0 && item.flagOption('sendAgainIfNotFound')) {
		const first = unknown.map((position) => sent[position] as Failure);
		await attempt(unknown);
		unknown.forEach((position, index) => {
			const result = sent[position];
			if (isLost(result) || !(result instanceof Failure)) return;
			// that the second one was refused says nothing of the first
			sent[position] = first[index].with({
				message: `${first[index].message}. Sending again failed: ${result.message}`,
			});
		});
	}
	return oneFailure(sent);
}

/** One failure that is the same for all recipients, or the only one's, is the item's. */
function oneFailure<R>(sent: Array<Sent<R>>): Array<Sent<R>> {
	const isOne = sent.length === 1 ? sent[0] instanceof Failure : sent.every(isLost);
	return isOne ? rethrow(sent[0]) : sent;
}

/** Sends once, and looks for what became of the recipients whose answer is lost. */
async function sendAndFind<R extends Reported>(
	item: Item,
	traffic: Traffic,
	once: OnceSend<R>,
	positions: number[],
	since: number | undefined,
): Promise<Array<Sent<R>>> {
	const references = positions.map((position) => once.references[position]);
	const results = await traffic.sending(references, async () => {
		try {
			return await once.send(positions);
		} catch (error) {
			const isAll = positions.length === once.references.length;
			if (!(error instanceof Failure) || (isAll && !isLost(error))) return rethrow(error);
			return positions.map(() => error);
		}
	});
	if (!results.some(isLost)) return results;
	const signal = item.context.getExecutionCancelSignal?.();
	const open = () => positions.filter((_, index) => isLost(results[index]));
	const amend = (words: string, facts: object = {}) => {
		results.forEach((result, index) => {
			if (!isLost(result)) return;
			const told = words.replace('%', () => references[index]);
			results[index] = result.with({ message: `${result.message}, ${told}`, ...facts });
		});
	};
	const look = async () => {
		await traffic.settled(references);
		const some = open();
		const found = await once.lost(some, since);
		found.forEach((one, index) => {
			if (one !== undefined) results[positions.indexOf(some[index])] = one;
		});
	};
	try {
		for (const milliseconds of PAUSES) {
			await pause(milliseconds, signal);
			// two items must not find the same message at the same time
			await traffic.exclusive(`look ${references[0]}`, look);
			if (open().length === 0) return results;
		}
	} catch (error) {
		amend(`and looking it up failed: ${wordsOf(error)}`);
		return results;
	}
	amend('but the provider does not know its reference "%"', {
		notFound: true,
		description:
			'Most likely the message was not accepted. Look it up by the reference once more before you send again. It is not sent again by itself.',
	});
	return results;
}
