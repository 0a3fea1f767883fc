/** What stands where a secret was. */
const MASK = '***';

/** Shorter ones are no secrets; they travel in headers only. */
const SHORTEST_SECRET = 5;

/**
 * Shorter ones may be parts of numbers and words: they are masked only where they stand alone in an
 * error or an address, never in what people wrote.
 */
const LONG_SECRET = 16;

/** What a shorter one becomes in base64 may be any word. */
const LONG_IN_BASE64 = 8;

const NAMED: ReadonlyMap<string, string> = new Map([
	['&', 'amp'],
	['<', 'lt'],
	['>', 'gt'],
	['"', 'quot'],
	["'", 'apos'],
]);

function escapeForRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

const hex = (number: number, length: number) => number.toString(16).padStart(length, '0');

/** A percent sign, encoded up to five times; a bound keeps the search linear. */
const PERCENT = '%(?:25){0,4}';
/** The backslashes of nested JSON. */
const BACKSLASHES = '\\\\{1,8}';

/** All ways in which URLs, JSON, XML and forms write a character. */
function spellingsOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const bytes = [...Buffer.from(character)].map((byte) => `${PERCENT}${hex(byte, 2)}`).join('');
	const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
	const json = units.map((unit) => `${BACKSLASHES}u${hex(unit, 4)}`).join('');
	const ways = [
		escapeForRegExp(character),
		bytes,
		json,
		`&#0{0,6}${code};`,
		`&#x0{0,6}${hex(code, 1)};`,
	];
	if (code < 256) ways.push(`${BACKSLASHES}x${hex(code, 2)}`);
	const name = NAMED.get(character);
	if (name) ways.push(`&${name};`);
	if (character === ' ') ways.push('\\+');
	if (/["\\/']/.test(character)) ways.push(`${BACKSLASHES}${escapeForRegExp(character)}`);
	return `(?:${ways.join('|')})`;
}

/** A character of base64, also of its form for addresses, as it is and encoded. */
function base64Spelling(character: string): string {
	if (character === '+') return '(?:[+-]|%2B)';
	return character === '/' ? '(?:[/_]|%2F|\\/)' : character;
}

/**
 * What of a secret stands in base64, as in a Basic header, wherever it begins among the three bytes
 * that make four characters.
 */
function base64Patterns(secret: string): string[] {
	return [0, 1, 2].map((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		const whole = bytes.toString('base64').replace(/={1,2}$/, '');
		// the first and the last character hold bits of what is around
		const from = [0, 2, 3][before];
		const to = bytes.length % 3 === 0 ? whole.length : whole.length - 1;
		return [...whole.slice(from, to)].map(base64Spelling).join('');
	});
}

const GUID = /^\{?[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}\}?$/i;

/** A secret of characters that are each written in some way; a GUID also without its dashes. */
function patternOf(secret: string, spell: (character: string) => string): string {
	if (!GUID.test(secret)) return [...secret].map(spell).join('');
	return [...secret.replace(/[{}-]/g, '')].map(spell).join(`(?:${spell('-')})?`);
}

export type Redact = <T>(value: T) => T;

/** Where short secrets count: in an address that somebody may have put one into. */
const ADDRESS = /:\/\/|[?&]token=/i;

/** Signs of an encoding; most values have none, and need no search for encoded secrets. */
const ENCODED = /[%\\&]/;
/** Of a secret with a blank, which a form writes as a plus. */
const ENCODED_OR_PLUS = /[%\\&+]/;

/** Takes patterns out of a text: as they are, and where it has signs of an encoding in every spelling. */
function masker(
	secrets: string[],
	{ alone, more = [] }: { alone: boolean; more?: string[] },
): (text: string) => string {
	if (secrets.length === 0 && more.length === 0) return (text) => text;
	const compile = (spell: (character: string) => string, others: string[]) => {
		const patterns = [...secrets.map((secret) => patternOf(secret, spell)), ...others];
		const any = patterns.join('|');
		return alone
			? new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'giu')
			: new RegExp(any, 'gi');
	};
	const plain = compile(escapeForRegExp, more);
	const signs = secrets.some((secret) => secret.includes(' ')) ? ENCODED_OR_PLUS : ENCODED;
	// large, and rarely needed
	let encoded: RegExp | undefined;
	return (text) => {
		const masked = text.replace(plain, MASK);
		if (!signs.test(masked) || secrets.length === 0) return masked;
		encoded ??= compile(spellingsOf, []);
		return masked.replace(encoded, MASK);
	};
}

/**
 * Makes a function that takes the secrets out of a value: a string, or any JSON value (a copy
 * where it holds one, else the value itself). Case does not matter, since providers write license
 * keys in either case.
 */
export function redactor(secrets: ReadonlyArray<string | undefined>): Redact {
	const known = [...new Set(secrets.map((secret) => secret?.trim() ?? ''))].filter(
		(secret) => secret.length >= SHORTEST_SECRET,
	);
	if (known.length === 0) return (value) => value;
	// longest first, so that a secret that holds another is masked whole
	known.sort((a, b) => b.length - a.length);
	const long = known.filter((secret) => secret.length >= LONG_SECRET);
	const short = known.filter((secret) => secret.length < LONG_SECRET);
	const more = known.filter((secret) => secret.length >= LONG_IN_BASE64).flatMap(base64Patterns);
	const everywhere = masker(long, { alone: false, more });
	const asWord = masker(short, { alone: true });
	const inText = (value: string) => asWord(everywhere(value));
	const inData = (value: string) => {
		// most names and words are shorter than whatever is looked for
		if (value.length < LONG_IN_BASE64) return value;
		return ADDRESS.test(value) ? inText(value) : everywhere(value);
	};

	const redactData = (value: unknown): unknown => {
		if (typeof value === 'string') return inData(value);
		if (Array.isArray(value)) {
			const list = value.map(redactData);
			return list.some((inner, index) => inner !== value[index]) ? list : value;
		}
		if (value !== null && typeof value === 'object') {
			// dates and the like have no fields to look into
			if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
			let isMasked = false;
			const members = Object.entries(value).map(([key, inner]): [string, unknown] => {
				const member: [string, unknown] = [inData(key), redactData(inner)];
				isMasked ||= member[0] !== key || member[1] !== inner;
				return member;
			});
			return isMasked ? Object.fromEntries(members) : value;
		}
		return value;
	};
	const redact = (value: unknown) =>
		typeof value === 'string' ? inText(value) : redactData(value);
	return redact as Redact;
}
