import type { IDataObject } from 'n8n-workflow';
import { throwFailure } from '../../shared/errors/failure';
import type { HttpRequest } from '../../shared/http/request';
import type { Outcome } from '../../shared/model/outcome';
import type { HttpResponse } from '../../shared/http/response';
import { sendRequest } from '../../shared/http/sendRequest';
import { readEnvelope } from '../wire';
import type { Api } from './connection';

function requestOf(api: Api, method: string, body: IDataObject) {
	return {
		method: 'POST',
		url: `${api.baseUrl}/v3/${method}`,
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'Access-Token': api.accessToken,
		},
		body: JSON.stringify(body),
	} as const;
}

/**
 * Calls a method of Wooxy API v3 (docs/providers/wooxy.md 1).
 *
 * @param method such as `sms/info`
 * @param isSuccess whether errors say only that there is nothing to return
 */
export async function call<T>(
	api: Api,
	method: string,
	body: IDataObject,
	read: (envelope: IDataObject) => T,
	options: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
	isSuccess?: (errors: string[]) => boolean,
): Promise<T> {
	const request: HttpRequest = { ...options, ...requestOf(api, method, body) };
	const readResponse = (response: HttpResponse) => read(readEnvelope(response, isSuccess));
	return await api.limit(async () => await api.http.request(request, readResponse));
}

/** Calls a method that sends a message. @param read reads its outcome */
export async function send(
	api: Api,
	method: string,
	body: IDataObject,
	read: (envelope: IDataObject) => Outcome,
): Promise<Outcome[]> {
	const request = requestOf(api, method, body);
	return await api.limit(
		async () =>
			await sendRequest(api.http, request, 1, (response) => [read(readEnvelope(response))]),
	);
}

/** Throws for a part of a response that is not what Wooxy documents. */
export function throwUnexpected(expected: string, value: unknown): never {
	const received = JSON.stringify(value) ?? 'nothing';
	return throwFailure({
		kind: 'malformed',
		message: (excerptOf) => `Expected ${expected} from Wooxy, got ${excerptOf(received)}`,
		description: 'Check the Base URL in the credential, and any proxy in between.',
	});
}
