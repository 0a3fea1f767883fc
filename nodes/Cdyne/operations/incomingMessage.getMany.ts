import { dateOption, limitOf } from '../../shared/input/options';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getIncoming } from '../api/incoming';
import { incomingSchema } from '../api/reply';

export const getManyIncoming: Operation<Api> = {
	resource: 'incomingMessage',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get incoming messages',
	description:
		'Get the texts that people sent to your numbers, with the parts of long texts joined',
	fields: [returnAllField, limitField],
	options: [
		{
			displayName: 'End Date',
			name: 'endDate',
			type: 'dateTime',
			default: '',
			description: 'Only messages received before this time',
		},
		{
			displayName: 'In Reply To',
			name: 'outgoingMessageId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31',
			description: 'Only replies to the outgoing message with this ID',
		},
		{
			displayName: 'Incoming Message ID',
			name: 'incomingMessageId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31',
			description: 'Only the incoming message with this ID',
		},
		{
			displayName: 'Reference ID',
			name: 'referenceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. order-1234-shipped',
			description: 'Only replies to messages with this Reference ID',
		},
		{
			displayName: 'Start Date',
			name: 'startDate',
			type: 'dateTime',
			default: '',
			description: 'Only messages received after this time',
		},
	],
	outputSchema: incomingSchema,
	run: async (item, api) => {
		const criteria = {
			startDate: dateOption(item, 'startDate', 'Start Date'),
			endDate: dateOption(item, 'endDate', 'End Date'),
			referenceId: item.option('referenceId'),
			incomingMessageId: item.option('incomingMessageId'),
			outgoingMessageId: item.option('outgoingMessageId'),
		};
		return await getIncoming(api, criteria, limitOf(item));
	},
};
