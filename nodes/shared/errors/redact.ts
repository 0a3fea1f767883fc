const MASK = '***';

/** Shorter values are not masked: they are sent in headers only. */
const MIN_SECRET_LENGTH = 5;

/**
 * Shorter secrets may be parts of numbers and words. They are masked only as whole words in errors
 * and URLs, never in what people wrote.
 */
const LONG_SECRET_LENGTH = 16;

/** The base64 form of a shorter secret may be any word. */
const MIN_BASE64_SECRET_LENGTH = 8;

const NAMED_ENTITIES = new Map(
	Object.entries({ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }),
);

function escapeForRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

const hex = (number: number, length: number) => number.toString(16).padStart(length, '0');

/** A percent sign, encoded up to five times. The bound keeps the search linear. */
const PERCENT = '%(?:25){0,4}';
/** The backslashes before an escape in nested JSON. */
const BACKSLASHES = '\\\\{1,8}';

/** A pattern of all the ways in which URLs, JSON, XML and forms write a character. */
function spellingsOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const bytes = [...Buffer.from(character)].map((byte) => `${PERCENT}${hex(byte, 2)}`).join('');
	const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
	const json = units.map((unit) => `${BACKSLASHES}u${hex(unit, 4)}`).join('');
	const spellings = [
		escapeForRegExp(character),
		bytes,
		json,
		`&#0{0,6}${code};`,
		`&#x0{0,6}${hex(code, 1)};`,
	];
	if (code < 256) spellings.push(`${BACKSLASHES}x${hex(code, 2)}`);
	const name = NAMED_ENTITIES.get(character);
	if (name) spellings.push(`&${name};`);
	if (character === ' ') spellings.push('\\+');
	if (/["\\/']/.test(character)) {
		spellings.push(`${BACKSLASHES}${escapeForRegExp(character)}`);
	}
	return `(?:${spellings.join('|')})`;
}

/** A pattern of a base64 character: in base64, in base64url, and percent-encoded. */
function base64Spelling(character: string): string {
	if (character === '+') return '(?:[+-]|%2B)';
	return character === '/' ? '(?:[/_]|%2F|\\/)' : character;
}

/**
 * Patterns of a secret inside a base64 text, such as a Basic header: one for each position at which
 * it can begin within the three bytes that four characters encode.
 */
function base64Patterns(secret: string): string[] {
	return [0, 1, 2].map((offset) => {
		const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
		const encoded = bytes.toString('base64').replace(/={1,2}$/, '');
		// the first and the last character also encode bits of the neighboring bytes
		const from = [0, 2, 3][offset];
		const to = bytes.length % 3 === 0 ? encoded.length : encoded.length - 1;
		return [...encoded.slice(from, to)].map(base64Spelling).join('');
	});
}

const GUID = /^\{?[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}\}?$/i;

/** A pattern of a secret, spelled by `spell`. The dashes of a GUID are optional. */
function patternOf(secret: string, spell: (character: string) => string): string {
	if (!GUID.test(secret)) return [...secret].map(spell).join('');
	return [...secret.replace(/[{}-]/g, '')].map(spell).join(`(?:${spell('-')})?`);
}

export type Redact = <T>(value: T) => T;

/** A URL, in which somebody may have put a short secret as the token. */
const LOOKS_LIKE_URL = /:\/\/|[?&]token=/i;

/** A value without these characters contains no encoded secret. Most values have none. */
const ENCODED = /[%\\&]/;
/** The same for a secret with a space, which a form writes as a plus. */
const ENCODED_OR_PLUS = /[%\\&+]/;

