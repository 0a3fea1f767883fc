import type { IDataObject } from 'n8n-workflow';
import { throwFailure } from '../../shared/errors/failure';
import type { HttpRequest } from '../../shared/http/request';
import type { HttpResponse } from '../../shared/http/response';
import type { Outcome } from '../../shared/model/outcome';
import { sendRequest } from '../../shared/http/sendRequest';
import { readValue } from '../wire';
import type { Api } from './connection';

/** One call of CDYNE SMS Notify! (docs/providers/cdyne.md 2, 3). */

export type QueryParameters = Record<string, string>;

const GUID_IN_ANY_FORM = /^[{(]?[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}[)}]?$/i;

/**
 * The value of a response. INFERRED (docs/providers/cdyne.md 9): CDYNE responds with HTTP 400 and
 * no reason to a license key that is not a GUID.
 */
function readBody(response: HttpResponse, { licenseKey }: Api): unknown {
	if (response.status === 400 && !GUID_IN_ANY_FORM.test(licenseKey)) {
		throwFailure({
			kind: 'credential',
			message:
				'CDYNE responded with HTTP 400: the License Key in the credential is not a CDYNE license key',
			description:
				'Check the License Key in the credential. It looks like 5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90.',
			httpStatus: 400,
			nothingAccepted: true,
		});
	}
	return readValue(response);
}

function getRequest(api: Api, operation: string, query: QueryParameters) {
	const url = `${api.baseUrl}/${operation}`;
	return { method: 'GET', url, query, headers: { Accept: 'application/json' } } as const;
}

function postRequest(api: Api, operation: string, body: IDataObject | string) {
	const url = `${api.baseUrl}/${operation}`;
	const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
	const content = typeof body === 'string' ? body : JSON.stringify(body);
	return { method: 'POST', url, headers, body: content } as const;
}

type Options = Pick<HttpRequest, 'kind' | 'ambiguity'>;

/** Makes a GET request. @param read reads the value of the response, or throws a Failure */
export async function get<T>(
	api: Api,
	operation: string,
	query: QueryParameters,
	read: (value: unknown, response: HttpResponse) => T,
	options: Options = { kind: 'repeatable' },
): Promise<T> {
	const request = { ...options, ...getRequest(api, operation, query) };
	return await api.http.request(request, (response) => read(readBody(response, api), response));
}

/** Makes a POST request. @param read reads the value of the response, or throws a Failure */
export async function post<T>(
	api: Api,
	operation: string,
	body: IDataObject | string,
	read: (value: unknown) => T,
	options: Options = { kind: 'repeatable' },
): Promise<T> {
	const request = { ...options, ...postRequest(api, operation, body) };
	return await api.http.request(request, (response) => read(readBody(response, api)));
}

/** Makes a GET request that sends a message. @param read reads its outcome */
export async function sendByGet(
	api: Api,
	operation: string,
	query: QueryParameters,
	read: (value: unknown) => Outcome,
): Promise<Outcome[]> {
	return await sendRequest(api.http, getRequest(api, operation, query), 1, (response) => [
		read(readBody(response, api)),
	]);
}

/** Makes a POST request that sends messages. @param read reads the outcome of each */
export async function sendByPost(
	api: Api,
	operation: string,
	body: IDataObject,
	intents: number,
	read: (value: unknown) => Outcome[],
): Promise<Outcome[]> {
	return await sendRequest(api.http, postRequest(api, operation, body), intents, (response) =>
		read(readBody(response, api)),
	);
}
