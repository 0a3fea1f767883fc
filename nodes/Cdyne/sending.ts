import { throwInvalidInput, Failure, rethrow } from '../shared/errors/failure';
import type { Batches } from '../shared/http/batcher';
import type { Item } from '../shared/input/item';
import { scheduledAtOption } from '../shared/input/options';
import { throwSeveralNumbers, splitList } from '../shared/input/phone';
import { smsMessage, type SmsMessage } from '../shared/model/message';
import { messageOutput, type Output } from '../shared/model/output';
import { countSegments } from '../shared/model/segments';
import { type Draft, dryRunOutputs, isDryRun } from '../shared/sending/dryRun';
import { generateReference } from '../shared/sending/generateReference';
import { sendOnce } from '../shared/sending/sendOnce';
import type { Api } from './api/connection';
import type { SendResult } from './api/message';
import { throwRefusal } from './api/refusals';
import { sendBatched } from './api/texts';
import { CREDENTIAL_NAMES } from './codes';
import { findEarlierMessages, findLostMessages } from './findSentMessages';
import { PROVIDER } from './name';
import { toCdyneNumber, toCdyneSender } from './number';

interface Recipient {
	/** As the user wrote it. */
	input: string;
	/** In CDYNE's form, or why the input is not a phone number. */
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
			return { input, number: toCdyneNumber(input, country) };
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

/**
 * Sends a text to every recipient (AdvancedSMSsend), never twice: if the response is lost, the
 * messages are looked up by their references. Without a Reference ID each message gets a generated
 * reference, by which the results are also matched to the numbers.
 *
 * @returns an output for each message
 */
export async function sendItem(
	item: Item,
	api: Api,
	batches: Batches,
	{ text, recipients, statusUrl }: { text: string; recipients: Recipient[]; statusUrl?: string },
): Promise<Output[]> {
	const userReference = item.option('referenceId');
	const to = numbersOf(recipients).map((number) => ({
		number,
		reference: userReference ?? generateReference(item, number, text),
	}));
	const concatenate = isJoined(item);
	const { segments, encoding } = countSegments(text, concatenate);
	const from = fromOf(item);
	const scheduledAt = scheduledAtOption(item);
	if (isDryRun(item)) {
		const draft = { text, from, scheduledAt, joined: concatenate, referenceId: userReference };
		return draftsOf(recipients, draft);
	}
	const common = { text, from, scheduledAt, statusUrl };
	const textEncoding = { isUnicode: encoding === 'UCS-2', concatenate };
	const sent = await sendOnce(item, api.locks, {
		references: to.map(({ reference }) => reference),
		isUserReference: userReference !== undefined,
		send: async (positions) => {
			const requests = positions.map((position) => ({ ...to[position], ...common }));
			return claimReported(api, await sendBatched(api, batches, requests, textEncoding));
		},
		findEarlier: async (positions, claim) => await findEarlierMessages(api, to, positions, claim),
		findLost: async (positions, since) =>
			await findLostMessages(api, to, positions, since, userReference !== undefined),
	});
	return outputsOf(recipients, sent, { segments, encoding });
}

/** The sender of an item, in CDYNE's form. @throws Failure if From cannot be a sender */
export function fromOf(item: Item): string | undefined {
	const from = item.option('from');
	return from && toCdyneSender(from, 'From', item.option('defaultCountry'));
}

export function numbersOf(recipients: Recipient[]): string[] {
	return recipients.flatMap(({ number }) => (number instanceof Failure ? [] : [number]));
}

/** Claims the messages of a response, so that no other item takes one for its lost message. */
export function claimReported(api: Api, results: SendResult[]): SendResult[] {
	const reports = results.flatMap((result) => (result instanceof Failure ? [] : result));
	for (const { message } of reports) api.locks.claim(message.messageId);
	return results;
}

/**
 * The outputs of a send, in the order of the recipients.
 *
 * @param sent the result of each recipient that has a valid number
 * @throws Failure if the license key or the only recipient was rejected
 */
export function outputsOf(
	recipients: Recipient[],
	sent: SendResult[],
	counts: Pick<Partial<SmsMessage>, 'segments' | 'encoding'>,
): Output[] {
	for (const result of sent) {
		const [first] = result instanceof Failure ? [] : result;
		if (!first) continue;
		if (CREDENTIAL_NAMES.has(first.error.name)) throwRefusal(first.error);
		if (recipients.length === 1 && first.message.status === 'failed') {
			throwRefusal(first.error, 'rejected', first.message.to);
		}
	}
	const results = sent.values();
	return recipients.flatMap(({ input, number }): Output[] => {
		if (number instanceof Failure) return [failedOutput(input, number)];
		const result = results.next().value as SendResult;
		if (result instanceof Failure) return [failedOutput(number, result)];
		return result.map(({ message, raw }) => {
			const counted = message.alreadySent ? message : { ...message, ...counts };
			return messageOutput(counted, raw);
		});
	});
}

export function draftsOf(recipients: Recipient[], draft: Omit<Draft, 'provider'>): Output[] {
	const drafts = recipients.map(({ input, number }) => ({
		...draft,
		...(number instanceof Failure
			? failedRecipient(input, number)
			: { provider: PROVIDER, to: number }),
	}));
	return dryRunOutputs(drafts);
}

function failedOutput(to: string, failure: Failure): Output {
	return messageOutput(smsMessage(failedRecipient(to, failure)));
}

/** The fields for one of several recipients who did not get the message, or may not have got it. */
function failedRecipient(to: string, failure: Failure) {
	const isUncertain = !failure.nothingAccepted;
	return {
		provider: PROVIDER,
		to,
		status: isUncertain ? 'unknown' : 'failed',
		isFinal: !isUncertain,
		providerStatus: isUncertain ? 'unknown' : 'not sent',
		errorCode: failure.code ?? null,
		errorMessage: failure.message,
	} as const;
}
