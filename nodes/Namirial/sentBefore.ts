import type { E164 } from '../shared/phone';
import { canBeOfCall } from '../shared/sendOnce';
import { isObject } from '../shared/values';
import type { Api } from './api/connection';
import type { Reference, Sms } from './api/messages';
import { listMessages, MAX_COUNT } from './api/status';
import type { Report } from './wire';

/** What Namirial knows of earlier sends, by reference and number. */

/**
 * A message that carries the reference already. Messages do not name their number: the option
 * takes any, and a repeated execution the one of its own number.
 *
 * @param claim a message stands for one item only
 */
export async function earlierMessage(
	api: Api,
	to: E164,
	reference: Reference,
	claim: boolean,
): Promise<Report[] | undefined> {
	const reports = await withReference(api, reference);
	const sent = reports.filter(({ message }) => message.status !== 'failed');
	if (sent.length === 0) return undefined;
	const ofNumber = await idsOfNumber(api, to);
	const own = sent.filter(
		({ message: { messageId } }) =>
			messageId !== null &&
			ofNumber.has(messageId) &&
			!(claim && api.traffic.claimed.has(messageId)),
	);
	const [first] = own.length > 0 || claim ? own : sent;
	if (!first) return undefined;
	api.traffic.claim(first.message.messageId);
	const isOwn = own.includes(first);
	return [{ ...first, message: { ...first.message, to: isOwn ? to : first.message.to } }];
}

/**
 * The message that a send with a lost answer left behind, or undefined. References are not unique:
 * it can have been taken after the call, is no other item's, and stands in the list of its number.
 *
 * @param since epoch milliseconds; undefined where nothing carried the reference before
 */
export async function lostMessage(
	api: Api,
	sms: Sms,
	since?: number,
): Promise<Report[] | undefined> {
	const reports = await withReference(api, sms.reference as Reference);
	const candidates = reports.filter(({ message }) => canBeOfCall(since, message.sentAt));
	if (candidates.length === 0) return undefined;
	const ofNumber = await idsOfNumber(api, sms.to);
	const found = candidates.find(
		({ message: { messageId } }) =>
			messageId !== null && ofNumber.has(messageId) && api.traffic.claim(messageId),
	);
	return found && [found];
}

async function idsOfNumber(api: Api, phoneNumber: E164): Promise<Set<string | null>> {
	const { reports } = await listMessages(api, { phoneNumber }, MAX_COUNT);
	return new Set(reports.map(({ message }) => message.messageId));
}

/** The latest messages with the whole reference; Namirial looks at the key alone. */
async function withReference(api: Api, reference: Reference): Promise<Report[]> {
	const of = { referenceKey: reference.key ?? '' };
	const { reports } = await listMessages(api, of, MAX_COUNT);
	return reports.filter(({ raw }) => hasReference(raw.message, reference));
}

function hasReference(message: unknown, { service, action }: Reference): boolean {
	const reference = isObject(message) && isObject(message.reference) ? message.reference : {};
	return (reference.service ?? service) === service && (reference.action ?? action) === action;
}
