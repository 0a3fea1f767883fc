import { throwInvalidInput, Failure, rethrow } from '../shared/errors/failure';
import type { Item } from '../shared/input/item';
import { scheduledAtOption } from '../shared/input/options';
import { throwSeveralNumbers, splitList } from '../shared/input/phone';
import type { Outcome } from '../shared/model/outcome';
import type { Output } from '../shared/model/output';
import { countSegments } from '../shared/model/segments';
import type { Draft, Intent, SendPlan, Sends } from '../shared/provider/sendPlan';
import type { EventName } from '../shared/model/event';
import { statusCallbackUrl } from '../shared/receiving/statusCallbackUrl';
import { isDryRun } from '../shared/sending/dryRun';
import { requireReference } from '../shared/sending/options';
import { unreachedMessage } from '../shared/sending/results';
import type { Api } from './api/connection';
import { sendBatched } from './api/texts';
import { findByReference } from './findSentMessages';
import { PROVIDER } from './name';
import { parseNumber, parseSender } from './number';

export interface Recipient {
	/** As the user wrote it. */
	input: string;
	/** In E.164, or why the input is not a phone number. */
	number: string | Failure;
}

/**
 * The recipients of an item, without repetitions. One invalid number does not stop the others.
 *
 * @throws Failure if there is no valid number
 */
export function recipientsOf(item: Item): Recipient[] {
	const country = item.option('defaultCountry');
	const inputs = splitList(item.parameter<unknown>('to', ''), item.label('to'));
	if (inputs.length === 0) {
		throwInvalidInput('There is no recipient', 'Enter a number in To, such as +1 757 544 9510.');
	}
	const recipients = inputs.map((input): Recipient => {
		try {
			return { input, number: parseNumber(input, country) };
		} catch (error) {
			return error instanceof Failure ? { input, number: error } : rethrow(error);
		}
	});
	if (recipients.every(({ number }) => number instanceof Failure)) rethrow(recipients[0].number);
	const seen = new Set<string>();
	return recipients.filter(({ input, number }) => {
		const key = number instanceof Failure ? `not a number: ${input}` : number;
		return !seen.has(key) && seen.add(key);
	});
}

/** The recipient of an operation that takes one. @throws Failure if there are none or several */
export function requireOneRecipient(item: Item): Recipient[] {
	const recipients = recipientsOf(item);
	if (recipients.length > 1) throwSeveralNumbers(recipients.map(({ input }) => input).join(', '));
	return recipients;
}

/** Whether the handset joins the parts of a long text (the option Concatenate). */
export function isJoined(item: Item): boolean {
	return item.flagOption('concatenate', true);
}

/** CDYNE posts the replies to a message to its status URL, too (docs/providers/cdyne.md 7). */
const POSTED_EVENTS = [
	'message.status',
	'message.received',
	'contact.optedOut',
	'contact.optedIn',
] as const satisfies readonly EventName[];

/** The URL that CDYNE is to post the status of a message and its replies to. @throws Failure */
export function statusUrlOf(item: Item, api: Api): string | undefined {
	return statusCallbackUrl(item, api.postbackToken, POSTED_EVENTS);
}

/** What both kinds of messages to several recipients need. */
interface Addressed {
	recipients: Recipient[];
	/** The reference of the user, if there is one. */
	userReference?: string;
	scheduledAt?: Date;
	/** The generated reference of a recipient. */
	referenceOf(number: string): string;
	send(intents: Intent[]): Promise<Outcome[]>;
}

/** The plan of a send whose messages are looked up by their references. */
export function planOf(api: Api, addressed: Addressed): SendPlan {
	const { recipients, userReference, scheduledAt, referenceOf, send } = addressed;
	const intents = recipients.map(
		({ input, number }): Intent =>
			number instanceof Failure
				? { recipient: input, invalid: number }
				: {
						recipient: number,
						reference: userReference ?? referenceOf(number),
					},
	);
	return {
		intents,
		scheduledAt,
		isUserReference: userReference !== undefined,
		send,
		find: async (...request) => await findByReference(api, ...request),
	};
}

/**
 * Sends a text to every recipient (AdvancedSMSsend), never twice. Without a Reference ID each message
 * gets a generated reference, by which the results are also matched to the numbers.
 *
 * @returns an output for each message
 */
export async function sendItem(
	item: Item,
	api: Api,
	sends: Sends,
	{ text, recipients, statusUrl }: { text: string; recipients: Recipient[]; statusUrl?: string },
): Promise<Output[]> {
	const userReference = item.option('referenceId');
	requireReference(item, userReference !== undefined);
	const concatenate = isJoined(item);
	const from = fromOf(item);
	const scheduledAt = scheduledAtOption(item);
	if (isDryRun(item)) {
		const draft = { text, from, scheduledAt, joined: concatenate, referenceId: userReference };
		return sends.dryRun(draftsOf(recipients, draft));
	}
	const { segments, encoding } = countSegments(text, concatenate);
	const common = { text, from, statusUrl, segments, encoding };
	const textEncoding = { isUnicode: encoding === 'UCS-2', concatenate };
	const referenceOf = (number: string) => sends.generateReference(number);
	const send = async (intents: Intent[]) => {
		const requests = intents.map(({ recipient, reference = '', sendAt = scheduledAt }) => ({
			number: recipient,
			reference,
			scheduledAt: sendAt,
			...common,
		}));
		return await sendBatched(api, sends.batches, requests, textEncoding);
	};
	return await sends.send(
		planOf(api, { recipients, userReference, scheduledAt, referenceOf, send }),
	);
}

/** The sender of an item. @throws Failure if From cannot be a sender */
export function fromOf(item: Item): string | undefined {
	const from = item.option('from');
	return from && parseSender(from, 'From', item.option('defaultCountry'));
}

/** The messages of a dry run. */
export function draftsOf(recipients: Recipient[], draft: Omit<Draft, 'provider'>): Draft[] {
	return recipients.map(({ input, number }) => ({
		...draft,
		...(number instanceof Failure
			? unreachedMessage(PROVIDER, input, number)
			: { provider: PROVIDER, to: number }),
	}));
}
