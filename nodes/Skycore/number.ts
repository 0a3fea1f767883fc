import { failInput } from '../shared/errors';
import { parsePhone, splitList } from '../shared/phone';

/**
 * A number in Skycore's form: the digits of the international number alone (skycore.md 1.4).
 *
 * @throws Failure where the number cannot be one, or where there are several
 */
export function toSkycoreNumber(input: string, defaultCountry?: string): string {
	const { length } = splitList(input);
	if (length > 1) {
		failInput(
			`"${input}" are ${length} numbers, and Skycore takes one per call`,
			'Give one number. For several recipients use one item each, or a subscriber reference.',
		);
	}
	return parsePhone(input, defaultCountry).slice(1);
}

/**
 * A short or long code of the account, without the marks that people put in; leading zeros stay.
 *
 * @throws Failure where it is none
 */
export function toCode(input: string): string {
	const code = input.replace(/[\s().+-]/g, '');
	if (!/^\d+$/.test(code)) {
		failInput(
			code === '' ? 'From is empty' : `"${input}" in From is not a short or long code`,
			'Give a number of your account in digits, such as 60856. A name to show in its place goes into From Mask in the options.',
		);
	}
	return code;
}
