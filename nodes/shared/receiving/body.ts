import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { charsetOf, decodeText } from '../formats/charset';
import { decompress } from '../formats/decompress';
import type { RawPostback } from '../model/event';

/** In bytes. The bodies of postbacks are a few kilobytes long. */
export const MEGABYTE = 1024 * 1024;

/**
 * Reads and decompresses the body of a webhook request, which n8n has left unread.
 *
 * @param maxBytes of the decompressed body
 * @throws Failure with the HTTP status to respond with, or n8n's error if n8n cannot read the body
 */
export async function readBody(context: IWebhookFunctions, maxBytes: number): Promise<RawPostback> {
	const request = context.getRequestObject();
	const headers = context.getHeaderData() as IDataObject;
	// without the raw body option (host/rawBody.ts) n8n has read the body already
	if (!request.rawBody) await request.readRawBody();
	const received = request.rawBody ?? Buffer.alloc(0);
	const bytes = await decompress(received, String(headers['content-encoding'] ?? ''), maxBytes);
	const contentType = String(headers['content-type'] ?? '').slice(0, 1_000);
	const [type] = contentType.split(';');
	const text = decodeText(bytes, charsetOf(bytes, contentType));
	return { text, contentType: type.trim().toLowerCase(), headers };
}

/** The query of a request, read like a form, without the token. For postbacks that have no body. */
export function readQuery(context: IWebhookFunctions): RawPostback {
	const form = new URLSearchParams();
	for (const [name, value] of Object.entries(context.getQueryData() as IDataObject)) {
		for (const entry of Array.isArray(value) ? value : [value]) form.append(name, String(entry));
	}
	form.delete('token');
	const headers = context.getHeaderData() as IDataObject;
	const contentType = 'application/x-www-form-urlencoded';
	return { text: form.toString(), contentType, headers };
}
