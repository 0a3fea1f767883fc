import { CAME, fail, Failure } from './errors';
import type { FailureFacts } from './errors';
import { parseJson } from './json';

/** Answers as they come over HTTP, and the failure behind one that is not of a provider's form. */

export interface HttpAnswer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	text: string;
}

/**
 * Retry-After in milliseconds: seconds, of which a part counts as a whole one, or a date. Anything
 * else, and no time at all, means the usual pause.
 */
export function retryAfter(headers: Record<string, string>, now = Date.now()): number | undefined {
	const value = headers['retry-after']?.trim() ?? '';
	if (/^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return Math.ceil(Number(value)) * 1000 || undefined;
	// the three forms of a date in HTTP begin with the name of a day; others are read all the same
	if (!/^[A-Z][a-z]+,? |^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
	const pause = Date.parse(value) - now;
	return pause > 0 ? pause : undefined;
}

/** What is looked at of a long body; its first words stand at the beginning. */
const LOOKED_AT = 20_000;

/** A text without its markup, in one line. Takes time in proportion to the text. */
function words(text: string): string {
	let plain = '';
	let from = 0;
	for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', from)) {
		plain += `${text.slice(from, open)} `;
		const hidden = /^<(style|script|title)[\s>]/i.exec(text.slice(open, open + 8))?.[1];
		const end = hidden ? `</${hidden.toLowerCase()}` : '>';
		const close = (hidden ? text.toLowerCase() : text).indexOf(end, open);
		// a tag that was cut off is all that there is to see
		if (close < 0 && !hidden) plain += text.slice(open);
		const last = close < 0 ? -1 : text.indexOf('>', close);
		from = last < 0 ? text.length : last + 1;
	}
	return (plain + text.slice(from)).replace(/\s+/g, ' ').trim();
}

/** The first words of what came, without markup, for an error text; secrets have to be out of it. */
export function excerpt(text: string, length = 120): string {
	const all = words(text);
	return all.length > length ? `${all.slice(0, length)}…` : all;
}

/** Names an answer that is not of the provider's form: status, type, and where its words belong. */
function describeAnswer({ status, headers, text }: HttpAnswer): string {
	const type = headers['content-type']?.split(';')[0];
	if (text.trim() === '') return `HTTP ${status} with an empty body`;
	const isPage = /<(?:!doctype\s{1,9})?html/i.test(text.slice(0, LOOKED_AT));
	const what = isPage ? 'an HTML page' : `a ${type ?? 'nameless'} body`;
	return `HTTP ${status} with ${what}${words(text.slice(0, LOOKED_AT)) && `: "${CAME}"`}`;
}

/** An answer that is not what was expected, in the terms of a failure. */
export function odd(expected: string, answer: HttpAnswer): Pick<FailureFacts, 'message' | 'came'> {
	return {
		message: `Expected ${expected}, got ${describeAnswer(answer)}`,
		came: [answer.text.slice(0, LOOKED_AT)],
	};
}

/**
 * The failure behind an answer whose body is not what the provider documents. The HTTP status
 * tells the kinds apart.
 */
export function unreadable(answer: HttpAnswer, expected: string): Failure {
	const { status } = answer;
	const facts = { ...odd(expected, answer), httpStatus: status };
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
	// what may have been worked off all the same
	if (status >= 500 || status === 303 || status === 408 || status === 425 || status === 499) {
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

/** The body as a JSON value, long ids as strings. @throws Failure that names what came */
export function readJson(answer: HttpAnswer): unknown {
	let value: unknown;
	try {
		value = parseJson(answer.text);
	} catch {
		return fail(unreadable(answer, 'JSON'));
	}
	return value;
}
