import type { Http, HttpRequest } from '../../nodes/shared/http';
import { Failure } from '../../nodes/shared/errors';

/** A provider's answers as a test writes them down, and what its modules make of them. */

/** Answers one after the other, the last one again and again; objects become JSON, an error is thrown. */
export function canned(bodies: unknown[], status = 200, headers: Record<string, string> = {}) {
	const requests: HttpRequest[] = [];
	const redact: Http['redact'] = (value) => value;
	const http: Http = {
		redact,
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

/** What a failure says, without the facts that are not set. */
export function factsOf(failure: unknown): Record<string, unknown> {
	if (!(failure instanceof Failure)) throw new Error(`No failure, but ${String(failure)}`);
	const facts = Object.entries({ ...failure, message: failure.message });
	const set = facts.filter(
		([name, value]) => name !== 'name' && value !== undefined && value !== false,
	);
	return Object.fromEntries(set);
}

/** The failure that a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
	const ended: unknown = await promise.then(
		() => undefined,
		(error: unknown) => error,
	);
	if (!(ended instanceof Failure)) throw new Error(`No failure, but ${String(ended)}`);
	return ended;
}

/** What the failure says in which a step ends. */
export async function refusal(step: () => unknown): Promise<Record<string, unknown>> {
	return factsOf(await failureOf((async () => await step())()));
}
