import { isObject } from '../shared/formats/values';
import type { E164 } from '../shared/formats/phoneNumber';
import type { Report } from '../shared/model/output';
import type { Found, FoundMessage } from '../shared/provider/sendPlan';
import type { Api } from './api/connection';
import type { Reference } from './api/messages';
import { listBackwards } from './history';

/** How many messages are read of each list. */
const MAX_MESSAGES = 1_000;

/**
 * Finds the messages that Namirial accepted with a reference. They do not contain their number, so
 * they are compared with the list of that number.
 */
export async function findByReference(api: Api, reference: Reference, to: E164): Promise<Found> {
	const filter = { referenceKey: reference.key ?? '' };
	const history = await listBackwards(api, filter, MAX_MESSAGES);
	// Namirial compares only the key
	const reports = history.reports.filter(({ raw }) => hasReference(raw.message, reference));
	const messages = await withRecipients(api, reports, to);
	const isComplete = history.isComplete && history.crowdedTimes.length === 0;
	return { messages, isComplete, clock: history.clock };
}

function hasReference(message: unknown, { service, action }: Reference): boolean {
	const reference = isObject(message) && isObject(message.reference) ? message.reference : {};
	return (reference.service ?? service) === service && (reference.action ?? action) === action;
}

const SOMEBODY_ELSE = 'another number';

/** Adds whether each message went to a number. */
async function withRecipients(api: Api, reports: Report[], to: E164): Promise<FoundMessage[]> {
	if (reports.length === 0) return [];
	const times = reports.map(({ message: { createdAt } }) => Date.parse(createdAt ?? ''));
	const since = Math.min(...times.filter((time) => !Number.isNaN(time)));
	const list = await listBackwards(api, { phoneNumber: to }, MAX_MESSAGES, { since });
	const ids = new Set(list.reports.map(({ message }) => message.messageId));
	const oldest = list.reports.at(-1)?.message.createdAt;
	return reports.map(({ message, raw }, index) => {
		const isListed = message.messageId !== null && ids.has(message.messageId);
		// times are in whole seconds, so the list may end among messages of the same time
		const isInRange =
			list.crowdedTimes.length === 0 &&
			(list.isComplete || times[index] > Date.parse(oldest ?? ''));
		const recipient = isListed ? to : isInRange ? SOMEBODY_ELSE : null;
		return { message: isListed ? { ...message, to } : message, raw, recipient };
	});
}
