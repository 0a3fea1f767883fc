import type { IDataObject } from 'n8n-workflow';
import type { HttpAnswer } from '../../shared/answer';
import { fail } from '../../shared/errors';
import type { HttpRequest } from '../../shared/http';
import { readValue } from '../wire';
import type { Api } from './connection';

/** One call of CDYNE SMS Notify! (docs/providers/cdyne.md 2, 3). */

export type Parameters = Record<string, string>;

const GUID_IN_ANY_FORM = /^[{(]?[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}[)}]?$/i;

/** The value of an answer; a key that is no GUID is answered HTTP 400 without a reason (3, 9). */
function valueIn(answer: HttpAnswer, { licenseKey }: Api): unknown {
	if (answer.status === 400 && !GUID_IN_ANY_FORM.test(licenseKey)) {
		fail({
			kind: 'credential',
			message: 'CDYNE answered HTTP 400: the License Key in the credential is not one of CDYNE',
			description:
				'Check the License Key in the credential: it is like 5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90.',
			httpStatus: 400,
			nothingAccepted: true,
		});
	}
	return readValue(answer);
}

export async function get<T>(
	api: Api,
	operation: string,
	query: Parameters,
	read: (value: unknown) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const url = `${api.baseUrl}/${operation}`;
	const headers = { Accept: 'application/json' };
	return await api.http.request({ ...how, method: 'GET', url, query, headers }, (answer) =>
		read(valueIn(answer, api)),
	);
}

export async function post<T>(
	api: Api,
	operation: string,
	body: IDataObject | string,
	read: (value: unknown) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const url = `${api.baseUrl}/${operation}`;
	const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
	const content = typeof body === 'string' ? body : JSON.stringify(body);
	return await api.http.request({ ...how, method: 'POST', url, headers, body: content }, (answer) =>
		read(valueIn(answer, api)),
	);
}
