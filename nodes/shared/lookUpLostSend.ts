import { Failure, rethrow } from './errors';
import { pause } from './http';
import type { Item } from './item';

/** Milliseconds before each look: a provider may still be at work on what it just accepted. */
const PAUSES = [0, 1_000, 3_000];

/** Milliseconds by which clocks here and at a provider may differ. */
const CLOCK_TOLERANCE = 5_000;

/**
 * Whether a message can be the one of a call: references of the user may stand on older ones too.
 *
 * @param calledAt epoch milliseconds
 * @param sentAt when the provider took the message, ISO 8601
 */
export function isTakenSince(calledAt: number, sentAt: string | null): boolean {
	return sentAt !== null && Date.parse(sentAt) >= calledAt - CLOCK_TOLERANCE;
}

/**
 * Finds out what became of a send whose answer is lost, by the references it carried.
 *
 * @param failure what the send ended in; anything but `ambiguous` is thrown again as it is
 * @param look what the provider knows of this send; undefined where it knows nothing
 * @throws Failure that says whether the look-up found nothing or failed itself
 */
export async function lookUpLostSend<T>(
	item: Item,
	failure: unknown,
	reference: string,
	look: () => Promise<T | undefined>,
): Promise<T> {
	if (!(failure instanceof Failure) || failure.kind !== 'ambiguous') return rethrow(failure);
	try {
		for (const milliseconds of PAUSES) {
			await pause(milliseconds, item.context.getExecutionCancelSignal?.());
			const found = await look();
			if (found !== undefined) return found;
		}
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return rethrow(
			failure.with({ message: `${failure.message}, and looking it up failed: ${why}` }),
		);
	}
	return rethrow(
		failure.with({
			notFound: true,
			message: `${failure.message}, but the provider does not know its reference "${reference}"`,
			description:
				'Most likely the message was not accepted. Look it up by the reference once more before you send again. It is not sent again by itself.',
		}),
	);
}
