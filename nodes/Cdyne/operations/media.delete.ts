import { FLAG, TEXT } from '../../shared/model/schema';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { removeMedia } from '../api/media';
import { PROVIDER } from '../name';
import { mediaIdField, requireMediaId, throwMediaNotFound } from './media';

export const deleteMedia: Operation<Api> = {
	resource: 'media',
	operation: 'delete',
	name: 'Delete',
	action: 'Delete media',
	description: 'Delete a stored file',
	fields: [mediaIdField],
	noSimplify: true,
	outputSchema: { provider: TEXT, mediaId: TEXT, deleted: FLAG },
	run: async (item, api) => {
		const mediaId = requireMediaId(item);
		if (!(await removeMedia(api, mediaId))) throwMediaNotFound(mediaId);
		return [{ json: { provider: PROVIDER, mediaId, deleted: true }, raw: true }];
	},
};
