/** What stands where a secret was. */
export const MASK = '***';

/** Shorter ones would tear holes into texts that are not secret; they travel in headers only. */
const SHORTEST_SECRET = 5;

function escapeForRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The ways in which a secret turns up in URLs, JSON, XML and Basic headers. */
function spellings(secret: string): string[] {
	const json = JSON.stringify(secret).slice(1, -1);
	return [
		secret,
		encodeURIComponent(secret),
		new URLSearchParams({ s: secret }).toString().slice(2),
		json,
		json.replace(/\//g, '\\/'),
		secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
		Buffer.from(secret).toString('base64'),
	];
}

export type Redact = <T>(value: T) => T;

/**
 * Makes a function that takes the secrets out of a value: a string, or any JSON value (a copy;
 * what holds no secret comes back as it is). Case does not matter, since providers write license
 * keys in either case.
 */
export function redactor(secrets: ReadonlyArray<string | undefined>): Redact {
	const words = new Set<string>();
	for (const secret of secrets) {
		if (secret && secret.length >= SHORTEST_SECRET) spellings(secret).forEach((w) => words.add(w));
	}
	if (words.size === 0) return (value) => value;
	// longest first, so that an encoded form is not left half masked
	const alternatives = [...words].sort((a, b) => b.length - a.length).map(escapeForRegExp);
	const pattern = new RegExp(alternatives.join('|'), 'gi');

	const redact = (value: unknown): unknown => {
		if (typeof value === 'string') return value.replace(pattern, MASK);
		if (Array.isArray(value)) return value.map(redact);
		if (value !== null && typeof value === 'object') {
			// dates and the like have no fields to look into
			if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
			return Object.fromEntries(
				Object.entries(value).map(([key, inner]) => [key.replace(pattern, MASK), redact(inner)]),
			);
		}
		return value;
	};
	return redact as Redact;
}
