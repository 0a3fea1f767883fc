import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getMedia, getMediaInfo, mediaSchema } from '../api/media';
import { mediaIdField, requireMediaId, throwMediaNotFound } from './media';

export const downloadMedia: Operation<Api> = {
	resource: 'media',
	operation: 'download',
	name: 'Download',
	action: 'Download media',
	description: 'Download a stored file, such as a picture from an incoming MMS',
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
	outputSchema: mediaSchema,
	run: async (item, api) => {
		const id = requireMediaId(item);
		const media = (await getMediaInfo(api, id)) ?? throwMediaNotFound(id);
		const content = (await getMedia(api, id)) ?? throwMediaNotFound(id);
		const { fileName, mimeType } = media.json as { fileName?: string; mimeType?: string };
		const file = await item.context.helpers.prepareBinaryData(
			Buffer.from(content, 'base64'),
			fileName ?? undefined,
			mimeType ?? undefined,
		);
		return [{ ...media, binary: { [item.text('binaryPropertyName') || 'data']: file } }];
	},
};
