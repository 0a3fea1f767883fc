import { throwInvalidInput } from '../shared/errors/failure';
import { quoted } from '../shared/errors/quoted';
import { stripWrapping, repairSpreadsheetNumber } from '../shared/input/normalizeInput';
import { parsePhone } from '../shared/input/phone';

/**
 * A number in Skycore's format: only the digits of the international number
 * (docs/providers/skycore.md 1.4). INFERRED: ten digits are a North American number, as Skycore
 * serves North America.
 *
 * @throws Failure if it is not a number, or more than one
 */
export function toSkycoreNumber(input: string, defaultCountry?: string): string {
	return parsePhone(input, defaultCountry, 'US').slice(1);
}

/** A short or long code without punctuation, with its leading zeros. @throws Failure if invalid */
export function toSkycoreSender(input: string): string {
	const { value, spoilt } = repairSpreadsheetNumber(stripWrapping(input));
	const code = value.replace(/[\s().+-]/g, '');
	if (spoilt || !/^\d{1,15}$/.test(code)) {
		throwInvalidInput(
			code === '' ? 'From is empty' : `${quoted(input)} in From is not a short code or long code`,
			'Enter a number of your account in digits, such as 60856. To show a name instead, use From Mask in the options.',
		);
	}
	return code;
}
