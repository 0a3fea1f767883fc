import { isLoopback } from '../postbacks';

/** See docs/providers/cdyne.md section 11. */
const FIRST_ID = 10_000;

/** A gray dot in place of a file on another machine, which the sandbox does not fetch. */
const PLACEHOLDER = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNsaGj4DwAFhAKA3X9mPAAAAABJRU5ErkJggg==',
	'base64',
);

const MIME: Record<string, string> = {
	'.jpg': 'image/jpeg',
	'.jpeg': 'image/jpeg',
	'.png': 'image/png',
	'.gif': 'image/gif',
	'.mp3': 'audio/mpeg',
	'.mp4': 'video/mp4',
	'.3gp': 'video/3gpp',
	'.vcf': 'text/vcard',
	'.txt': 'text/plain',
};

export interface MediaFile {
	key: string;
	id: number;
	name: string;
	bytes: Buffer;
	tags: string[];
	at: Date;
	/** The message that the file was received or sent with. */
	incomingId?: string;
	outgoingId?: string;
}

/** The search criteria of `list`. */
export interface MediaCriteria {
	id?: number;
	/** `.jpg` */
	fileType?: string;
	/** `*` matches any characters. */
	pattern?: string;
	minBytes?: number;
	maxBytes?: number;
	from?: Date;
	until?: Date;
	tags?: string[];
	incomingId?: string;
	outgoingId?: string;
}

/** The media of all license keys. */
export class MediaStore {
	private files: MediaFile[] = [];
	private nextId = FIRST_ID;

	add(key: string, name: string, bytes: Buffer, tags: string[] = []): MediaFile {
		const file: MediaFile = { key, id: this.nextId++, name, bytes, tags, at: new Date() };
		this.files.push(file);
		return file;
	}

	find(key: string, id: number): MediaFile | undefined {
		return this.files.find((file) => file.key === key && file.id === id);
	}

	remove(key: string, id: number): boolean {
		const file = this.find(key, id);
		this.files = this.files.filter((other) => other !== file);
		return file !== undefined;
	}

	list(key: string, criteria: MediaCriteria): MediaFile[] {
		return this.files.filter((file) => file.key === key && matches(file, criteria));
	}

	clear(): void {
		this.files = [];
		this.nextId = FIRST_ID;
	}
}

function matches(file: MediaFile, criteria: MediaCriteria): boolean {
	const { pattern } = criteria;
	return (
		(!criteria.id || file.id === criteria.id) &&
		(!criteria.fileType || extension(file.name) === criteria.fileType.toLowerCase()) &&
		(!pattern || wildcard(pattern).test(file.name)) &&
		(!criteria.minBytes || file.bytes.length >= criteria.minBytes) &&
		(!criteria.maxBytes || file.bytes.length <= criteria.maxBytes) &&
		(!criteria.from || file.at >= criteria.from) &&
		(!criteria.until || file.at <= criteria.until) &&
		(criteria.tags ?? []).every((tag) => file.tags.includes(tag)) &&
		(!criteria.incomingId || file.incomingId === criteria.incomingId) &&
		(!criteria.outgoingId || file.outgoingId === criteria.outgoingId)
	);
}

function wildcard(pattern: string): RegExp {
	const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 'i');
}

function extension(name: string): string {
	return /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? '';
}

export function mimeType(name: string): string {
	return MIME[extension(name)] ?? 'application/octet-stream';
}

/** Returns a file as a URL that the handset page can show. */
export function dataUrl({ name, bytes }: Pick<MediaFile, 'name' | 'bytes'>): string {
	const type = bytes.equals(PLACEHOLDER) ? 'image/png' : mimeType(name);
	return `data:${type};base64,${bytes.toString('base64')}`;
}

/** Returns the MediaMetadata of a file. */
export function metadata({ at, name, bytes, id, tags }: MediaFile) {
	return {
		FileDate: at,
		FileName: name,
		FileSize: bytes.length,
		MediaId: id,
		MimeType: mimeType(name),
		Tags: tags,
	};
}

/** Fetches a file; null if there is none. */
export async function fetchMedia(url: string): Promise<Buffer | null> {
	if (!URL.canParse(url) || !/^(?:https?|data):$/.test(new URL(url).protocol)) return null;
	if (!url.startsWith('data:') && !isLoopback(url)) return PLACEHOLDER;
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
		return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
	} catch {
		return null;
	}
}

export function fileNameOf(url: string): string {
	if (url.startsWith('data:')) return `picture.${/^data:\w+\/(\w+)/.exec(url)?.[1] ?? 'bin'}`;
	return URL.canParse(url) ? (new URL(url).pathname.split('/').pop() ?? '') : '';
}
