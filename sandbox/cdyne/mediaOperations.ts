import { pageSize } from './accountOperations';
import { fetchMedia, metadata } from './media';
import { get, post, type Operation } from './operations';
import type { ReadDate } from './read';
import {
	CreateMediaContentRequest,
	CreateMediaUrlRequest,
	MediaCriteria,
	MediaMetadata,
	MediaInfoResponse,
} from './schema';
import { keyStatus } from './settings';
import type { CdyneState } from './state';

interface CreateBody {
	Base64EncodedContent?: string | null;
	Filename: string | null;
	LicenseKey: string;
	Tags?: Array<string | null> | null;
	Url?: string | null;
}

interface CriteriaBody {
	EndDate?: ReadDate;
	FileType?: string | null;
	FilenamePattern?: string | null;
	IncomingMessageId?: string;
	LicenseKey: string;
	MaximumFileSize?: number;
	MediaId?: number;
	MinimumFileSize?: number;
	OutgoingMessageId?: string;
	PageNumber?: number;
	PageSize?: number;
	StartDate?: ReadDate;
	Tags?: Array<string | null> | null;
}

/** MediaMetadata has no error field. How the service reports an error is not documented. */
const NO_MEDIA = {
	FileDate: null,
	FileName: null,
	FileSize: 0,
	MediaId: 0,
	MimeType: null,
	Tags: null,
};

/** Files for MMS: docs/providers/cdyne.md section 4. */
export function mediaOperations(state: CdyneState): Operation[] {
	const isActive = (key: string) => keyStatus(state.settings, key) === 'active';
	const store = (body: CreateBody, bytes: Buffer | null) => {
		if (!isActive(body.LicenseKey) || !body.Filename || bytes === null) return NO_MEDIA;
		const tags = (body.Tags ?? []).filter((tag) => tag !== null);
		return metadata(state.media.add(body.LicenseKey, body.Filename, bytes, tags));
	};
	const readId = (query: { guid(name: string): string; integer(name: string): number }) => ({
		key: query.guid('LicenseKey'),
		id: query.integer('MediaId'),
	});
	return [
		post<CreateBody>('CreateMediaFromUrl', CreateMediaUrlRequest, MediaMetadata, async (body) =>
			store(body, isActive(body.LicenseKey) ? await fetchMedia(body.Url ?? '') : null),
		),
		post<CreateBody>('CreateMediaFromContent', CreateMediaContentRequest, MediaMetadata, (body) =>
			store(body, fromBase64(body.Base64EncodedContent ?? '')),
		),
		get('GetMedia', 'string', readId, ({ key, id }) =>
			isActive(key) ? (state.media.find(key, id)?.bytes.toString('base64') ?? null) : null,
		),
		post<CriteriaBody>('GetMediaInfo', MediaCriteria, MediaInfoResponse, (body) => ({
			Media: isActive(body.LicenseKey) ? list(state, body).map(metadata) : [],
		})),
		get(
			'RemoveMedia',
			'boolean',
			readId,
			({ key, id }) => isActive(key) && state.media.remove(key, id),
		),
	];
}

function list(state: CdyneState, body: CriteriaBody) {
	const files = state.media.list(body.LicenseKey, {
		id: body.MediaId,
		fileType: body.FileType ?? undefined,
		pattern: body.FilenamePattern ?? undefined,
		minBytes: body.MinimumFileSize,
		maxBytes: body.MaximumFileSize,
		from: body.StartDate?.time,
		until: body.EndDate?.time,
		tags: (body.Tags ?? []).filter((tag) => tag !== null),
		incomingId: body.IncomingMessageId,
		outgoingId: body.OutgoingMessageId,
	});
	const size = pageSize(state, body.PageSize);
	return files.slice((Math.max(1, body.PageNumber ?? 1) - 1) * size).slice(0, size);
}

function fromBase64(text: string): Buffer | null {
	const base64 = text.replace(/\s/g, '');
	const valid = base64 !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(base64) && base64.length % 4 === 0;
	return valid ? Buffer.from(base64, 'base64') : null;
}
