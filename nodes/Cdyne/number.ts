import { throwInvalidInput } from '../shared/errors/failure';
import { quoted } from '../shared/errors/quoted';
import { stripWrapping, repairSpreadsheetNumber } from '../shared/input/normalizeInput';
import { parsePhone } from '../shared/input/phone';

/**
 * A number in CDYNE's form (docs/providers/cdyne.md 8): 11 digits with the leading 1 in North
 * America, the prefix 011 elsewhere. Ten digits without a country code are North American.
 *
 * @throws Failure if the input cannot be a phone number
 */
export function toCdyneNumber(input: string, defaultCountry?: string): string {
	const digits = parsePhone(input, defaultCountry, 'US').slice(1);
	return digits.startsWith('1') ? digits : `011${digits}`;
}

/** Short codes. Those of North American carriers have at most six digits. */
const SHORT_CODE = /^\d{3,8}$/;

/**
 * A sender in CDYNE's form: a number or short code of the account. CDYNE has no sender names.
 *
 * @param label the field's name in the panel
 * @throws Failure if the input is neither a phone number nor a short code
 */
export function toCdyneSender(input: string, label: string, defaultCountry?: string): string {
	const { value, spoilt } = repairSpreadsheetNumber(stripWrapping(input));
	const code = value.replace(/[\s-]/g, '');
	if (!spoilt && SHORT_CODE.test(code)) return code;
	if (/\p{L}/u.test(value) && !spoilt) {
		throwInvalidInput(
			`${label} ${quoted(input)} is neither a phone number nor a short code`,
			'CDYNE sends from numbers only. Enter one of your numbers or short codes in digits.',
		);
	}
	return toCdyneNumber(input, defaultCountry);
}
