import { throwInvalidInput } from '../../shared/errors/failure';
import { decodeComponent } from '../../shared/formats/form';
import type { Item } from '../../shared/input/item';
import { splitList } from '../../shared/input/phone';
import { isWebUrl } from '../../shared/input/webUrl';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { createMediaFromContent, createMediaFromUrl, mediaSchema } from '../api/media';

export const uploadMedia: Operation<Api> = {
	resource: 'media',
	operation: 'upload',
	name: 'Upload',
	action: 'Upload media',
	description: 'Store a picture, sound or video for use in MMS',
	sends: true,
	fields: [
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: [
				{ name: 'URL', value: 'url', description: 'CDYNE downloads the file from a URL' },
				{ name: 'Binary Data', value: 'binary', description: 'The file is in the input item' },
			],
			default: 'url',
			description: 'Where the file comes from',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com/flyer.png',
			description: 'URL of the file',
			displayOptions: { show: { source: ['url'] } },
		},
		{
			displayName: 'Input Binary Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the input binary field that holds the file',
			displayOptions: { show: { source: ['binary'] } },
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. flyer.png',
			description: 'Name of the stored file. If empty, the name of the source is used.',
		},
	],
	options: [
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. flyer, spring',
			description: 'Labels of the file, separated by commas',
		},
	],
	outputSchema: mediaSchema,
	run: async (item, api, sends) => {
		const tags = splitList(item.options.tags, item.label('tags'));
		if (item.choice('source', ['url', 'binary'], 'url') === 'url') {
			const { url, name } = sourceUrlOf(item);
			return await sends.change(async () => [await createMediaFromUrl(api, url, name, tags)]);
		}
		const { content, name } = await fileOf(item);
		return await sends.change(async () => [await createMediaFromContent(api, content, name, tags)]);
	},
};

/** The URL of the file, and the name to store it under. @throws Failure if it is not a URL */
function sourceUrlOf(item: Item): { url: string; name: string } {
	const url = item.text('url').trim();
	if (!isWebUrl(url)) {
		throwInvalidInput(
			`The URL "${url}" is not a web address`,
			'Enter a complete address, such as https://example.com/flyer.png.',
		);
	}
	const urlName = decodeComponent(new URL(url).pathname.split('/').pop() ?? '');
	return { url, name: item.text('fileName') || urlName || 'media' };
}

/** The binary file of the item in base64, and the name to store it under. */
async function fileOf(item: Item): Promise<{ content: string; name: string }> {
	const { helpers } = item.context;
	const property = item.text('binaryPropertyName');
	const file = helpers.assertBinaryData(item.index, property);
	const bytes = await helpers.getBinaryDataBuffer(item.index, property);
	return {
		content: bytes.toString('base64'),
		name: item.text('fileName') || file.fileName || 'media',
	};
}
