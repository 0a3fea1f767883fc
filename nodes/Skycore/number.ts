import { failInput } from '../shared/errors';
import { bare, quoted, withoutFraction } from '../shared/pasted';
import { parsePhone } from '../shared/phone';

/**
 * A number in Skycore's form: the digits of the international number alone (docs/providers/skycore.md 1.4). It
 * serves North America, so ten digits alone are of there.
 *
 * @throws Failure where the number cannot be one, or where there are several
 */
export function toSkycoreNumber(input: string, defaultCountry?: string): string {
	return parsePhone(input, defaultCountry, 'US').slice(1);
}

/**
 * A short or long code of the account, without the marks that people put in; leading zeros stay.
 *
 * @throws Failure where it is none
 */
export function toSkycoreSender(input: string): string {
	const { value, spoilt } = withoutFraction(bare(input));
	const code = value.replace(/[\s().+-]/g, '');
	if (spoilt || !/^\d{1,15}$/.test(code)) {
		failInput(
			code === '' ? 'From is empty' : `${quoted(input)} in From is not a short or long code`,
			'Give a number of your account in digits, such as 60856. A name to show in its place goes into From Mask in the options.',
		);
	}
	return code;
}
