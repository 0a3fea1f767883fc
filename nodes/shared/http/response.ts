import { excerpt, isHtmlPage } from '../errors/excerpt';
import { Failure, type FailureFacts, type FailureKind, rethrow } from '../errors/failure';
import { parseJson } from '../formats/json';

export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
	/** When the request was made and the response received, in epoch milliseconds of this machine. */
	times?: { requestedAt: number; receivedAt: number };
}

/** The bounds, in milliseconds, of how far the clock of a provider is ahead of this machine's. */
export interface ClockDifference {
	min: number;
	max: number;
}

/** How far the clocks differ, from the Date header, which is in whole seconds. */
export function clockDifference({ headers, times }: HttpResponse): ClockDifference | undefined {
	const date = Date.parse(headers.date ?? '');
	if (!times || Number.isNaN(date)) return undefined;
	return { min: date - times.receivedAt, max: date + 999 - times.requestedAt };
}

/**
 * The Retry-After header in milliseconds: a number of seconds, rounded up, or a date. Undefined for
 * zero, a past date and anything else, so that the default delay applies.
 */
export function parseRetryAfter(
	headers: Record<string, string>,
	now = Date.now(),
): number | undefined {
	const value = headers['retry-after']?.trim() ?? '';
	if (/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return Math.ceil(Number(value)) * 1000 || undefined;
	// the three date formats of HTTP begin with the name of a day; ISO 8601 is accepted too
	if (!/^[A-Z][a-z]+,? |^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
	const delayMs = Date.parse(value) - now;
	return delayMs > 0 ? delayMs : undefined;
}

/** Says what was expected, and the status, content type and first words of what was received. */
export function describeUnexpected(
	expected: string,
	{ status, headers, text }: HttpResponse,
): FailureFacts['message'] {
	const prefix = `Expected ${expected}, got HTTP ${status}`;
	if (text.trim() === '') return `${prefix} with an empty body`;
	const type = headers['content-type']?.split(';')[0];
	const typed = type === undefined ? 'a body of unknown type' : `a ${type} body`;
	const body = isHtmlPage(text) ? 'an HTML page' : typed;
	if (excerpt(text) === '') return `${prefix} with ${body}`;
	return (excerptOf) => `${prefix} with ${body}: "${excerptOf(text)}"`;
}

/**
 * The failure for a response whose body is not in the provider's format. The HTTP status decides
 * the kind of the failure.
 *
 * @param expected what the body should be, such as `JSON`
 */
export function unexpectedResponse(response: HttpResponse, expected: string): Failure {
	const { status } = response;
	const common = { message: describeUnexpected(expected, response), httpStatus: status };
	const fail = (kind: FailureKind, facts: Partial<FailureFacts>) =>
		new Failure({ ...common, kind, ...facts });
	if (status === 429) {
		return fail('rateLimited', {
			retryAfter: parseRetryAfter(response.headers),
			nothingAccepted: true,
			description:
				'The provider is receiving too many requests. Lower the Concurrency option, or wait.',
		});
	}
	// the request may have been processed anyway
	if (status >= 500 || status === 303 || status === 408 || status === 425 || status === 499) {
		return fail('unavailable', {
			retryAfter: parseRetryAfter(response.headers),
			description: 'The provider is unavailable. Try again later.',
		});
	}
	if (status === 401 || status === 403) {
		return fail('credential', {
			nothingAccepted: true,
			description: 'The provider rejected the credential. Check it, and the Base URL in it.',
		});
	}
	if (status >= 300) {
		return fail('rejected', {
			nothingAccepted: true,
			description:
				status === 404 || status < 400
					? 'Check the Base URL in the credential: this address does not lead to the API.'
					: 'The provider could not use the request. Check the values of this item.',
		});
	}
	return fail('malformed', {
		description:
			'Something other than the API responded. Check the Base URL in the credential, and any proxy in between.',
	});
}

/** The body parsed as JSON, with long ids as strings. @throws Failure that quotes the body */
export function readJson(response: HttpResponse): unknown {
	try {
		return parseJson(response.text);
	} catch {
		return rethrow(unexpectedResponse(response, 'JSON'));
	}
}
