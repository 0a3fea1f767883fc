import { Failure } from '../../../nodes/shared/errors/failure';
import { AccountPace } from '../../../nodes/shared/http/accountPace';
import type { Http, HttpRequest } from '../../../nodes/shared/http/request';

/**
 * An HTTP client that returns these responses one by one and repeats the last one. An object
 * becomes JSON, an error is thrown.
 */
export function canned(bodies: unknown[], status = 200, headers: Record<string, string> = {}) {
	const requests: HttpRequest[] = [];
	const redact: Http['redact'] = (value) => value;
	const http: Http = {
		redact,
		pace: new AccountPace(),
		request: async (request, read) => {
			requests.push(request);
			const body = bodies[Math.min(requests.length, bodies.length) - 1];
			if (body instanceof Error) throw body;
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			return read({ status, headers, text });
		},
	};
	return { http, redact, requests };
}

/** The facts of a failure that are set. */
export function factsOf(failure: unknown): Record<string, unknown> {
	if (!(failure instanceof Failure)) throw new Error(`Not a failure: ${String(failure)}`);
	const facts = Object.entries({ ...failure, message: failure.message });
	const setFacts = facts.filter(
		([name, value]) =>
			name !== 'name' && name !== 'compose' && value !== undefined && value !== false,
	);
	return Object.fromEntries(setFacts);
}

/** The failure with which a promise is rejected. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
	const failure: unknown = await promise.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (!(failure instanceof Failure)) throw new Error(`Not a failure: ${String(failure)}`);
	return failure;
}

/** The facts of the failure that a step throws. */
export async function thrownBy(step: () => unknown): Promise<Record<string, unknown>> {
	return factsOf(await failureOf((async () => await step())()));
}
