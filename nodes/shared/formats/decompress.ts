import { Failure, rethrow } from '../errors/failure';

/** Rejects a body with the HTTP status to respond with. */
function rejectBody(httpStatus: 400 | 413 | 415, message: string): never {
	throw new Failure({ kind: 'rejected', message, httpStatus });
}

/** Whether bytes begin like a compressed body, as no text does. */
function looksCompressed(bytes: Buffer, format: string): boolean {
	if (format === 'gzip') return bytes[0] === 0x1f && bytes[1] === 0x8b;
	return (bytes[0] & 0x0f) === 8 && ((bytes[0] << 8) | bytes[1]) % 31 === 0;
}

async function decompressAs(
	bytes: Buffer,
	format: 'gzip' | 'deflate' | 'deflate-raw',
	maxBytes: number,
): Promise<Buffer> {
	const compressed = new Blob([new Uint8Array(bytes)]).stream();
	const parts: Buffer[] = [];
	let length = 0;
	for await (const part of compressed.pipeThrough(new DecompressionStream(format))) {
		length += (part as Uint8Array).length;
		if (length > maxBytes) rejectBody(413, 'The body is too large');
		parts.push(Buffer.from(part as Uint8Array));
	}
	return Buffer.concat(parts);
}

/**
 * Decompresses a body.
 *
 * @param encoding the Content-Encoding header
 * @throws Failure whose httpStatus is the status to respond with: 413, 415 or 400
 */
export async function decompress(
	bytes: Buffer,
	encoding: string,
	maxBytes: number,
): Promise<Buffer> {
	const name = encoding.trim().toLowerCase();
	if (bytes.length > maxBytes) rejectBody(413, 'The body is too large');
	if (name === '' || name === 'identity') return bytes;
	const format = name === 'x-gzip' ? 'gzip' : name;
	// the platform has no decompression for Brotli
	if (format !== 'gzip' && format !== 'deflate') {
		return rejectBody(415, `The encoding "${name.slice(0, 40)}" is not supported`);
	}
	const isCompressed = looksCompressed(bytes, format);
	// n8n has decompressed the body already if the header spells the format exactly like this
	if (encoding === format && !isCompressed) return bytes;
	try {
		// some senders leave out the zlib header
		const isRaw = format === 'deflate' && !isCompressed;
		return await decompressAs(bytes, isRaw ? 'deflate-raw' : format, maxBytes);
	} catch (error) {
		if (error instanceof Failure) return rethrow(error);
		return rejectBody(400, 'The body cannot be decompressed');
	}
}
