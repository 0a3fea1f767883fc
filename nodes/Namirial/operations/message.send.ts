import { sentMessageSchema } from '../../shared/model/message';
import { messageField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { sendOptions, statusFields, toField } from '../fields';
import { sendItem } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to one number',
	aiHint: 'For telling somebody something by SMS: a note, a notification, an alarm, a reminder.',
	sends: true,
	fields: [toField, messageField, ...statusFields],
	options: sendOptions,
	outputSchema: sentMessageSchema,
	run: sendItem,
};
