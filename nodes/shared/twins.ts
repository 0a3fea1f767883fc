import { isGsm } from './segments';

/** Signs that the GSM alphabet lacks, as the ones of it that look and mean the same. */

const TWINS: ReadonlyMap<string, string> = new Map(
	Object.entries({
		// quotes
		'\u2018': "'",
		'\u2019': "'",
		'\u201A': "'",
		'\u201B': "'",
		'\u2032': "'",
		'\u2035': "'",
		'\u02BC': "'",
		'\u02B9': "'",
		'\u00B4': "'",
		'\u0060': "'",
		'\u201C': '"',
		'\u201D': '"',
		'\u201E': '"',
		'\u201F': '"',
		'\u2033': '"',
		'\u2036': '"',
		'\u00AB': '"',
		'\u00BB': '"',
		'\u2039': "'",
		'\u203A': "'",
		'\u301D': '"',
		'\u301E': '"',
		// hyphens and dashes
		'\u2010': '-',
		'\u2011': '-',
		'\u2012': '-',
		'\u2013': '-',
		'\u2014': '-',
		'\u2015': '-',
		'\u2043': '-',
		'\u2212': '-',
		'\uFE58': '-',
		'\uFE63': '-',
		// dots, bullets and marks
		'\u2026': '...',
		'\u22EF': '...',
		'\u2022': '*',
		'\u2023': '*',
		'\u25AA': '*',
		'\u25CF': '*',
		'\u25E6': '*',
		'\u2219': '*',
		'\u00B7': '*',
		'\u2024': '.',
		'\u2044': '/',
		'\u2215': '/',
		'\u2236': ':',
		'\u203C': '!!',
		'\u2047': '??',
		'\u2048': '?!',
		'\u2049': '!?',
		// blanks and line ends
		'\t': ' ',
		'\u2028': '\n',
		'\u2029': '\n',
		'\u0085': '\n',
		// ligatures
		'\uFB00': 'ff',
		'\uFB01': 'fi',
		'\uFB02': 'fl',
		'\uFB03': 'ffi',
		'\uFB04': 'ffl',
		'\uFB05': 'st',
		'\uFB06': 'st',
		'\u0132': 'IJ',
		'\u0133': 'ij',
		// letters and units that are written as others
		'\u212A': 'K',
		'\u212B': 'Å',
		'\u2126': 'Ω',
		'\u2206': 'Δ',
		'\u2116': 'No',
	}),
);

/** Nothing of it shows, outside what it joins. */
const INVISIBLE = /^[\u200B\u2060\uFEFF\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069]$/;

/** The twin of one character; itself where it has none. */
function twinOf(character: string): string {
	if (isGsm(character)) return character;
	const twin = TWINS.get(character);
	if (twin !== undefined) return twin;
	if (INVISIBLE.test(character)) return '';
	if (/^\p{Zs}$/u.test(character)) return ' ';
	// full-width forms, and letters put together of a letter and its accent
	const plain = character.normalize('NFKC');
	const isForm = /^[\uFF01-\uFF5E\uFFE0-\uFFE6]$/.test(character);
	return isForm && isGsm(plain) ? plain : character;
}

/**
 * A text with the plain twins of typographic signs. What has no faithful twin, such as an emoji or a
 * letter of another script, stays; of those that belong together, such as an emoji and what joins
 * it, all do.
 */
export function withTwins(text: string): string {
	const composed = text.normalize('NFC');
	return [...composed].map(twinOf).join('');
}
