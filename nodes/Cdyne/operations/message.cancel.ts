import { fail } from '../../shared/errors';
import { messageOutput } from '../../shared/item';
import { messageShape, smsMessage } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { cancelMessage, getStatus } from '../api/status';
import { messageIdField, messageIdOf } from '../fields';
import { PROVIDER } from '../name';

export const cancel: Operation<Api> = {
	resource: 'message',
	operation: 'cancel',
	name: 'Cancel',
	action: 'Cancel a scheduled message',
	description: 'Call back a message that is scheduled for later',
	fields: [messageIdField],
	plain: true,
	gives: messageShape,
	run: async (item, api) => {
		const messageId = messageIdOf(item);
		const canceled = smsMessage({
			provider: PROVIDER,
			messageId,
			status: 'canceled',
			providerStatus: 'Cancelled',
		});
		if (await cancelMessage(api, messageId)) return [messageOutput(canceled, true)];
		// false also means that it is cancelled already, say by a try whose answer was lost
		const { message, raw } = await getStatus(api, messageId, 'sms');
		if (message.status === 'canceled') return [messageOutput(message, raw)];
		return fail({
			kind: 'rejected',
			message: `CDYNE did not cancel the message: it is ${message.providerStatus}`,
			description:
				'Only messages that are scheduled for later can be cancelled, and only until they are due.',
		});
	},
};
