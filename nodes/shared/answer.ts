import { fail, Failure } from './errors';

/** Answers as they come over HTTP, and the failure behind one that is not of a provider's form. */

export interface HttpAnswer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
}

/** Retry-After in milliseconds: seconds, or a date. */
export function retryAfter(headers: Record<string, string>, now = Date.now()): number | undefined {
	const value = headers['retry-after']?.trim();
	if (!value) return undefined;
	if (/^\d+$/.test(value)) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The first words of what came, without markup, for an error text. */
export function excerpt(text: string, length = 120): string {
	const words = text
		.replace(/<(style|script|title)[^>]*>[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return words.length > length ? `${words.slice(0, length)}…` : words;
}

/** Names an answer that is not of the provider's form: status, type, first words. */
export function describeAnswer({ status, headers, text }: HttpAnswer): string {
	const type = headers['content-type']?.split(';')[0];
	if (text.trim() === '') return `HTTP ${status} with an empty body`;
	const what = /<(!doctype\s+)?html/i.test(text) ? 'an HTML page' : `a ${type ?? 'nameless'} body`;
	const words = excerpt(text);
	return `HTTP ${status} with ${what}${words && `: "${words}"`}`;
}

/**
 * The failure behind an answer whose body is not what the provider documents. The HTTP status
 * tells the kinds apart.
 */
export function unreadable(answer: HttpAnswer, expected: string): Failure {
	const { status } = answer;
	const message = `Expected ${expected}, got ${describeAnswer(answer)}`;
	const facts = { message, httpStatus: status };
	if (status === 429) {
		const pause = retryAfter(answer.headers);
		return new Failure({
			...facts,
			kind: 'rateLimited',
			retryAfter: pause,
			nothingAccepted: true,
			description: 'The provider is receiving too many requests. Lower the concurrency, or wait.',
		});
	}
	if (status >= 500) {
		return new Failure({
			...facts,
			kind: 'unavailable',
			retryAfter: retryAfter(answer.headers),
			description: 'The provider is out of order. Try again later.',
		});
	}
	if (status === 401 || status === 403) {
		return new Failure({
			...facts,
			kind: 'credential',
			nothingAccepted: true,
			description: 'The provider refuses the credential. Check it, and the Base URL beside it.',
		});
	}
	if (status >= 300) {
		return new Failure({
			...facts,
			kind: 'rejected',
			nothingAccepted: true,
			description:
				status === 404 || status < 400
					? 'Check the Base URL in the credential: this address does not lead to the API.'
					: 'The provider could not use the request. Check the values of this item.',
		});
	}
	return new Failure({
		...facts,
		kind: 'malformed',
		description:
			'Something other than the API answered. Check the Base URL in the credential, and any proxy in between.',
	});
}

/** A string, or a whole number too long for JavaScript to hold exactly. */
const STRING_OR_LONG = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** JSON with long whole numbers (64-bit ids) as strings. @throws SyntaxError */
function parseKeepingLongs(text: string): unknown {
	const keep = (token: string) => (token.startsWith('"') ? token : `"${token}"`);
	return JSON.parse(/\d{16}/.test(text) ? text.replace(STRING_OR_LONG, keep) : text);
}

/** The body as a JSON value, long ids as strings. @throws Failure that names what came */
export function readJson(answer: HttpAnswer): unknown {
	let value: unknown;
	try {
		value = parseKeepingLongs(answer.text.replace(/^\uFEFF/, ''));
	} catch {
		return fail(unreadable(answer, 'JSON'));
	}
	return value;
}
