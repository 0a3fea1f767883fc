import { applyLimit } from '../../shared/input/options';
import { requireValue } from '../../shared/input/required';
import { messageSchema } from '../../shared/model/message';
import { messageOutput } from '../../shared/model/output';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { readReplies, repliesSchema } from '../api/reply';
import { getByReference } from '../api/status';

export const getManyByReference: Operation<Api> = {
	resource: 'message',
	operation: 'getManyByReference',
	name: 'Get Many by Reference',
	action: 'Get messages by reference',
	description: 'Look up all messages with a Reference ID',
	aiHint:
		'For finding texts that were sent before under a reference, and whether they have arrived. It sends nothing.',
	fields: [
		{
			displayName: 'Reference ID',
			name: 'referenceId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. order-1234-shipped',
			description: 'Your ID that the messages were sent with',
		},
		returnAllField,
		limitField,
	],
	outputSchema: { ...messageSchema, ...repliesSchema },
	run: async (item, api) => {
		const reference = item.text('referenceId');
		requireValue(reference, 'Reference ID', 'Enter the ID that the messages were sent with.');
		const { reports } = await getByReference(api, reference);
		return applyLimit(item, reports).map(({ message, raw }) =>
			messageOutput({ ...message, replies: readReplies(raw) }, raw),
		);
	},
};
