import { throwFailure } from '../../shared/errors/failure';
import type { XmlElement } from '../../shared/formats/xml';
import type { HttpRequest } from '../../shared/http/request';
import type { HttpResponse } from '../../shared/http/response';
import { type Field, trimmedText, writeRequest } from '../wire';
import type { Api } from './connection';

/**
 * Calls an action of Skycore's messaging API 1.3 (docs/providers/skycore.md 1.2). INFERRED: the
 * document goes into the form field `xml`, as one page says; other sources use the field `XML` or
 * the raw body.
 */
export async function call<T>(
	api: Api,
	action: string,
	fields: readonly Field[],
	read: (response: HttpResponse) => T,
	options: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const xml = writeRequest([['ACTION', action], ['API_KEY', api.apiKey], ...fields]);
	const request: HttpRequest = {
		...options,
		method: 'POST',
		url: api.baseUrl,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ xml }).toString(),
	};
	return await api.http.request(request, read);
}

/** The text of a child. @throws Failure if it is missing or empty */
export function requireChild(root: XmlElement, name: string): string {
	const message = `Expected ${name} from Skycore, got a RESPONSE without it`;
	return trimmedText(root, name) ?? throwFailure({ kind: 'malformed', message });
}
