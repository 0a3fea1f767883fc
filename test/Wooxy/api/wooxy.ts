import type { Api } from '../../../nodes/Wooxy/api/connection';
import { canned } from '../../shared/canned';

/** A connection to Wooxy whose answers a test writes down. */
export function answering(...bodies: unknown[]) {
	const { http, redact, requests } = canned(bodies);
	const limit = async <T>(work: () => Promise<T>) => await work();
	const api = {
		http,
		redact,
		baseUrl: 'https://api.test',
		accessToken: 'token-1',
		limit,
	} as unknown as Api;
	const sent = () =>
		requests.map(({ url, body }) => [
			url.replace('https://api.test/v3/', ''),
			JSON.parse(String(body)) as object,
		]);
	return { api, requests, sent };
}

/** What a request to Wooxy is made of. */
export const requestOf = (method: string, body: object, how: object = { kind: 'repeatable' }) => ({
	...how,
	method: 'POST',
	url: `https://api.test/v3/${method}`,
	headers: {
		Accept: 'application/json',
		'Content-Type': 'application/json',
		'Access-Token': 'token-1',
	},
	body: JSON.stringify(body),
});
