import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';
import { failInput } from './errors';

/** A phone number in E.164: `+`, country code, number. */
export type E164 = `+${string}`;

/**
 * Reads a number as people write it (`+1 (757) 544-9510`, `0044 20 ...`). Digits without `+` are
 * read in `defaultCountry` if there is one, else as an international number. The number must be
 * possible (length, country code); whether it is assigned, the provider knows better.
 *
 * @param defaultCountry ISO 3166-1 alpha-2
 * @throws Failure that says what came, what was expected and what to do
 */
export function parsePhone(input: string, defaultCountry?: string): E164 {
	const text = input.trim();
	if (text === '') {
		failInput('The phone number is empty', 'Give a number such as +1 757 544 9510.');
	}
	const country = defaultCountry?.trim().toUpperCase() || undefined;
	if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
		failInput(
			`"${defaultCountry}" is not a country code`,
			'Give Default Country as two letters, such as US or IT.',
		);
	}
	const international = text.startsWith('+') || country ? text : `+${text.replace(/^00/, '')}`;
	const number = parsePhoneNumberFromString(international, {
		defaultCountry: country as CountryCode | undefined,
		extract: false,
	});
	if (!number?.isPossible()) {
		failInput(
			`"${input}" cannot be a phone number: its length or country code is impossible`,
			country
				? `Give it in international form, such as +1 757 544 9510, or as it is dialled in ${country}.`
				: 'Give it in international form, such as +1 757 544 9510, or set Default Country in the options.',
		);
	}
	return number.number as E164;
}

/**
 * The parts of a list: an array from an expression, or text separated by commas, semicolons or
 * line breaks. Empty parts are left out.
 */
export function splitList(value: unknown): string[] {
	const parts = Array.isArray(value) ? value : String(value ?? '').split(/[,;\n]/);
	return parts.map((part) => String(part).trim()).filter((part) => part !== '');
}
