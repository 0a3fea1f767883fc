import { trimOf } from './trim';

/** Values as they come from contacts, web pages and spreadsheets: what one sees is not all there is. */

/** Formatting characters, variation selectors and the grapheme joiner: nothing of them shows. */
const INVISIBLE = /[\p{Cf}\u034F\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/** What a keyboard has: nothing in it needs another form. */
const PLAIN = /^[ -~]*$/;

/** Zeros of scripts whose digits people type numbers with. */
const ZEROS = [0x0660, 0x06f0, 0x0966];

function asciiDigit(digit: string): string {
	const code = digit.codePointAt(0) ?? 0;
	const zero = ZEROS.find((one) => code >= one && code < one + 10);
	return zero === undefined ? digit : String(code - zero);
}

/**
 * A value without what cannot be seen: compatibility forms as plain ones, every blank and hyphen as
 * the one of the keyboard, digits as 0 to 9, nothing around it.
 */
export function asTyped(input: string): string {
	if (PLAIN.test(input)) return input.trim();
	return input
		.normalize('NFKC')
		.replace(INVISIBLE, '')
		.replace(/\p{Zs}/gu, ' ')
		.replace(/[\p{Pd}\u2212\u2043\u02D7]/gu, '-')
		.replace(/\p{Nd}/gu, asciiDigit)
		.trim();
}

const QUOTE = /[\s"'`´‘’‚‛“”„‟«»]/u;

/** The same without quotes around it, the apostrophe of a spreadsheet, and a scheme such as `tel:`. */
export function bare(input: string): string {
	return trimOf(asTyped(input).replace(/^=(?=["'])/, ''), QUOTE)
		.replace(/^(?:tel|sms|smsto|callto):(?:\/\/)?/i, '')
		.trim();
}

/** What a spreadsheet makes of a number. */
type Decimal = 'fraction' | 'exponent';

/**
 * Whole digits that became a decimal in a spreadsheet: with a fraction of zeros they are as good as
 * before. Digits with a leading zero are no decimal, nor are short groups with dots between them.
 *
 * @returns the digits, or how they are spoilt
 */
export function withoutFraction(value: string): { value: string; spoilt?: Decimal } {
	if (/^[+-]?\d{1,20}(?:[.,]\d{0,20})?e[+-]?\d{1,4}$/i.test(value)) {
		return { value, spoilt: 'exponent' };
	}
	const [, whole, fraction] = /^(\+?[1-9]\d{4,20})[.,](\d{1,20})$/.exec(value) ?? [];
	if (whole === undefined) return { value };
	if (/^0+$/.test(fraction)) return { value: whole };
	// a comma parts two numbers rather than a number and its fraction
	return value.includes(',') ? { value } : { value, spoilt: 'fraction' };
}

/** A value in a message: what is too long to be one is not repeated. */
export function quoted(value: unknown): string {
	const text = String(value);
	return text.length > 200 ? `a text of ${text.length} characters` : `"${text}"`;
}
