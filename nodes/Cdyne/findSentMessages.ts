import { Failure, rethrow } from '../shared/errors/failure';
import type { SmsStatus } from '../shared/model/message';
import type { Found, FoundMessage } from '../shared/provider/sendPlan';
import type { Api } from './api/connection';
import { getByReference, getStatus } from './api/status';

/** For one reference. The recipients of further messages stay unknown. */
const MAX_NUMBER_LOOKUPS = 1_000;

/** The statuses of reports about rejected messages, and of those that say nothing. */
const NO_MESSAGE: ReadonlySet<SmsStatus> = new Set(['failed', 'unknown']);

/**
 * Finds the messages that CDYNE accepted with a reference.
 *
 * @param needsRecipients look-ups by reference contain no numbers, so each message is looked up
 */
export async function findByReference(
	api: Api,
	reference: string,
	needsRecipients: boolean,
): Promise<Found> {
	const { reports, isComplete, clock } = await getByReference(api, reference);
	const possible = reports.filter(({ message: { status } }) => !NO_MESSAGE.has(status));
	const messages = await Promise.all(
		possible.map(async ({ message, raw }, index): Promise<FoundMessage> => {
			const isKnown = needsRecipients && index < MAX_NUMBER_LOOKUPS;
			const to = isKnown ? await numberOf(api, message.messageId) : null;
			return { message: { ...message, to }, raw, recipient: to };
		}),
	);
	return { messages, isComplete, clock };
}

/** The number that a message went to; null if CDYNE does not return it. Neither changes. */
async function numberOf(api: Api, messageId: string | null): Promise<string | null> {
	if (messageId === null) return null;
	const known = api.numbers.get(messageId);
	if (known !== undefined) return known;
	try {
		const { message } = await getStatus(api, messageId, 'mms');
		// a report about no message says nothing about its number
		if (message.messageId === messageId) api.numbers.set(messageId, message.to);
		return message.to;
	} catch (error) {
		return error instanceof Failure ? null : rethrow(error);
	}
}
