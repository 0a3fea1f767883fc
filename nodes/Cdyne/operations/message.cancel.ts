import { throwFailure } from '../../shared/errors/failure';
import { messageSchema, smsMessage } from '../../shared/model/message';
import { messageOutput } from '../../shared/model/output';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { cancelMessage, getStatus } from '../api/status';
import { messageIdField, messageIdOf } from '../fields';
import { PROVIDER } from '../name';

export const cancel: Operation<Api> = {
	resource: 'message',
	operation: 'cancel',
	name: 'Cancel',
	action: 'Cancel a scheduled message',
	description: 'Cancel a message that is scheduled for later',
	fields: [messageIdField],
	noSimplify: true,
	outputSchema: messageSchema,
	run: async (item, api) => {
		const messageId = messageIdOf(item);
		const canceled = smsMessage({
			provider: PROVIDER,
			messageId,
			status: 'canceled',
			providerStatus: 'Cancelled',
		});
		if (await cancelMessage(api, messageId)) return [messageOutput(canceled, true)];
		// false also means that it is already cancelled, for example if a response was lost
		const { message, raw } = await getStatus(api, messageId, 'sms');
		if (message.status === 'canceled') return [messageOutput(message, raw)];
		return throwFailure({
			kind: 'rejected',
			message: `CDYNE did not cancel the message: it is ${message.providerStatus}`,
			description:
				'Only messages that are scheduled for later can be cancelled, and only until they are due.',
		});
	},
};
