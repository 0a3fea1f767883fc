import { sentMessageSchema } from '../../shared/model/message';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { sendFields, sendItem, sendOptions } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to a number, whether or not it is a contact',
	aiHint: 'For telling somebody something by SMS: a note, a notification, an alarm, a reminder.',
	sends: true,
	fields: sendFields,
	options: sendOptions,
	outputSchema: sentMessageSchema,
	run: sendItem,
};
