import { isObject } from '../shared/formats/values';
import type { E164 } from '../shared/input/phone';
import type { Report } from '../shared/model/output';
import { mayBelongToCall } from '../shared/sending/sendOnce';
import type { Api } from './api/connection';
import type { Reference, Sms } from './api/messages';
import { listMessages, MAX_COUNT } from './api/status';

/** Finds messages that Namirial accepted before, by reference and number. */

/**
 * Finds a message that was sent with the reference before. Messages do not contain their number, so
 * it is compared with the list of that number.
 *
 * @param claim only a message to the same number counts, and each for one item only. Otherwise
 *   (with Skip If Reference Exists) a message to any number counts.
 */
export async function findEarlierMessage(
	api: Api,
	to: E164,
	reference: Reference,
	claim: boolean,
): Promise<Report[] | undefined> {
	const reports = await findByReference(api, reference);
	const accepted = reports.filter(({ message }) => message.status !== 'failed');
	if (accepted.length === 0) return undefined;
	const idsToNumber = await messageIdsTo(api, to);
	const sentToNumber = accepted.filter(
		({ message: { messageId } }) =>
			messageId !== null &&
			idsToNumber.has(messageId) &&
			!(claim && api.locks.claimed.has(messageId)),
	);
	const [first] = sentToNumber.length > 0 || claim ? sentToNumber : accepted;
	if (!first) return undefined;
	api.locks.claim(first.message.messageId);
	const isToNumber = sentToNumber.includes(first);
	return [{ ...first, message: { ...first.message, to: isToNumber ? to : first.message.to } }];
}

/**
 * Finds the message of a send whose response was lost. References are not unique, so the message
 * must be in the list of its number, not older than the send, and not claimed by another item.
 *
 * @param since epoch milliseconds of the send; undefined if no earlier message has the reference
 */
export async function findLostMessage(
	api: Api,
	sms: Sms,
	since?: number,
): Promise<Report[] | undefined> {
	const reports = await findByReference(api, sms.reference as Reference);
	const candidates = reports.filter(({ message }) => mayBelongToCall(since, message.sentAt));
	if (candidates.length === 0) return undefined;
	const idsToNumber = await messageIdsTo(api, sms.to);
	const match = candidates.find(
		({ message: { messageId } }) =>
			messageId !== null && idsToNumber.has(messageId) && api.locks.claim(messageId),
	);
	return match && [match];
}

async function messageIdsTo(api: Api, phoneNumber: E164): Promise<Set<string | null>> {
	const { reports } = await listMessages(api, { phoneNumber }, MAX_COUNT);
	return new Set(reports.map(({ message }) => message.messageId));
}

/** The latest messages with a reference. Namirial compares only its key. */
async function findByReference(api: Api, reference: Reference): Promise<Report[]> {
	const { reports } = await listMessages(api, { referenceKey: reference.key ?? '' }, MAX_COUNT);
	return reports.filter(({ raw }) => hasReference(raw.message, reference));
}

function hasReference(message: unknown, { service, action }: Reference): boolean {
	const reference = isObject(message) && isObject(message.reference) ? message.reference : {};
	return (reference.service ?? service) === service && (reference.action ?? action) === action;
}
