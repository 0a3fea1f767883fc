import { pageSize } from './accountOperations';
import { fetchMedia, metadata } from './media';
import type { Office } from './office';
import { get, post, type Operation } from './operations';
import type { ReadDate } from './read';
import {
	CreateMediaContentRequest,
	CreateMediaUrlRequest,
	MediaCriteria,
	MediaMetadata,
	MediaReply,
} from './schema';
import { standing } from './settings';

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

/** A refusal has no place in MediaMetadata, so it is one without an id: not documented. */
const NOTHING = {
	FileDate: null,
	FileName: null,
	FileSize: 0,
	MediaId: 0,
	MimeType: null,
	Tags: null,
};

/** Files for MMS: docs/providers/cdyne.md section 4. */
export function mediaOperations(office: Office): Operation[] {
	const good = (key: string) => standing(office.settings, key) === 'good';
	const keep = (body: CreateBody, bytes: Buffer | null) => {
		if (!good(body.LicenseKey) || !body.Filename || bytes === null) return NOTHING;
		const tags = (body.Tags ?? []).filter((tag) => tag !== null);
		return metadata(office.media.add(body.LicenseKey, body.Filename, bytes, tags));
	};
	const one = (query: { guid(name: string): string; integer(name: string): number }) => ({
		key: query.guid('LicenseKey'),
		id: query.integer('MediaId'),
	});
	return [
		post<CreateBody>('CreateMediaFromUrl', CreateMediaUrlRequest, MediaMetadata, async (body) =>
			keep(body, good(body.LicenseKey) ? await fetchMedia(body.Url ?? '') : null),
		),
		post<CreateBody>('CreateMediaFromContent', CreateMediaContentRequest, MediaMetadata, (body) =>
			keep(body, fromBase64(body.Base64EncodedContent ?? '')),
		),
		get('GetMedia', 'string', one, ({ key, id }) =>
			good(key) ? (office.media.find(key, id)?.bytes.toString('base64') ?? null) : null,
		),
		post<CriteriaBody>('GetMediaInfo', MediaCriteria, MediaReply, (body) => ({
			Media: good(body.LicenseKey) ? list(office, body).map(metadata) : [],
		})),
		get('RemoveMedia', 'boolean', one, ({ key, id }) => good(key) && office.media.remove(key, id)),
	];
}

function list(office: Office, body: CriteriaBody) {
	const files = office.media.list(body.LicenseKey, {
		id: body.MediaId,
		fileType: body.FileType ?? undefined,
		pattern: body.FilenamePattern ?? undefined,
		smallest: body.MinimumFileSize,
		largest: body.MaximumFileSize,
		from: body.StartDate?.time,
		until: body.EndDate?.time,
		tags: (body.Tags ?? []).filter((tag) => tag !== null),
		incomingId: body.IncomingMessageId,
		outgoingId: body.OutgoingMessageId,
	});
	const size = pageSize(office, body.PageSize);
	return files.slice((Math.max(1, body.PageNumber ?? 1) - 1) * size).slice(0, size);
}

function fromBase64(text: string): Buffer | null {
	const packed = text.replace(/\s/g, '');
	const valid = packed !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(packed) && packed.length % 4 === 0;
	return valid ? Buffer.from(packed, 'base64') : null;
}
