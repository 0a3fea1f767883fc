import type { IDataObject } from 'n8n-workflow';
import { fail, failInput } from '../shared/errors';
import type { Item, Output } from '../shared/item';
import { text } from '../shared/values';
import { PROVIDER } from './name';
import { readDate } from './wire';

/** A media id, 64 bits and therefore text. @throws Failure where it is none */
export function mediaIdOf(item: Item): string {
	const id = item.text('mediaId').trim();
	if (!/^\d{1,19}$/.test(id)) {
		failInput(`"${id}" is not a media ID`, 'Give the number that the upload returned.');
	}
	return id;
}

export function noSuchMedia(id: string): never {
	return fail({
		kind: 'notFound',
		message: `CDYNE has no media of the ID ${id}`,
		description: 'Check the ID. It may have been deleted, or belong to another license key.',
	});
}

/** MediaMetadata. */
export function mediaOutput(raw: IDataObject): Output {
	const size = text(raw.FileSize);
	return {
		json: {
			provider: PROVIDER,
			mediaId: text(raw.MediaId),
			fileName: text(raw.FileName),
			mimeType: text(raw.MimeType),
			fileSize: size === null ? null : Number(size),
			tags: Array.isArray(raw.Tags) ? raw.Tags : [],
			createdAt: readDate(raw.FileDate),
		},
		raw,
	};
}
