import { throwInvalidInput } from '../shared/errors/failure';
import { quoted } from '../shared/errors/quoted';
import { type E164, toE164 } from '../shared/formats/phoneNumber';
import { stripWrapping, repairSpreadsheetNumber } from '../shared/input/normalizeInput';
import { parsePhone } from '../shared/input/phone';

/**
 * A phone number. INFERRED: ten digits are a North American number, as Skycore serves North America.
 *
 * @throws Failure if it is not a number, or more than one
 */
export function parseNumber(input: string, defaultCountry?: string): E164 {
	return parsePhone(input, defaultCountry, 'US');
}

/** Skycore's form of a number: only the digits (docs/providers/skycore.md 1.4). */
export function toSkycoreForm(number: string): string {
	return number.replace('+', '');
}

/** A number in Skycore's form in E.164; a short code or a name is returned unchanged. */
export function fromSkycoreForm<T extends string | null>(number: T): T | E164 {
	return toE164(number, 'US', true);
}

/**
 * The recipient in the response to a send. It is most likely the number that was sent to, which needs
 * no parsing.
 *
 * @param sentTo E.164
 */
export function recipientIn(number: string | null, sentTo?: string | null): string | null {
	if (number === null) return sentTo ?? null;
	return sentTo && number === toSkycoreForm(sentTo) ? sentTo : fromSkycoreForm(number);
}

/** A short or long code without punctuation, with its leading zeros. @throws Failure if invalid */
export function parseSender(input: string): string {
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
