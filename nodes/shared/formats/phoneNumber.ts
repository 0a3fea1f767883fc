import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A phone number in E.164: `+`, country code, number. */
export type E164 = `+${string}`;

/** Letters, or any other sign that numbers of providers do not have, make a name. */
const NUMBER = /^[+\d\s().-]+$/;

/** The shortest numbers have seven digits with the country code. Shorter ones are short codes. */
const MIN_DIGITS = 7;

/** The longest short codes have eight digits, so as few as these must be a valid number. */
const MIN_CERTAIN_DIGITS = 10;

const MAX_DIGITS = 15;

/**
 * A phone number as a provider writes it (digits alone, with a plus, 00 or 011) in E.164, so that a
 * person has the same number in all outputs. Short codes, names, withheld and unreadable senders are
 * returned unchanged.
 *
 * @param homeCountry the country of numbers of ten digits, for North American providers
 * @param hasCountryCodes the provider writes all country codes, so ten digits are a number of
 *   `homeCountry` only if no number abroad has them, such as +45 20 12 34 56
 */
export function toE164<T extends string | null>(
	text: T,
	homeCountry?: CountryCode,
	hasCountryCodes = false,
): T | E164 {
	if (text === null || !NUMBER.test(text)) return text;
	const hasPlus = text.trimStart().startsWith('+');
	const typed = text.replace(/\D/g, '');
	const prefix = hasPlus ? '' : (/^(?:00|011)(?=[1-9]\d{6})/.exec(typed)?.[0] ?? '');
	const digits = typed.slice(prefix.length);
	const isInternational = hasPlus || prefix !== '';
	if (digits.length < MIN_DIGITS) return text;
	const number = parsePhoneNumberFromString(`+${digits}`);
	if (homeCountry && !isInternational && /^[2-9]\d{9}$/.test(digits)) {
		const national = parsePhoneNumberFromString(digits, homeCountry);
		const mayBeAbroad = national?.isValid() ? number?.isValid() : number?.isPossible();
		const read = hasCountryCodes && mayBeAbroad ? number : national;
		return (read?.number ?? text) as T | E164;
	}
	if (!number || digits.length > MAX_DIGITS) return text;
	const isCertain = isInternational || digits.length >= MIN_CERTAIN_DIGITS;
	// numbers of machines can be longer than the library knows, but not in North America
	const isLong = isCertain && number.countryCallingCode !== '1';
	const isNumber = isLong || (isCertain ? number.isPossible() : number.isValid());
	return isNumber ? (number.number as E164) : text;
}
