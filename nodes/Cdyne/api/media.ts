import type { IDataObject } from 'n8n-workflow';
import { throwFailure } from '../../shared/errors/failure';
import { isObject, textOrNull, toText } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { listOf, NUMBER_OR_NULL, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import { readBoolean, toObjects, readDate } from '../wire';
import type { Api } from './connection';
import { throwUnexpected } from './refusals';
import { get, post } from './request';

/** Media calls. INFERRED (docs/providers/cdyne.md 4): the HTTP methods of all but GetMediaInfo. */

const STORE_ONCE = {
	kind: 'send',
	ambiguity: {
		message: 'The file may have been stored',
		description: 'Check CDYNE’s media store before you upload the file again.',
	},
} as const;

export const mediaSchema = {
	provider: TEXT,
	mediaId: TEXT_OR_NULL,
	fileName: TEXT_OR_NULL,
	mimeType: TEXT_OR_NULL,
	fileSize: NUMBER_OR_NULL,
	tags: listOf(TEXT),
	createdAt: TEXT_OR_NULL,
};

function readMedia(raw: IDataObject): Output {
	const size = textOrNull(raw.FileSize);
	return {
		json: {
			provider: PROVIDER,
			mediaId: textOrNull(raw.MediaId),
			fileName: textOrNull(raw.FileName),
			mimeType: textOrNull(raw.MimeType),
			fileSize: size === null ? null : Number(size),
			tags: Array.isArray(raw.Tags) ? raw.Tags : [],
			createdAt: readDate(raw.FileDate),
		},
		raw,
	};
}

/** Reads the response to an upload. It has no code for a rejection. INFERRED: the ID is 0 then. */
function readStored(value: unknown): Output {
	const media =
		isObject(value) && 'MediaId' in value ? value : throwUnexpected('a MediaMetadata', value);
	if (Number(toText(media.MediaId)) === 0) {
		throwFailure({
			kind: 'rejected',
			message: 'CDYNE did not store the file',
			description:
				'CDYNE gives no reason. Check the License Key in the credential, the file, and that its URL is public.',
			nothingAccepted: true,
		});
	}
	return readMedia(media);
}

export async function createMediaFromUrl(api: Api, url: string, filename: string, tags: string[]) {
	const body = {
		Filename: filename,
		LicenseKey: api.licenseKey,
		...(tags.length > 0 && { Tags: tags }),
		Url: url,
	};
	return await post(api, 'CreateMediaFromUrl', body, readStored, STORE_ONCE);
}

/** CreateMediaFromContent. @param content base64 */
export async function createMediaFromContent(
	api: Api,
	content: string,
	filename: string,
	tags: string[],
) {
	const body = {
		Base64EncodedContent: content,
		Filename: filename,
		LicenseKey: api.licenseKey,
		...(tags.length > 0 && { Tags: tags }),
	};
	return await post(api, 'CreateMediaFromContent', body, readStored, STORE_ONCE);
}

/** GetMediaInfo. The ID is a string, since it has 64 bits. @returns undefined if it is unknown */
export async function getMediaInfo(api: Api, mediaId: string): Promise<Output | undefined> {
	const body = `{"LicenseKey":${JSON.stringify(api.licenseKey)},"MediaId":${mediaId}}`;
	return await post(api, 'GetMediaInfo', body, (value) => {
		const media = toObjects(isObject(value) ? value.Media : value);
		const match = media.find((entry) => toText(entry.MediaId) === mediaId);
		return match && readMedia(match);
	});
}

/** GetMedia. @returns the file in base64, or null if there is none */
export async function getMedia(api: Api, mediaId: string): Promise<string | null> {
	return await get(api, 'GetMedia', { LicenseKey: api.licenseKey, MediaId: mediaId }, textOrNull);
}

/** RemoveMedia. @returns false if there is no such file */
export async function removeMedia(api: Api, mediaId: string): Promise<boolean> {
	const query = { LicenseKey: api.licenseKey, MediaId: mediaId };
	return await get(api, 'RemoveMedia', query, readBoolean);
}
