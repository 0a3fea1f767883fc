import type { Http, HttpRequest } from '../../nodes/shared/http';
import { Failure } from '../../nodes/shared/errors';

/** A provider's answers as a test writes them down, and what its modules make of them. */

/** Answers one after the other, the last one again and again; objects become JSON. */
export function canned(bodies: unknown[], status = 200, headers: Record<string, string> = {}) {
	const requests: HttpRequest[] = [];
	const redact: Http['redact'] = (value) => value;
	const http: Http = {
		redact,
		request: async (request, read) => {
			requests.push(request);
			const body = bodies[Math.min(requests.length, bodies.length) - 1];
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			return read({ status, headers, text });
		},
	};
	return { http, redact, requests };
}

/** What a failure says, without the facts that are not set. */
export async function factsOf(work: () => unknown): Promise<Record<string, unknown>> {
	let ended: unknown;
	try {
		await work();
	} catch (error) {
		ended = error;
	}
	if (!(ended instanceof Failure)) throw new Error(`No failure, but ${String(ended)}`);
	const set = Object.entries(ended).filter(
		([name, value]) => name !== 'name' && value !== undefined && value !== false,
	);
	return { message: ended.message, ...Object.fromEntries(set) };
}
