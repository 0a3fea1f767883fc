import { Failure } from '../../shared/errors/failure';
import type { SmsMessage } from '../../shared/model/message';
import type { WaitLimit } from '../../shared/provider/operation';
import { deliveryOperation } from '../../shared/waiting/deliveryOperation';
import { pollDeliveries } from '../../shared/waiting/pollDeliveries';
import type { Api } from '../api/connection';
import { getAllInfo, type LookedUp } from '../api/status';
import { sendFields, sendItem, sendOptions } from '../sending';

const LIMIT: WaitLimit = { amount: 5, unit: 'minutes' };

/** Wooxy accepts no status URL per message and posts no failures, so the node polls. */
export const sendAndWaitForDelivery = deliveryOperation<Api>({
	waitLimit: LIMIT,
	waitForHint:
		'The node keeps running while it waits, since Wooxy posts no failures. To wait longer than about five minutes, use the example workflow with Get Status and a Wait node in a loop.',
	fields: sendFields,
	options: sendOptions,
	run: sendItem,
	pollUntilFinal: async (items, sent, api, concurrency) =>
		await pollDeliveries(items, sent, LIMIT, async (messages) => {
			const ids = messages.flatMap(({ messageId }) => messageId ?? []);
			const lookups = await getAllInfo(api, ids, concurrency);
			return messages.map((message) => withLookup(message, lookups.get(message.messageId ?? '')));
		}),
});

/** The message as looked up; after a failed look-up it stays unchanged until the next one. */
function withLookup(message: SmsMessage, lookup: LookedUp | undefined): SmsMessage {
	if (!lookup || lookup instanceof Failure || !('message' in lookup)) return message;
	return lookup.message;
}
