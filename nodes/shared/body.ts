import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { Failure, rethrow } from './errors';

/** The body of a postback: its bytes, decompressed, as text. */

/** A postback as it came over the wire. */
export interface RawPostback {
	text: string;
	/** Lower case, without parameters; empty where the header is missing. */
	contentType: string;
	headers: IDataObject;
}

/** Bytes of a body without its compression. A postback is some kilobytes at most. */
export const MEGABYTE = 1024 * 1024;

/** The HTTP status of a body that cannot be taken. */
function refused(httpStatus: 400 | 413 | 415, message: string): never {
	throw new Failure({ kind: 'rejected', message, httpStatus });
}

/** Formats of the platform's own unpacking, by the name of the encoding; it has no Brotli. */
const FORMATS: ReadonlyMap<string, 'gzip' | 'deflate'> = new Map([
	['gzip', 'gzip'],
	['x-gzip', 'gzip'],
	['deflate', 'deflate'],
]);

/** n8n unpacks these two where the header spells them so. */
const UNPACKED_BY_HOST: ReadonlySet<string> = new Set(['gzip', 'deflate']);

/** Whether bytes begin as a packed body does, and are no text. */
function looksPacked(bytes: Buffer, format: string): boolean {
	if (format === 'gzip') return bytes[0] === 0x1f && bytes[1] === 0x8b;
	return (bytes[0] & 0x0f) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0;
}

async function unpackAs(
	bytes: Buffer,
	format: 'gzip' | 'deflate' | 'deflate-raw',
	most: number,
): Promise<Buffer> {
	const packed = new Blob([new Uint8Array(bytes)]).stream();
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of packed.pipeThrough(new DecompressionStream(format))) {
		length += (part as Uint8Array).length;
		if (length > most) refused(413, 'The body is too large');
		parts.push(Buffer.from(part as Uint8Array));
	}
	return Buffer.concat(parts);
}

/**
 * Bytes without the compression that the header names.
 *
 * @throws Failure whose httpStatus says what to answer: 413, 415 or 400
 */
export async function unpack(bytes: Buffer, encoding: string, most: number): Promise<Buffer> {
	const name = encoding.trim().toLowerCase();
	if (bytes.length > most) refused(413, 'The body is too large');
	if (name === '' || name === 'identity') return bytes;
	const format = FORMATS.get(name);
	if (!format) return refused(415, `The encoding "${name.slice(0, 40)}" is not read here`);
	const isPacked = looksPacked(bytes, format);
	if (UNPACKED_BY_HOST.has(encoding) && !isPacked) return bytes;
	try {
		// without the zlib header, as some senders have it
		const raw = format === 'deflate' && !isPacked;
		return await unpackAs(bytes, raw ? 'deflate-raw' : format, most);
	} catch (error) {
		return error instanceof Failure ? rethrow(error) : refused(400, 'The body cannot be unpacked');
	}
}

const DECLARED = /^\s{0,100}<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/i;

/** The character set of a body: its mark, the header, or what the XML says of itself. */
function charsetOf(bytes: Buffer, header: string): string | undefined {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	// UTF-16 without its mark: a document begins with "<"
	if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
	if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
	const named = /charset\s{0,9}=\s{0,9}["']?([^"';\s]{1,40})/i.exec(header)?.[1];
	return named ?? DECLARED.exec(bytes.toString('latin1', 0, 400))?.[1];
}

/** The characters of windows-1252 from 0x80 to 0x9F; a blank where it has none. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Bytes as windows-1252, which stands for the Latin sets; not every Node.js decodes it right. */
function windows1252(bytes: Buffer): string {
	return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (control) => {
		const character = WINDOWS_1252[control.charCodeAt(0) - 0x80];
		return character === ' ' ? control : character;
	});
}

const LATIN = /^(?:windows-1252|cp-?1252|iso-?8859-1|latin-?1|l1|us-ascii|ascii)$/i;

/**
 * Bytes as text. What is no text of its character set is read as windows-1252, in which every byte
 * is a character, so that nothing is lost.
 */
export function decode(bytes: Buffer, charset = 'utf-8'): string {
	if (LATIN.test(charset)) return windows1252(bytes);
	try {
		return new TextDecoder(charset, { fatal: true }).decode(bytes);
	} catch {
		// unknown, or the bytes are something else
	}
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return windows1252(bytes);
	}
}

/**
 * Reads the body of a webhook request, which n8n has left as it came.
 *
 * @param most bytes, unpacked
 * @throws Failure whose httpStatus says what to answer, or n8n's error where it stops reading
 */
export async function readBody(context: IWebhookFunctions, most: number): Promise<RawPostback> {
	const request = context.getRequestObject();
	const headers = context.getHeaderData() as IDataObject;
	// n8n has read the body already where the parameter that keeps it raw is not in force
	if (!request.rawBody) await request.readRawBody();
	const packed = request.rawBody ?? Buffer.alloc(0);
	const bytes = await unpack(packed, String(headers['content-encoding'] ?? ''), most);
	const header = String(headers['content-type'] ?? '').slice(0, 1_000);
	const [type] = header.split(';');
	const text = decode(bytes, charsetOf(bytes, header));
	return { text, contentType: type.trim().toLowerCase(), headers };
}

/** The query of a request as a form, for providers whose postbacks have no body; without our token. */
export function readQuery(context: IWebhookFunctions): RawPostback {
	const query = Object.entries(context.getQueryData() as IDataObject);
	const pairs = query
		.filter(([name]) => name !== 'token')
		.flatMap(([name, value]) =>
			(Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
		);
	const headers = context.getHeaderData() as IDataObject;
	const contentType = 'application/x-www-form-urlencoded';
	return { text: new URLSearchParams(pairs).toString(), contentType, headers };
}
