import type { Api } from '../../../nodes/Wooxy/api/connection';
import { canned } from '../../engine/harness/canned';

/** A connection to Wooxy with the responses of a test. */
export function responding(...bodies: unknown[]) {
	return respondingWith(200, ...bodies);
}

/** A connection whose responses have an HTTP status. */
export function respondingWith(status: number, ...bodies: unknown[]) {
	const { http, redact, requests } = canned(bodies, status);
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

/** The HTTP request that a call of Wooxy makes. */
export const requestOf = (
	method: string,
	body: object,
	options: object = { kind: 'repeatable' },
) => ({
	...options,
	method: 'POST',
	url: `https://api.test/v3/${method}`,
	headers: {
		Accept: 'application/json',
		'Content-Type': 'application/json',
		'Access-Token': 'token-1',
	},
	body: JSON.stringify(body),
});