/** Masks secrets in a text: as they are and, if the text may be encoded, in every spelling. */
function masker(
	secrets: string[],
	{ asWord, morePatterns = [] }: { asWord: boolean; morePatterns?: string[] },
): (text: string) => string {
	if (secrets.length === 0 && morePatterns.length === 0) return (text) => text;
	const compile = (spell: (character: string) => string, added: string[]) => {
		const patterns = [...secrets.map((secret) => patternOf(secret, spell)), ...added];
		const any = patterns.join('|');
		return asWord
			? new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu')
			: new RegExp(any, 'gi');
	};
	const plain = compile(escapeForRegExp, morePatterns);
	const mayBeEncoded = secrets.some((secret) => secret.includes(' ')) ? ENCODED_OR_PLUS : ENCODED;
	// compiled when first needed: it is large, and most runs never need it
	let encoded: RegExp | undefined;
	return (text) => {
		const masked = text.replace(plain, MASK);
		if (!mayBeEncoded.test(masked) || secrets.length === 0) return masked;
		encoded ??= compile(spellingsOf, []);
		return masked.replace(encoded, MASK);
	};
}

/**
 * A function that masks the secrets in a string or in any JSON value. A value with a secret is
 * copied, any other is returned as it is. Case is ignored, since providers write license keys in
 * either case.
 */
export function redactor(secrets: ReadonlyArray<string | undefined>): Redact {
	const usable = [...new Set(secrets.map((secret) => secret?.trim() ?? ''))].filter(
		(secret) => secret.length >= MIN_SECRET_LENGTH,
	);
	if (usable.length === 0) return (value) => value;
	// longest first, so that a secret that contains another is masked completely
	usable.sort((a, b) => b.length - a.length);
	const long = usable.filter((secret) => secret.length >= LONG_SECRET_LENGTH);
	const short = usable.filter((secret) => secret.length < LONG_SECRET_LENGTH);
	const base64 = usable
		.filter((secret) => secret.length >= MIN_BASE64_SECRET_LENGTH)
		.flatMap(base64Patterns);
	const maskAnywhere = masker(long, { asWord: false, morePatterns: base64 });
	const maskWords = masker(short, { asWord: true });
	const redactText = (value: string) => maskWords(maskAnywhere(value));
	const redactDataText = (value: string) => {
		// most names and words are too short to contain anything that is masked in data
		if (value.length < MIN_BASE64_SECRET_LENGTH) return value;
		return LOOKS_LIKE_URL.test(value) ? redactText(value) : maskAnywhere(value);
	};

	const redactData = (value: unknown): unknown => {
		if (typeof value === 'string') return redactDataText(value);
		if (Array.isArray(value)) {
			const list = value.map(redactData);
			return list.some((inner, index) => inner !== value[index]) ? list : value;
		}
		if (value !== null && typeof value === 'object') {
			// a date or the like, whose fields are not its data
			if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
			let isMasked = false;
			const members = Object.entries(value).map(([key, inner]): [string, unknown] => {
				const member: [string, unknown] = [redactDataText(key), redactData(inner)];
				isMasked ||= member[0] !== key || member[1] !== inner;
				return member;
			});
			return isMasked ? Object.fromEntries(members) : value;
		}
		return value;
	};
	const redact = (value: unknown) =>
		typeof value === 'string' ? redactText(value) : redactData(value);
	return redact as Redact;
}

/** The query parameters by which n8n and these triggers recognize who may post to a URL. */
const SECRET_PARAMETERS = ['signature', 'token'];

/** The secrets that became known during a run, by n8n's context of that run. */
const secretsByRun = new WeakMap<object, Set<string>>();

/**
 * Masks the secrets of a URL in everything that the provider returns in this run. For each URL that
 * is handed to a provider, because the provider may echo it.
 *
 * @param parameters the query parameters that are secret
 * @returns the URL, unchanged
 */
export function maskUrlSecrets(
	context: object,
	url: string,
	parameters: readonly string[] = SECRET_PARAMETERS,
): string {
	const known = secretsByRun.get(context) ?? new Set();
	const { searchParams } = new URL(url);
	for (const secret of parameters.flatMap((name) => searchParams.getAll(name))) known.add(secret);
	secretsByRun.set(context, known);
	return url;
}

/** A redactor for these secrets, and for those that become known during the run. */
export function redactorForRun(
	context: object,
	secrets: ReadonlyArray<string | undefined>,
): Redact {
	let added = 0;
	let redact = redactor(secrets);
	return (value) => {
		const known = secretsByRun.get(context);
		if (known && known.size > added) {
			added = known.size;
			redact = redactor([...secrets, ...known]);
		}
		return redact(value);
	};
}
