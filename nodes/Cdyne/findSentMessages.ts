import { Failure, rethrow } from '../shared/errors/failure';
import { mayBelongToCall } from '../shared/sending/sendOnce';
import type { Api } from './api/connection';
import type { CdyneReport, SendResult } from './api/message';
import { canonicalNumber } from './api/mms';
import { getByReference, getStatus } from './api/status';

/** Finds messages that CDYNE accepted before, by reference and number. */

interface Addressed {
	/** In CDYNE's form. */
	number: string;
	reference: string;
}

/** Per reference. A reference that more messages carry identifies none of them. */
const MAX_NUMBER_LOOKUPS = 100;

/** The messages with the references of these recipients, by reference, without rejected ones. */
async function findByReference(api: Api, to: Addressed[]): Promise<Map<string, CdyneReport[]>> {
	const references = [...new Set(to.map(({ reference }) => reference))];
	const found = await Promise.all(
		references.map(async (reference) => {
			const reports = await getByReference(api, reference);
			return reports.filter(({ message }) => message.status !== 'failed');
		}),
	);
	return new Map(references.map((reference, index) => [reference, found[index]]));
}

/**
 * Adds the number that each message went to. Look-ups by reference do not return it, so each
 * message is looked up by its ID. The number stays null if CDYNE does not return it then either.
 */
async function withNumbers(api: Api, reports: CdyneReport[]): Promise<CdyneReport[]> {
	return await Promise.all(
		reports.slice(0, MAX_NUMBER_LOOKUPS).map(async (report) => {
			const { messageId, to } = report.message;
			if (to !== null || messageId === null) return report;
			try {
				const { message } = await getStatus(api, messageId, 'mms');
				return { ...report, message: { ...report.message, to: message.to } };
			} catch (error) {
				// without its number the message counts as one that any of the recipients may have got
				return error instanceof Failure ? report : rethrow(error);
			}
		}),
	);
}

const wentTo = ({ message }: CdyneReport, number: string) =>
	canonicalNumber(message.to) === canonicalNumber(number);

const MAY_HAVE_RECEIVED = new Failure({
	kind: 'ambiguous',
	message:
		'CDYNE has messages with this reference, but does not say who received them. This recipient may have got one of them',
	description: 'Check CDYNE’s log or the handset before you send again.',
});

/**
 * Finds the message that each of these recipients got with its reference before.
 *
 * @param claim whether a message counts for one item only
 * @returns undefined for a recipient who got nothing, a failure for one who may have got a message
 */
export async function findEarlierMessages(
	api: Api,
	to: Addressed[],
	positions: number[],
	claim: boolean,
): Promise<Array<SendResult | undefined>> {
	const byReference = await findByReference(api, to);
	const results: Array<SendResult | undefined> = to.map(() => undefined);
	for (const [reference, found] of byReference) {
		const candidates = claim
			? found.filter(({ message }) => !api.locks.claimed.has(message.messageId ?? ''))
			: found;
		if (candidates.length === 0) continue;
		const recipients = positions.filter((position) => to[position].reference === reference);
		const reports = await withNumbers(api, candidates);
		const withoutNumber = reports.filter(({ message }) => message.to === null);
		for (const position of recipients) {
			const sentToNumber = reports.filter((report) => wentTo(report, to[position].number));
			// with Skip If Reference Exists a reference identifies one send, whatever its number
			const [first] = sentToNumber.length > 0 || claim || to.length > 1 ? sentToNumber : reports;
			if (first) {
				api.locks.claim(first.message.messageId);
				results[position] = [first];
			} else if (withoutNumber.length > 0) {
				results[position] = to.length === 1 ? [withoutNumber[0]] : MAY_HAVE_RECEIVED;
			}
		}
	}
	return results;
}

/**
 * Finds the messages of a send whose response was lost. Messages of other items are left out.
 *
 * @param since epoch milliseconds; messages that CDYNE took before this time are left out
 * @param isShared whether earlier messages, and those of other items, may have the same references
 * @returns for each position its message, or undefined if there is none
 */
export async function findLostMessages(
	api: Api,
	to: Addressed[],
	positions: number[],
	since: number | undefined,
	isShared: boolean,
): Promise<Array<CdyneReport[] | undefined>> {
	const recipients = positions.map((position) => to[position]);
	const byReference = await findByReference(api, recipients);
	const results: Array<CdyneReport[] | undefined> = recipients.map(() => undefined);
	for (const [reference, found] of byReference) {
		const candidates = found.filter(
			({ message }) =>
				mayBelongToCall(since, message.sentAt) && !api.locks.claimed.has(message.messageId ?? ''),
		);
		const reports =
			isShared && candidates.length > 0 ? await withNumbers(api, candidates) : candidates;
		recipients.forEach((recipient, index) => {
			if (recipient.reference !== reference) return;
			const { number } = recipient;
			const match = reports.findIndex((sent) => sent.message.to === null || wentTo(sent, number));
			if (match < 0) return;
			const [report] = reports.splice(match, 1);
			api.locks.claim(report.message.messageId);
			results[index] = [{ ...report, message: { ...report.message, to: number } }];
		});
	}
	return results;
}
