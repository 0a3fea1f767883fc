import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getMedia, getMediaInfo, mediaShape } from '../api/media';
import { mediaIdField } from '../fields';
import { mediaIdOf, noSuchMedia } from '../media';

export const downloadMedia: Operation<Api> = {
	resource: 'media',
	operation: 'download',
	name: 'Download',
	action: 'Download media',
	description: 'Fetch a stored file, such as a picture of an incoming MMS',
	fields: [
		mediaIdField,
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
		},
	],
	gives: mediaShape,
	run: async (item, api) => {
		const id = mediaIdOf(item);
		const media = (await getMediaInfo(api, id)) ?? noSuchMedia(id);
		const content = (await getMedia(api, id)) ?? noSuchMedia(id);
		const { fileName, mimeType } = media.json as { fileName?: string; mimeType?: string };
		const file = await item.context.helpers.prepareBinaryData(
			Buffer.from(content, 'base64'),
			fileName ?? undefined,
			mimeType ?? undefined,
		);
		return [{ ...media, binary: { [item.text('binaryPropertyName') || 'data']: file } }];
	},
};
