import { trimOf } from '../formats/values';

/** Cleans values that were pasted from contacts, web pages and spreadsheets. */

/** Invisible: formatting characters, variation selectors and the grapheme joiner. */
const INVISIBLE = /[\p{Cf}\u034F\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/** Printable ASCII needs no normalization. */
const PRINTABLE_ASCII = /^[ -~]*$/;

/** The zeros of other scripts in which people type numbers. */
const ZEROS = [0x0660, 0x06f0, 0x0966];

function asciiDigit(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	const zero = ZEROS.find((start) => code >= start && code < start + 10);
	return zero === undefined ? digit : String(code - zero);
}

/**
 * A trimmed value in which invisible characters are removed, and compatibility forms, spaces,
 * hyphens and digits are replaced with those of ASCII.
 */
export function normalizeInput(input: string): string {
	if (PRINTABLE_ASCII.test(input)) return input.trim();
	return input
		.normalize('NFKC')
		.replace(INVISIBLE, '')
		.replace(/\p{Zs}/gu, ' ')
		.replace(/[\p{Pd}\u2212\u2043\u02D7]/gu, '-')
		.replace(/\p{Nd}/gu, asciiDigit)
		.trim();
}

const QUOTE = /[\s"'`´‘’‚‛“”„‟«»]/u;

/** The same without surrounding quotes, a spreadsheet's apostrophe, and a scheme like `tel:`. */
export function stripWrapping(input: string): string {
	return trimOf(normalizeInput(input).replace(/^=(?=["'])/, ''), QUOTE)
		.replace(/^(?:tel|sms|smsto|callto):(?:\/\/)?/i, '')
		.trim();
}

/** How a spreadsheet has changed a number so that its digits are lost. */
type SpreadsheetDamage = 'fraction' | 'exponent';

/**
 * Repairs digits that a spreadsheet has turned into a decimal. A fraction of zeros is removed.
 * Digits with a leading zero and short groups with dots between them are not decimals.
 *
 * @returns the value, repaired if necessary, and how it is spoilt if it cannot be repaired
 */
export function repairSpreadsheetNumber(value: string): {
	value: string;
	spoilt?: SpreadsheetDamage;
} {
	if (/^[+-]?\d{1,20}(?:[.,]\d{0,20})?e[+-]?\d{1,4}$/i.test(value)) {
		return { value, spoilt: 'exponent' };
	}
	const [, whole, fraction] = /^(\+?[1-9]\d{4,20})[.,](\d{1,20})$/.exec(value) ?? [];
	if (whole === undefined) return { value };
	if (/^0+$/.test(fraction)) return { value: whole };
	// a comma more likely separates two numbers
	return value.includes(',') ? { value } : { value, spoilt: 'fraction' };
}
