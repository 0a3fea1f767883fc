import { limitField, returnAllField } from '../../shared/fields';
import { messageOutput } from '../../shared/item';
import { messageShape } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { required } from '../../shared/required';
import type { Api } from '../api/connection';
import { sentBeforeOption } from '../fields';
import { historyFor } from '../history';

export const getManyByReference: Operation<Api> = {
	resource: 'message',
	operation: 'getManyByReference',
	name: 'Get Many by Reference',
	action: 'Get messages by reference',
	description: 'Look up the messages that carry a reference key, the latest first',
	forModel:
		'For finding texts that were sent before under a reference, and whether they have arrived. It sends nothing.',
	fields: [
		{
			displayName: 'Reference Key',
			name: 'referenceKey',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. order-1234-shipped',
			description: 'Your own ID, as it was given when the messages were sent',
		},
		returnAllField,
		limitField,
	],
	options: [sentBeforeOption],
	gives: messageShape,
	run: async (item, api) => {
		const referenceKey = item.text('referenceKey');
		required(referenceKey, 'reference key', 'Give the key under which the messages were sent.');
		const found = await historyFor(item, api, { referenceKey });
		return found.map(({ message, raw }) => messageOutput(message, raw));
	},
};
