import { isGsm } from '../model/segments';

/** GSM characters, and the characters outside the GSM alphabet that look like and mean the same. */
const LOOK_ALIKES = {
	"'": '\u2018\u2019\u201A\u201B\u2032\u2035\u02BC\u02B9\u00B4\u0060\u2039\u203A',
	'"': '\u201C\u201D\u201E\u201F\u2033\u2036\u00AB\u00BB\u301D\u301E',
	'-': '\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\uFE58\uFE63',
	'*': '\u2022\u2023\u25AA\u25CF\u25E6\u2219\u00B7',
	'...': '\u2026\u22EF',
	'.': '\u2024',
	'/': '\u2044\u2215',
	':': '\u2236',
	'!!': '\u203C',
	'??': '\u2047',
	'?!': '\u2048',
	'!?': '\u2049',
	' ': '\t',
	'\n': '\u2028\u2029\u0085',
	// ligatures
	ff: '\uFB00',
	fi: '\uFB01',
	fl: '\uFB02',
	ffi: '\uFB03',
	ffl: '\uFB04',
	st: '\uFB05\uFB06',
	IJ: '\u0132',
	ij: '\u0133',
	// letters and units that are written with other letters
	K: '\u212A',
	Å: '\u212B',
	Ω: '\u2126',
	Δ: '\u2206',
	No: '\u2116',
};

const REPLACEMENTS = new Map(
	Object.entries(LOOK_ALIKES).flatMap(([plain, characters]) =>
		[...characters].map((character): [string, string] => [character, plain]),
	),
);

/** A dot between two letters, as in Catalan (`col·legi`). Elsewhere it is a bullet. */
const DOT_IN_WORD = /(?<=\p{L})[\u00B7\u2027\u2219](?=\p{L})/gu;

/** Invisible characters, except the joiners inside emoji and letters. */
const INVISIBLE = /^[\u200B\u2060\uFEFF\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069]$/;

/** The replacement of a character; the character itself if it has none. */
function replacementOf(character: string): string {
	if (isGsm(character)) return character;
	const replacement = REPLACEMENTS.get(character);
	if (replacement !== undefined) return replacement;
	if (INVISIBLE.test(character)) return '';
	if (/^\p{Zs}$/u.test(character)) return ' ';
	const isFullWidth = /^[\uFF01-\uFF5E\uFFE0-\uFFE6]$/.test(character);
	const halfWidth = character.normalize('NFKC');
	return isFullWidth && isGsm(halfWidth) ? halfWidth : character;
}

/**
 * Replaces typographic characters with the plain GSM characters that they look like. Characters
 * without a faithful replacement stay, such as emoji with their joiners and letters of other
 * scripts.
 */
export function withGsmReplacements(text: string): string {
	const words = text.normalize('NFC').replace(DOT_IN_WORD, '.');
	return [...words].map(replacementOf).join('');
}
