import { throwFailure } from '../../shared/errors/failure';
import { requireField } from '../../shared/input/required';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getRequest, requestSchema } from '../api/contacts';

export const getContactRequestStatus: Operation<Api> = {
	resource: 'contact',
	operation: 'getRequestStatus',
	name: 'Get Request Status',
	action: 'Get the status of a contact request',
	description: 'Look up the outcome of a change to a contact, up to 7 days after the change',
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
	outputSchema: requestSchema,
	run: async (item, api) => {
		const advice = 'Enter the requestId that a change to a contact returned.';
		const id = requireField(item, 'requestId', advice);
		const found = await getRequest(api, id);
		if (found) return [found];
		return throwFailure({
			kind: 'notFound',
			message: `Wooxy has no request "${id}"`,
			description: 'Check the ID. Wooxy keeps requests for 7 days.',
		});
	},
};
