import { throwInvalidInput } from '../shared/errors/failure';
import { quoted } from '../shared/errors/quoted';
import { type E164, toE164 } from '../shared/formats/phoneNumber';
import { textOrNull } from '../shared/formats/values';
import { stripWrapping, repairSpreadsheetNumber } from '../shared/input/normalizeInput';
import { parsePhone } from '../shared/input/phone';

/** A phone number. Ten digits without a country code are North American. @throws Failure */
export function parseNumber(input: string, defaultCountry?: string): E164 {
	return parsePhone(input, defaultCountry, 'US');
}

/**
 * A number in CDYNE's form (docs/providers/cdyne.md 8): 11 digits with the leading 1 in North
 * America, the prefix 011 elsewhere. A short code stays as it is.
 */
export function toCdyneForm(number: string): string {
	if (!number.startsWith('+')) return number;
	return number.startsWith('+1') ? number.slice(1) : `011${number.slice(1)}`;
}

/** A number in any of CDYNE's forms in E.164; a short code or a name is returned unchanged. */
export function fromCdyneForm(number: unknown): string | null {
	return toE164(textOrNull(number)?.trim() ?? null, 'US') || null;
}

/** Short codes. Those of North American carriers have at most six digits. */
const SHORT_CODE = /^\d{3,8}$/;

/**
 * A sender: a number in E.164, or a short code of the account. CDYNE has no sender names.
 *
 * @param label the field's name in the panel
 * @throws Failure if the input is neither a phone number nor a short code
 */
export function parseSender(input: string, label: string, defaultCountry?: string): string {
	const { value, spoilt } = repairSpreadsheetNumber(stripWrapping(input));
	const code = value.replace(/[\s-]/g, '');
	if (!spoilt && SHORT_CODE.test(code)) return code;
	if (/\p{L}/u.test(value) && !spoilt) {
		throwInvalidInput(
			`${label} ${quoted(input)} is neither a phone number nor a short code`,
			'CDYNE sends from numbers only. Enter one of your numbers or short codes in digits.',
		);
	}
	return parseNumber(input, defaultCountry);
}
