import { limitField, returnAllField } from '../../shared/fields';
import { messageOutput } from '../../shared/item';
import { limited } from '../../shared/list';
import { messageShape } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { required } from '../../shared/required';
import type { Api } from '../api/connection';
import { getByReference } from '../api/status';

export const getManyByReference: Operation<Api> = {
	resource: 'message',
	operation: 'getManyByReference',
	name: 'Get Many by Reference',
	action: 'Get messages by reference',
	description: 'Look up every message that carries a reference ID',
	forModel:
		'For finding texts that were sent before under a reference, and whether they have arrived. It sends nothing.',
	fields: [
		{
			displayName: 'Reference ID',
			name: 'referenceId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. order-1234-shipped',
			description: 'Your own ID, as it was given when the messages were sent',
		},
		returnAllField,
		limitField,
	],
	gives: messageShape,
	run: async (item, api) => {
		const reference = item.text('referenceId');
		required(reference, 'reference ID', 'Give the ID under which the messages were sent.');
		const found = await getByReference(api, reference);
		return limited(item, found).map(({ message, raw }) => messageOutput(message, raw));
	},
};
