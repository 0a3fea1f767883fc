import { dryRun, isDryRun } from '../shared/dryRun';
import type { Draft } from '../shared/dryRun';
import { failInput, Failure, rethrow } from '../shared/errors';
import { messageOutput } from '../shared/item';
import type { Item, Output } from '../shared/item';
import { smsMessage } from '../shared/message';
import type { SmsMessage } from '../shared/message';
import { refuseSeveral, splitList } from '../shared/phone';
import { makeReference } from '../shared/reference';
import { countSegments } from '../shared/segments';
import { sendOnce } from '../shared/sendOnce';
import { scheduledAtOption } from '../shared/time';
import type { Api } from './api/connection';
import type { Report } from './api/message';
import { refuse } from './api/refusals';
import { sendGathered } from './api/texts';
import { CREDENTIAL_NAMES } from './codes';
import { PROVIDER } from './name';
import { toCdyneNumber, toCdyneSender } from './number';
import { earlierMessages, lostMessages } from './sentBefore';

/** What the sending operations of CDYNE have in common. */

/** A recipient as given, and its number in CDYNE's form or what is wrong with it. */
interface Recipient {
	given: string;
	number: string | Failure;
}

/**
 * The recipients, each once. Of several, one that cannot be a number keeps the others from nothing.
 *
 * @throws Failure where there is none that can be texted
 */
export function recipientsOf(item: Item): Recipient[] {
	const country = item.option('defaultCountry');
	const given = splitList(item.parameter<unknown>('to', ''));
	if (given.length === 0) {
		failInput('There is no recipient', 'Give a number in To, such as +1 757 544 9510.');
	}
	const recipients = given.map((one): Recipient => {
		try {
			return { given: one, number: toCdyneNumber(one, country) };
		} catch (error) {
			if (error instanceof Failure) return { given: one, number: error };
			return rethrow(error);
		}
	});
	if (recipients.every(({ number }) => number instanceof Failure)) rethrow(recipients[0].number);
	const seen = new Set<string>();
	return recipients.filter(({ given: one, number }) => {
		const name = number instanceof Failure ? `not a number: ${one}` : number;
		return !seen.has(name) && seen.add(name);
	});
}

/** The one recipient of an operation that takes one. @throws Failure for none, and for several */
export function oneRecipient(item: Item): Recipient[] {
	const recipients = recipientsOf(item);
	if (recipients.length > 1) refuseSeveral(recipients.map(({ given }) => given).join(', '));
	return recipients;
}

/** Whether the parts of a long text are joined on the handset. */
export function isJoined(item: Item): boolean {
	return item.flagOption('concatenate', true);
}

interface Text {
	text: string;
	recipients: Recipient[];
	statusUrl?: string;
}

/**
 * Sends a text to every recipient (AdvancedSMSsend), but never twice: a lost answer is looked up by
 * the references. Without a reference of the user each message gets one of its own, which also
 * ties the answers to the numbers.
 */
export async function sendItem(item: Item, api: Api, sms: Text): Promise<Output[]> {
	const { text, recipients, statusUrl } = sms;
	const given = item.option('referenceId');
	const numbers = numbersOf(recipients);
	const to = numbers.map((number) => ({
		number,
		reference: given ?? makeReference(item, number, text),
	}));
	const concatenate = isJoined(item);
	const { segments, encoding } = countSegments(text, concatenate);
	const form = { isUnicode: encoding === 'UCS-2', concatenate };
	const from = fromOf(item);
	const common = { text, from, scheduledAt: scheduledAtOption(item), statusUrl };
	if (isDryRun(item)) {
		const draft = { text, from, scheduledAt: common.scheduledAt, joined: concatenate };
		return draftsOf(recipients, { ...draft, referenceId: given });
	}
	const sent = await sendOnce(item, api.traffic, {
		references: to.map(({ reference }) => reference),
		given: given !== undefined,
		send: async (positions) => {
			const requests = positions.map((position) => ({ ...to[position], ...common }));
			return claimed(api, await sendGathered(api, requests, form));
		},
		earlier: async (positions, claim) => await earlierMessages(api, to, positions, claim),
		lost: async (positions, since) =>
			await lostMessages(api, to, positions, since, given !== undefined),
	});
	return outputsOf(recipients, sent, { segments, encoding });
}

/** The sender of an item. @throws Failure where it cannot be one */
export function fromOf(item: Item): string | undefined {
	const from = item.option('from');
	return from && toCdyneSender(from, 'From', item.option('defaultCountry'));
}

export function numbersOf(recipients: Recipient[]): string[] {
	return recipients.flatMap(({ number }) => (number instanceof Failure ? [] : [number]));
}

/** Notes whose messages these are. */
export function claimed(api: Api, results: Array<Report[] | Failure>): Array<Report[] | Failure> {
	for (const result of results) {
		if (result instanceof Failure) continue;
		result.forEach(({ message }) => api.traffic.claim(message.messageId));
	}
	return results;
}

/**
 * One output per recipient, in the order given.
 *
 * @param sent of each recipient that has a number
 * @throws Failure where the only recipient was refused, or the key, which says nothing of them
 */
export function outputsOf(
	recipients: Recipient[],
	sent: Array<Report[] | Failure>,
	more: Pick<Partial<SmsMessage>, 'segments' | 'encoding'>,
): Output[] {
	for (const result of sent) {
		const [first] = result instanceof Failure ? [] : result;
		if (!first) continue;
		const failsAlone = recipients.length === 1 && first.message.status === 'failed';
		if (CREDENTIAL_NAMES.has(first.error.name)) refuse(first.error);
		if (failsAlone) refuse(first.error, 'rejected', first.message.to);
	}
	const next = sent.values();
	return recipients.flatMap(({ given, number }): Output[] => {
		if (number instanceof Failure) return [messageOutput(smsMessage(notSent(given, number)))];
		const result = next.next().value as Report[] | Failure;
		if (result instanceof Failure) return [messageOutput(smsMessage(notSent(number, result)))];
		return result.map(({ message, raw }) => {
			const known = message.alreadySent ? message : { ...message, ...more };
			return messageOutput(known, raw);
		});
	});
}

/** What would go to each recipient. */
export function draftsOf(recipients: Recipient[], draft: Omit<Draft, 'provider'>): Output[] {
	return dryRun(
		recipients.map(({ given, number }) => {
			const common = { ...draft, provider: PROVIDER };
			if (number instanceof Failure) return { ...common, ...notSent(given, number) };
			return { ...common, to: number };
		}),
	);
}

/** A recipient, among others, who did not get the message, or of whom it is not known. */
function notSent(to: string, failure: Failure) {
	const isOpen = !failure.nothingAccepted;
	return {
		provider: PROVIDER,
		to,
		status: isOpen ? 'unknown' : 'failed',
		isFinal: !isOpen,
		providerStatus: isOpen ? 'unknown' : 'not sent',
		errorCode: failure.code ?? null,
		errorMessage: failure.message,
	} as const;
}
