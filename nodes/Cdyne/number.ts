import { failInput } from '../shared/errors';
import { bare, quoted, withoutFraction } from '../shared/pasted';
import { parsePhone } from '../shared/phone';

/**
 * A number in CDYNE's form (docs/providers/cdyne.md 8): North American ones as 11 digits with the
 * leading 1, others with the prefix 011. Ten digits alone are North American.
 *
 * @throws Failure where the number cannot be one
 */
export function toCdyneNumber(input: string, defaultCountry?: string): string {
	const digits = parsePhone(input, defaultCountry, 'US').slice(1);
	return digits.startsWith('1') ? digits : `011${digits}`;
}

/** Short codes; the longest that any North American carrier has are six digits. */
const SHORT_CODE = /^\d{3,8}$/;

/**
 * A number or short code of the account in CDYNE's form. It has no names of senders.
 *
 * @param label as the panel shows the field
 * @throws Failure where it is neither
 */
export function toCdyneSender(input: string, label: string, defaultCountry?: string): string {
	const { value, spoilt } = withoutFraction(bare(input));
	const code = value.replace(/[\s-]/g, '');
	if (!spoilt && SHORT_CODE.test(code)) return code;
	if (/\p{L}/u.test(value) && !spoilt) {
		failInput(
			`${label} ${quoted(input)} is neither a phone number nor a short code`,
			'CDYNE sends from numbers only. Give one of your numbers or short codes in digits.',
		);
	}
	return toCdyneNumber(input, defaultCountry);
}
