import { throwFailure } from '../../shared/errors/failure';
import type { XmlElement } from '../../shared/formats/xml';
import type { HttpRequest } from '../../shared/http/request';
import type { HttpResponse } from '../../shared/http/response';
import type { Outcome } from '../../shared/model/outcome';
import { sendRequest } from '../../shared/http/sendRequest';
import { type Field, trimmedText, writeRequest } from '../wire';
import type { Api } from './connection';

/**
 * INFERRED (docs/providers/skycore.md 1.2): the document goes into the form field `xml`, as one page
 * says; other sources use the field `XML` or the raw body.
 */
function requestOf(api: Api, action: string, fields: readonly Field[]) {
	const xml = writeRequest([['ACTION', action], ['API_KEY', api.apiKey], ...fields]);
	return {
		method: 'POST',
		url: api.baseUrl,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ xml }).toString(),
	} as const;
}

/** Calls an action of Skycore's messaging API 1.3 (docs/providers/skycore.md 1.2). */
export async function call<T>(
	api: Api,
	action: string,
	fields: readonly Field[],
	read: (response: HttpResponse) => T,
	options: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const request: HttpRequest = { ...options, ...requestOf(api, action, fields) };
	return await api.http.request(request, read);
}

/** Calls an action that sends a message. @param read reads its outcome */
export async function send(
	api: Api,
	action: string,
	fields: readonly Field[],
	read: (response: HttpResponse) => Outcome[],
): Promise<Outcome[]> {
	return await sendRequest(api.http, requestOf(api, action, fields), 1, read);
}

/** The text of a child. @throws Failure if it is missing or empty */
export function requireChild(root: XmlElement, name: string): string {
	const message = `Expected ${name} from Skycore, got a RESPONSE without it`;
	return trimmedText(root, name) ?? throwFailure({ kind: 'malformed', message });
}
