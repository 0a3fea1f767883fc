import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getMediaInfo, mediaSchema } from '../api/media';
import { mediaIdField, requireMediaId, throwMediaNotFound } from './media';

export const getMediaDetails: Operation<Api> = {
	resource: 'media',
	operation: 'get',
	name: 'Get',
	action: 'Get details of media',
	description: 'Look up the name, type and size of a stored file',
	fields: [mediaIdField],
	outputSchema: mediaSchema,
	run: async (item, api) => {
		const id = requireMediaId(item);
		return [(await getMediaInfo(api, id)) ?? throwMediaNotFound(id)];
	},
};
