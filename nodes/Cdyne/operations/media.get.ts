import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getMediaInfo, mediaShape } from '../api/media';
import { mediaIdField } from '../fields';
import { mediaIdOf, noSuchMedia } from '../media';

export const getMediaDetails: Operation<Api> = {
	resource: 'media',
	operation: 'get',
	name: 'Get',
	action: 'Get details of media',
	description: 'Look up name, type and size of a stored file',
	fields: [mediaIdField],
	gives: mediaShape,
	run: async (item, api) => {
		const id = mediaIdOf(item);
		return [(await getMediaInfo(api, id)) ?? noSuchMedia(id)];
	},
};
