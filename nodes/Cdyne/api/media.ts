import type { IDataObject } from 'n8n-workflow';
import { fail } from '../../shared/errors';
import type { Output } from '../../shared/item';
import { listOf, NUMBER_OR_NULL, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { isObject, text, written } from '../../shared/values';
import { PROVIDER } from '../name';
import { bool, objects, readDate } from '../wire';
import type { Api } from './connection';
import { odd } from './refusals';
import { get, post } from './request';

const MEDIA_MAY_BE_STORED = {
	message: 'The file may have been stored',
	description: 'Look in the provider’s media store before you upload it again.',
};

export const mediaShape = {
	provider: TEXT,
	mediaId: TEXT_OR_NULL,
	fileName: TEXT_OR_NULL,
	mimeType: TEXT_OR_NULL,
	fileSize: NUMBER_OR_NULL,
	tags: listOf(TEXT),
	createdAt: TEXT_OR_NULL,
};

/** MediaMetadata. */
function readMedia(raw: IDataObject): Output {
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

/** What was stored. There is no code for a refusal: INFERRED that the id is 0 then. */
function stored(value: unknown): Output {
	const media = isObject(value) && 'MediaId' in value ? value : odd('a MediaMetadata', value);
	if (Number(written(media.MediaId)) === 0) {
		fail({
			kind: 'rejected',
			message: 'CDYNE did not store the file',
			description:
				'CDYNE gives no reason. Check the License Key in the credential, the file, and that its address can be reached by everybody.',
			nothingAccepted: true,
		});
	}
	return readMedia(media);
}

/** CreateMediaFromUrl. */
export async function createMediaFromUrl(api: Api, url: string, filename: string, tags: string[]) {
	const body = {
		Filename: filename,
		LicenseKey: api.licenseKey,
		...(tags.length > 0 && { Tags: tags }),
		Url: url,
	};
	return await post(api, 'CreateMediaFromUrl', body, stored, {
		kind: 'send',
		ambiguity: MEDIA_MAY_BE_STORED,
	});
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
	return await post(api, 'CreateMediaFromContent', body, stored, {
		kind: 'send',
		ambiguity: MEDIA_MAY_BE_STORED,
	});
}

/** GetMediaInfo by id; undefined where there is none. The id has 64 bits: it stays text. */
export async function getMediaInfo(api: Api, mediaId: string): Promise<Output | undefined> {
	const body = `{"LicenseKey":${JSON.stringify(api.licenseKey)},"MediaId":${mediaId}}`;
	return await post(api, 'GetMediaInfo', body, (value) => {
		const media = objects(isObject(value) ? value.Media : value);
		const found = media.find((entry) => written(entry.MediaId) === mediaId);
		return found && readMedia(found);
	});
}

/** GetMedia: the file in base64, or null where there is none. */
export async function getMedia(api: Api, mediaId: string): Promise<string | null> {
	return await get(api, 'GetMedia', { LicenseKey: api.licenseKey, MediaId: mediaId }, text);
}

/** RemoveMedia. @returns false when there is none */
export async function removeMedia(api: Api, mediaId: string): Promise<boolean> {
	return await get(api, 'RemoveMedia', { LicenseKey: api.licenseKey, MediaId: mediaId }, bool);
}
