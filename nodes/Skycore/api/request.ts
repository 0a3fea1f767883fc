import type { HttpAnswer } from '../../shared/answer';
import { fail } from '../../shared/errors';
import type { HttpRequest } from '../../shared/http';
import type { XmlElement } from '../../shared/xml';
import { word, writeRequest } from '../wire';
import type { Field } from '../wire';
import type { Api } from './connection';

/** One call of Skycore's messaging API 1.3 (docs/providers/skycore.md 1). */

/** One action: a POST of a form with the document in the field `xml` (1.2). */
export async function call<T>(
	api: Api,
	action: string,
	fields: readonly Field[],
	read: (answer: HttpAnswer) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const xml = writeRequest([['ACTION', action], ['API_KEY', api.apiKey], ...fields]);
	return await api.http.request(
		{
			...how,
			method: 'POST',
			url: api.baseUrl,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ xml }).toString(),
		},
		read,
	);
}

/** A member that an answer cannot do without. */
export function memberOf(root: XmlElement, name: string): string {
	const value = word(root, name);
	return (
		value ??
		fail({ kind: 'malformed', message: `Expected ${name} of Skycore, got a RESPONSE without it` })
	);
}
