import type { IDataObject } from 'n8n-workflow';
import { fail, failInput } from '../../shared/errors';
import type { Output } from '../../shared/item';
import type { Operation } from '../../shared/operation';
import { readIsoTime } from '../../shared/clock';
import { isObject, text } from '../../shared/values';
import { getRequest } from '../api/contacts';
import { PROVIDER } from '../name';
import type { Api } from '../api/connection';
import { objectsOf } from '../wire';

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
			description: 'The ID that creating, updating or deleting a contact returned',
		},
	],
	run: async (item, api) => {
		const id = item.text('requestId').trim();
		if (id === '') {
			failInput(
				'The request ID is empty',
				'Give the requestId that a change of a contact returned.',
			);
		}
		const raw = await getRequest(api, id);
		if (!raw) {
			return fail({
				kind: 'notFound',
				message: `Wooxy knows no request "${id}"`,
				description: 'Check the ID. Wooxy forgets requests after 7 days.',
			});
		}
		return [requestOutput(id, raw)];
	},
};

/** One entry of request/find (docs/providers/wooxy.md 4.4). */
function requestOutput(requestId: string, raw: IDataObject): Output {
	const results = isObject(raw.results) ? raw.results : {};
	return {
		json: {
			provider: PROVIDER,
			requestId,
			source: text(raw.source),
			status: text(raw.status),
			createdAt: readIsoTime(raw.createdAt),
			updatedAt: readIsoTime(raw.updatedAt),
			succeeded: objectsOf(results.success),
			failed: objectsOf(results.errors),
		},
		raw,
	};
}
