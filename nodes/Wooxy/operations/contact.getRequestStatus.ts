import { fail } from '../../shared/errors';
import type { Operation } from '../../shared/operation';
import { required } from '../../shared/required';
import type { Api } from '../api/connection';
import { getRequest, requestShape } from '../api/contacts';

export const getContactRequestStatus: Operation<Api> = {
	resource: 'contact',
	operation: 'getRequestStatus',
	name: 'Get Request Status',
	action: 'Get the status of a contact request',
	description: 'Look up what became of a change of a contact; Wooxy knows it for 7 days',
	fields: [
		{
			displayName: 'Request ID',
			name: 'requestId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 64f0000000000000000000b2',
			description: 'The ID that creating, updating or deleting a contact returned',
		},
	],
	gives: requestShape,
	run: async (item, api) => {
		const id = required(
			item.text('requestId'),
			'request ID',
			'Give the requestId that a change of a contact returned.',
		);
		const found = await getRequest(api, id);
		if (found) return [found];
		return fail({
			kind: 'notFound',
			message: `Wooxy knows no request "${id}"`,
			description: 'Check the ID. Wooxy forgets requests after 7 days.',
		});
	},
};
