import type { Failure } from '../errors/failure';
import type { Batches } from '../http/batcher';
import type { ClockDifference } from '../http/response';
import type { Outcome } from '../model/outcome';
import type { Output } from '../model/output';
import type { SmsMessage } from '../model/message';

/** One message to one recipient. */
export interface Intent {
	/** Identifies the recipient within the item, such as the number in E.164. */
	recipient: string;
	/** The reference that the message carries. */
	reference?: string;
	/** What else the provider stores with the reference, which makes it another one. */
	scope?: string;
	/** When the provider is to send the message, if quiet hours put it off. */
	sendAt?: Date;
	/** Why nothing can be sent to this recipient. */
	invalid?: Failure;
}

/** The reference with its scope. */
export function fullReference({ reference, scope = '' }: Intent): string | undefined {
	return reference && scope + reference;
}

/** A message that a look-up by reference found. */
export interface FoundMessage {
	message: SmsMessage;
	raw: unknown;
	/** Who received it, as in the intents; null if the provider does not say. */
	recipient: string | null;
}

/** The response to a look-up by reference. */
export interface Found {
	messages: FoundMessage[];
	/** Whether these are all messages with the reference. */
	isComplete: boolean;
	/** The provider's clock minus the clock of this machine. */
	clock?: ClockDifference;
}

/** How an item is sent. */
export interface SendPlan {
	intents: Intent[];
	/** When the provider is to send the messages; undefined for now. */
	scheduledAt?: Date;
	/** The messages are sent later, so look-ups show no time. */
	isScheduled?: boolean;
	/** The references are the user's, so other messages may carry them. */
	isUserReference?: boolean;
	/** The response to an intent is about a group of people, each with an output of its own. */
	isGroup?: boolean;
	/** Sends once, to all or some of the intents. @returns the outcome of each */
	send(intents: Intent[]): Promise<Outcome[]>;
	/**
	 * Looks up the messages with a reference. Undefined if this is impossible.
	 *
	 * @param needsRecipients whether it matters who received the messages
	 * @throws Failure if the look-up failed
	 */
	find?(reference: string, needsRecipients: boolean): Promise<Found>;
}

/** A message as it would be sent, for a dry run. */
export interface Draft extends Partial<Omit<SmsMessage, 'provider'>> {
	provider: string;
	/** For its segments and encoding; the output does not contain it. */
	text?: string;
	/** Whether the parts of a long text are joined on the handset. */
	joined?: boolean;
	scheduledAt?: Date;
}

/** What an operation uses to send the messages of one item, each at most once. */
export interface Sends {
	/**
	 * @returns the outputs of all intents
	 * @throws Failure if nothing was sent to the only recipient, or to any recipient for one reason
	 */
	send(plan: SendPlan): Promise<Output[]>;
	/**
	 * The outputs of a dry run: the messages as they would be sent.
	 *
	 * @throws Failure if it is quiet hours for the only recipient, or for all of them
	 */
	dryRun<Extras extends object = object>(drafts: Array<Draft & NoInfer<Extras>>): Output[];
	/** Makes a change other than a message, such as an upload. */
	change(make: () => Promise<Output[]>): Promise<Output[]>;
	/**
	 * A reference for a message that has none from the user. It is the same in all tries, and in the
	 * retries of an execution.
	 *
	 * @param recipients distinguishes the messages of the item
	 */
	generateReference(recipients: string): string;
	/** Combines the requests of several items. */
	batches: Batches;
}
