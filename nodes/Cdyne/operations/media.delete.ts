import type { Operation } from '../../shared/operation';
import { FLAG, TEXT } from '../../shared/schema';
import type { Api } from '../api/connection';
import { removeMedia } from '../api/media';
import { mediaIdField } from '../fields';
import { mediaIdOf, noSuchMedia } from '../media';
import { PROVIDER } from '../name';

export const deleteMedia: Operation<Api> = {
	resource: 'media',
	operation: 'delete',
	name: 'Delete',
	action: 'Delete media',
	description: 'Remove a stored file',
	fields: [mediaIdField],
	plain: true,
	gives: { provider: TEXT, mediaId: TEXT, deleted: FLAG },
	run: async (item, api) => {
		const mediaId = mediaIdOf(item);
		if (!(await removeMedia(api, mediaId))) noSuchMedia(mediaId);
		return [{ json: { provider: PROVIDER, mediaId, deleted: true }, raw: true }];
	},
};
