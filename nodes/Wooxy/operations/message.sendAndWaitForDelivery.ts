import { deliveryShape } from '../../shared/delivery';
import { Failure } from '../../shared/errors';
import type { SmsMessage } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { settleInRounds } from '../../shared/settle';
import { waitForField, waitForOf } from '../../shared/waitForDelivery';
import { limitWaitTimeFields, limitWaitTimeOption } from '../../shared/waitLimit';
import type { Api } from '../api/connection';
import { getAllInfo } from '../api/status';
import type { LookedUp } from '../api/status';
import { sendFields, sendItem, sendOptions } from '../sending';

/** How long to wait where the user has not said. */
const LIMIT = { amount: 5, unit: 'minutes' } as const;

/** Wooxy knows no address for one message and posts no failures: the node looks again and again. */
export const sendAndWaitForDelivery: Operation<Api> = {
	resource: 'message',
	operation: 'sendAndWaitForDelivery',
	name: 'Send and Wait for Delivery',
	action: 'Send an SMS and wait for its delivery',
	description: 'Send a text and go on when it is delivered, has failed, or takes too long',
	forModel:
		'For telling somebody something by SMS when it matters whether it arrives: outcome says whether it was delivered.',
	sends: true,
	fields: [
		...sendFields,
		waitForField(
			'The node keeps running while it waits, since Wooxy posts no failures. For more than about five minutes take the example workflow with Get Status and a Wait node in a loop.',
		),
		...limitWaitTimeFields(LIMIT),
	],
	options: [...sendOptions, limitWaitTimeOption(LIMIT)],
	gives: deliveryShape,
	checkWait: waitForOf,
	run: sendItem,
	settle: async (items, sent, api, concurrency) =>
		await settleInRounds(items, sent, async (messages) => {
			const ids = messages.flatMap(({ messageId }) => messageId ?? []);
			const answers = await getAllInfo(api, ids, concurrency);
			return messages.map((message) => statusNow(message, answers.get(message.messageId ?? '')));
		}),
};

/** A look-up that failed leaves the message as it was, for the next round. */
function statusNow(message: SmsMessage, answer: LookedUp | undefined): SmsMessage {
	if (!answer || answer instanceof Failure || !('message' in answer)) return message;
	return answer.message;
}
