import { requireValue } from '../../shared/input/required';
import { messageSchema } from '../../shared/model/message';
import { messageOutput } from '../../shared/model/output';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { sentBeforeOption } from '../fields';
import { readHistory } from '../history';
import { extraSchema } from '../wire';

export const getManyByReference: Operation<Api> = {
	resource: 'message',
	operation: 'getManyByReference',
	name: 'Get Many by Reference',
	action: 'Get messages by reference',
	description: 'Look up the messages with a Reference Key, latest first',
	aiHint:
		'For finding texts that were sent before under a reference, and whether they have arrived. It sends nothing.',
	fields: [
		{
			displayName: 'Reference Key',
			name: 'referenceKey',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. order-1234-shipped',
			description: 'Your ID that the messages were sent with',
		},
		returnAllField,
		limitField,
	],
	options: [sentBeforeOption],
	outputSchema: { ...messageSchema, ...extraSchema },
	run: async (item, api) => {
		const referenceKey = item.text('referenceKey');
		requireValue(referenceKey, 'Reference Key', 'Enter the key that the messages were sent with.');
		const reports = await readHistory(item, api, { referenceKey });
		return reports.map(({ message, raw }) => messageOutput(message, raw));
	},
};
