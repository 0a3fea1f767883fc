import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { failInput } from '../shared/errors';
import { isTakenSince } from '../shared/lookUpLostSend';
import { messageOutput } from '../shared/item';
import type { Item, Output } from '../shared/item';
import { splitList } from '../shared/phone';
import { countSegments, encodingOf } from '../shared/segments';
import { sendOnce } from '../shared/sendOnce';
import { scheduledAtOption } from '../shared/time';
import { getByReference, refuse, sendSms } from './api';
import type { Api, Recipient, Report } from './api';
import { CREDENTIAL_NAMES } from './codes';
import { toCdyneNumber } from './number';

/** What the sending operations of CDYNE have in common. */

/** The recipients in CDYNE's form, each once. @throws Failure for a number that cannot be one */
export function recipientsOf(item: Item): string[] {
	const country = item.option('defaultCountry');
	const given = splitList(item.parameter<unknown>('to', ''));
	if (given.length === 0) {
		failInput('There is no recipient', 'Give a number in To, such as +1 757 544 9510.');
	}
	return [...new Set(given.map((number) => toCdyneNumber(number, country)))];
}

/**
 * One output per recipient.
 *
 * @throws Failure where the only recipient was refused, or the key, which says nothing of them
 */
export function resultsOf(reports: Report[]): Output[] {
	const [first, ...others] = reports;
	const failsAlone = others.length === 0 && first.message.status === 'failed';
	if (failsAlone || CREDENTIAL_NAMES.has(first.error.name)) refuse(first.error);
	return reports.map(({ message, raw }) => messageOutput(message, raw));
}

export interface Text {
	text: string;
	/** In CDYNE's form. */
	numbers: string[];
	statusUrl?: string;
}

/**
 * Sends a text to every recipient (AdvancedSMSsend), but never twice: a lost answer is looked up by
 * the references. Without a reference of the user each message gets one of its own, which also
 * ties the answers to the numbers.
 */
export async function sendText(item: Item, api: Api, sms: Text): Promise<Output[]> {
	const { text, numbers, statusUrl } = sms;
	const given = item.option('referenceId');
	const to = numbers.map((number) => ({ number, reference: given ?? randomUUID() }));
	const concatenate = item.options.concatenate !== false;
	const { segments } = countSegments(text, concatenate);
	const scheduledAt = scheduledAtOption(item);
	const { result, existing } = await sendOnce(item, {
		reference: to[0].reference,
		given: given !== undefined,
		send: async () =>
			await sendSms(api, to, {
				text,
				isUnicode: encodingOf(text) === 'UCS-2',
				concatenate,
				from: item.option('from'),
				scheduledAt,
				statusUrl,
			}),
		look: async (since) => await takenSince(api, to, since),
	});
	const known = result.map((report) => ({ ...report, message: { ...report.message, segments } }));
	return existing ? marked(known) : resultsOf(known);
}

/** Messages that were there before: nothing was sent. */
export function marked(reports: Report[]): Output[] {
	return reports.map(({ message, raw }) => ({
		json: { ...message, alreadySent: true } as unknown as IDataObject,
		raw,
	}));
}

/**
 * The messages that CDYNE knows under the references of a send, in the order of the recipients, or
 * undefined where it does not know (all of) them.
 *
 * @param since only messages taken after this time count, epoch milliseconds
 */
export async function takenSince(
	api: Api,
	to: Recipient[],
	since?: number,
): Promise<Report[] | undefined> {
	const references = [...new Set(to.map(({ reference }) => reference))];
	const found = await Promise.all(references.map((reference) => getByReference(api, reference)));
	const ours = found
		.flat()
		.filter(({ message }) => since === undefined || isTakenSince(since, message.sentAt))
		.filter(({ message }) => message.status !== 'failed');
	if (ours.length < to.length) return undefined;
	const eachItsOwn = references.length === to.length;
	return to.map(({ number, reference }, position) => {
		const own = ours.find(({ message }) => message.referenceId === reference);
		const report = (eachItsOwn && own) || ours[position];
		return { ...report, message: { ...report.message, to: number } };
	});
}
