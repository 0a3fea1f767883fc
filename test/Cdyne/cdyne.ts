import type { Api } from '../../nodes/Cdyne/api/connection';
import { Failure } from '../../nodes/shared/errors';
import type { Http, HttpRequest, ReadAnswer } from '../../nodes/shared/http';
import { Traffic } from '../../nodes/shared/traffic';

/** A connection that answers of its own accord, and what its calls sent. */

export const ACCOUNT = '5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90';
export const ID = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
export const OTHER_ID = '7c0d5a02-11c4-4f2f-8a4c-3f1d2b0a9e55';
export const NO_ID = '00000000-0000-0000-0000-000000000000';

const BASE = 'https://cdyne.example/Messaging.svc';

/** A time as CDYNE writes it, and as the node gives it. */
export const DATE = '/Date(1709647629250)/';
export const TIME = '2024-03-05T14:07:09.250Z';

/** @param answers values of JSON, one after the other, the last one ever after; what is an error is thrown */
export function apiWith(...answers: unknown[]) {
	const requests: HttpRequest[] = [];
	const redact = (value: string) => value;
	const request = async <T>(made: HttpRequest, read: ReadAnswer<T>): Promise<T> => {
		const value = answers[Math.min(requests.length, answers.length - 1)];
		requests.push(made);
		if (value instanceof Error) throw value;
		return read({ status: 200, headers: {}, text: JSON.stringify(value) });
	};
	const http = { request, redact } as unknown as Http;
	const api: Api = {
		http,
		redact: http.redact,
		baseUrl: BASE,
		licenseKey: ACCOUNT,
		traffic: new Traffic(),
		pace: { concurrency: 1, perRequest: 1 },
		gatherers: new Map(),
	};
	return { api, requests };
}

/** The whole request of a GET. */
export const got = (operation: string, query: object, how: object = { kind: 'repeatable' }) => ({
	...how,
	method: 'GET',
	url: `${BASE}/${operation}`,
	query,
	headers: { Accept: 'application/json' },
});

/** The whole request of a POST. */
export const posted = (operation: string, body: unknown, how: object = { kind: 'repeatable' }) => ({
	...how,
	method: 'POST',
	url: `${BASE}/${operation}`,
	headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
	body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The look-up that tells a good key from a bad one. */
export const CHECK_OF_KEY = got('ReadMessageStatus', { LicenseKey: ACCOUNT, MessageId: NO_ID });

/** What a failure says, without what it leaves open. */
export function factsOf(failure: unknown) {
	if (!(failure instanceof Failure)) return failure;
	const { message } = failure;
	const facts = Object.entries({ ...failure, message });
	return Object.fromEntries(
		facts.filter(([name, value]) => name !== 'name' && value !== undefined && value !== false),
	);
}

/** The facts of the failure in which a step ends. */
export async function refusal(step: () => unknown): Promise<unknown> {
	try {
		await step();
	} catch (error) {
		return factsOf(error);
	}
	throw new Error('nothing was thrown');
}
