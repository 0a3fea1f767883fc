import { failInput } from '../../shared/errors';
import { decodeComponent } from '../../shared/form';
import type { Item } from '../../shared/item';
import type { Operation } from '../../shared/operation';
import { splitList } from '../../shared/phone';
import type { Api } from '../api/connection';
import { createMediaFromContent, createMediaFromUrl, mediaShape } from '../api/media';
import { tagsOption } from '../fields';

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
				{ name: 'URL', value: 'url', description: 'CDYNE fetches the file from an address' },
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
			description: 'Address of the file',
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
			description: 'Name of the stored file; without it the name of the source',
		},
	],
	options: [tagsOption],
	gives: mediaShape,
	run: async (item, api) => {
		const tags = splitList(item.options.tags);
		if (item.choice('source', ['url', 'binary'], 'url') === 'url') {
			const { url, name } = addressOf(item);
			return [await createMediaFromUrl(api, url, name, tags)];
		}
		const { content, name } = await fileOf(item);
		return [await createMediaFromContent(api, content, name, tags)];
	},
};

function addressOf(item: Item): { url: string; name: string } {
	const url = item.text('url').trim();
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		failInput(`The URL "${url}" is not a web address`, 'Give a whole address with https://.');
	}
	const last = decodeComponent(new URL(url).pathname.split('/').pop() ?? '');
	return { url, name: item.text('fileName') || last || 'media' };
}

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
