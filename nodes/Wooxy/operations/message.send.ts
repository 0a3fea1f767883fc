import { sentShape } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { sendFields, sendItem, sendOptions } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to a number, which need not be a contact',
	forModel: 'For telling somebody something by SMS: a note, a notification, an alarm, a reminder.',
	sends: true,
	fields: sendFields,
	options: sendOptions,
	gives: sentShape,
	run: sendItem,
};
