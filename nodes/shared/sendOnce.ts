import type { INodeProperties } from 'n8n-workflow';
import { Failure, rethrow } from './errors';
import { lookUpLostSend } from './lookUpLostSend';
import type { Item } from './item';

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

export interface OnceSend<T> {
	/** What the messages carry. */
	reference: string;
	/** The user gave the reference, so that older messages may carry it. */
	given: boolean;
	send(): Promise<T>;
	/**
	 * What the provider knows under the reference; undefined where it knows nothing of the kind.
	 *
	 * @param since only messages taken after this time count, epoch milliseconds
	 */
	look(since?: number): Promise<T | undefined>;
}

export interface OnceSent<T> {
	result: T;
	/** Nothing was sent: the provider knew the reference already. */
	existing: boolean;
}

/**
 * Sends, but never twice: looks the reference up first where the user wants that, looks up a send
 * whose answer is lost, and repeats it only where the user allows that and the provider does not
 * know the reference.
 *
 * @throws Failure; `ambiguous` where it stays unknown whether the message is out
 */
export async function sendOnce<T>(item: Item, once: OnceSend<T>): Promise<OnceSent<T>> {
	const { reference, given, send, look } = once;
	const { skipIfReferenceExists, sendAgainIfNotFound } = item.options;
	const skip = skipIfReferenceExists === true && given;
	if (skip) {
		const found = await look();
		if (found !== undefined) return { result: found, existing: true };
	}
	// a reference that nothing carried before this call tells its message without a time
	const since = given && !skip ? Date.now() : undefined;
	const tryOnce = async (): Promise<T> => {
		try {
			return await send();
		} catch (error) {
			return await lookUpLostSend(item, error, reference, async () => await look(since));
		}
	};
	try {
		return { result: await tryOnce(), existing: false };
	} catch (error) {
		const lost = error instanceof Failure && error.kind === 'ambiguous' && error.notFound;
		if (!lost || sendAgainIfNotFound !== true) return rethrow(error);
		return { result: await tryOnce(), existing: false };
	}
}
