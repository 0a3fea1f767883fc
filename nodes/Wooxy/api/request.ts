import type { IDataObject } from 'n8n-workflow';
import { CAME, fail } from '../../shared/errors';
import type { HttpRequest } from '../../shared/http';
import { readEnvelope } from '../wire';
import type { Api } from './connection';

/** One call of Wooxy API v3 (docs/providers/wooxy.md 1). */

/** @param method such as `sms/info` */
export async function call<T>(
	api: Api,
	method: string,
	body: IDataObject,
	read: (envelope: IDataObject) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const request: HttpRequest = {
		...how,
		method: 'POST',
		url: `${api.baseUrl}/v3/${method}`,
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'Access-Token': api.accessToken,
		},
		body: JSON.stringify(body),
	};
	return await api.limit(
		async () => await api.http.request(request, (answer) => read(readEnvelope(answer))),
	);
}

export function odd(what: string, value: unknown): never {
	const came = [JSON.stringify(value) ?? 'nothing'];
	return fail({
		kind: 'malformed',
		message: `Expected ${what} of Wooxy, got ${CAME}`,
		came,
		description: 'Check the Base URL in the credential, and any proxy in between.',
	});
}
