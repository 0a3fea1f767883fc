import type { Api } from '../../nodes/Cdyne/api/connection';
import { createHttp } from '../../nodes/shared/http/request';
import type { Outcome } from '../../nodes/shared/model/outcome';
import { canned } from '../engine/harness/canned';

/** A connection with prepared responses, and the requests that it makes. */

export const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
export const ID = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
export const OTHER_ID = '7c0d5a02-11c4-4f2f-8a4c-3f1d2b0a9e55';
export const NO_ID = '00000000-0000-0000-0000-000000000000';

const BASE = 'https://cdyne.example/Messaging.svc';

/** A time as CDYNE writes it, and as the node outputs it. */
export const DATE = '/Date(1709647629250)/';
export const TIME = '2024-03-05T14:07:09.250Z';

/** @param responses JSON values, one per request; the last one is repeated, an error is thrown */
export function apiWith(...responses: unknown[]) {
	const bodies = responses.map((response) =>
		response instanceof Error ? response : JSON.stringify(response),
	);
	const { http, redact, requests } = canned(bodies);
	const api: Api = { http, redact, baseUrl: BASE, licenseKey: ACCOUNT, numbers: new Map() };
	return { api, requests };
}

export interface SentRequest {
	/** The operation, without its address. */
	name: string;
	query: Record<string, string>;
}

interface CannedResponse {
	status?: number;
	headers?: object;
	body: unknown;
}

/** A connection with the real HTTP client, whose responses a function returns. */
export function apiResponding(respond: (request: SentRequest) => CannedResponse) {
	const requests: SentRequest[] = [];
	const httpRequest = async ({ url, qs = {} }: { url: string; qs?: object }) => {
		const request = { name: url.slice(BASE.length + 1), query: qs as SentRequest['query'] };
		requests.push(request);
		const { status = 200, headers = {}, body } = respond(request);
		return { statusCode: status, headers, body: JSON.stringify(body) };
	};
	const http = createHttp({ helpers: { httpRequest } } as never, []);
	const { redact } = http;
	const api: Api = { http, redact, baseUrl: BASE, licenseKey: ACCOUNT, numbers: new Map() };
	return { api, requests };
}

/** The accepted messages of each outcome: their IDs, numbers and references. Or why there are none. */
export const shown = (outcomes: Outcome[]) =>
	outcomes.map((outcome) => {
		if (outcome.kind === 'untried') return outcome.kind;
		if (outcome.kind !== 'accepted') {
			return [outcome.kind, outcome.failure.message, outcome.failure.code];
		}
		return outcome.outputs.map(({ json }) => [json.messageId, json.to, json.referenceId]);
	});

/** What `shown` says of an outcome that is not certain. */
export const unknown = (words: string, code?: string) => [
	'unknown',
	`${words}. The message may have gone out`,
	code,
];

/** The complete request of a GET. */
export const got = (
	operation: string,
	query: object,
	options: object = { kind: 'repeatable' },
) => ({
	...options,
	method: 'GET',
	url: `${BASE}/${operation}`,
	query,
	headers: { Accept: 'application/json' },
});

/** The complete request of a POST. */
export const posted = (
	operation: string,
	body: unknown,
	options: object = { kind: 'repeatable' },
) => ({
	...options,
	method: 'POST',
	url: `${BASE}/${operation}`,
	headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
	body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The look-up that checks the license key. */
export const CHECK_OF_KEY = got('ReadMessageStatus', { LicenseKey: ACCOUNT, MessageId: NO_ID });
