import {
	type CountryCode,
	isSupportedCountry,
	type NumberType,
	parsePhoneNumberFromString,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import type { E164 } from '../formats/phoneNumber';
import { coerceText } from './coerce';
import { normalizeInput, stripWrapping, repairSpreadsheetNumber } from './normalizeInput';
import { describeOtherDigits } from './otherDigits';

const EXAMPLE = 'Enter it in international format, such as +1 757 544 9510';

/** Codes that people write for a country that has another code. */
const MISTAKEN_COUNTRY_CODES: ReadonlyMap<string, string> = new Map([
	['UK', 'UK is not a country code; the United Kingdom is GB'],
	['EN', 'EN is not a country code; the United Kingdom is GB'],
	['SU', 'SU is not a country code; Russia is RU'],
	['EL', 'EL is not a country code; Greece is GR'],
	['USA', 'USA is not a country code; the United States is US'],
]);

/** The value of Default Country. @throws Failure if it is not a country with phone numbers */
function countryOf(input: string | undefined): CountryCode | undefined {
	const code = normalizeInput(input ?? '').toUpperCase();
	if (code === '') return undefined;
	if (isSupportedCountry(code)) return code;
	return throwInvalidInput(
		MISTAKEN_COUNTRY_CODES.get(code) ?? `${quoted(input)} is not a country code`,
		'Set Default Country Name or ID to two letters, such as US or IT.',
	);
}

/** An extension after a number. */
const EXTENSION =
	/(?:;\s*(?:ext|isub)\s*=|\b(?:ext|extn|extension)(?![a-z])\.?:?\s*|(?<![a-z])x\s*|#\s*)\d{1,10}\s*$/i;
/** Digits that are dialed after a pause. */
const PAUSE_DIGITS = /[,;]{1,9}\s*\d{1,6}#?\s*$/;

/** @throws Failure if the text is more than one number */
function rejectExtensionOrList(text: string, input: string): void {
	const digits = text.replace(/\D/g, '').length;
	if (EXTENSION.test(text) || (PAUSE_DIGITS.test(text) && digits > 6)) {
		throwInvalidInput(
			`${quoted(input)} has something after the number, such as an extension, which text messages cannot reach`,
			'Enter only the number.',
		);
	}
	const isList = /[,;|&\n\r\t]/.test(text) || /\d\s*(?:\band\b|\bor\b|\/\s*\+|\+)/i.test(text);
	if (isList && digits > 0) throwSeveralNumbers(input);
}

/** Throws the failure for several numbers in a field that takes one. */
export function throwSeveralNumbers(input: string): never {
	return throwInvalidInput(
		`${quoted(input)} is more than one number`,
		'Enter one number here. For several recipients, make one item for each, for example with Split Out.',
	);
}

/** Longer than any way to write a number. */
const MAX_LENGTH = 100;

/**
 * Rejects a number with an alternative ending (`+39 333 1112233/34`) or a suffix (`+39 333 1112233 -
 * 4`). A slash may also separate an area code (`+49 30/123456`), and a hyphen the extension of a
 * landline, which is a part of the number (`+49 30 1234567-89`).
 */
function rejectEnding(text: string, input: string, country?: CountryCode): void {
	const separators = [...text.matchAll(/[/.·-]/g)];
	if (separators.length === 0) return;
	const beginnings = separators.map(({ 0: separator, index }) => ({
		separator,
		number: completeNumber(text.slice(0, index), country),
	}));
	const ends = beginnings.filter(({ number }) => number !== undefined);
	if (ends.some(({ separator }) => separator === '/')) throwSeveralNumbers(input);
	const isMobile = ends.some(({ number }) => number?.getType() === 'MOBILE');
	const isSuffix = (isMobile ? /-\s?\d$|\s-\s?\d\d$/ : /\s-\s?\d{1,2}$/).test(text);
	if (ends.length > 0 && (isSuffix || !completeNumber(text, country))) {
		throwInvalidInput(`${quoted(input)} has something after the number`, 'Enter only the number.');
	}
}

/** The valid number in a part of a text. */
function completeNumber(part: string, country?: CountryCode): PhoneNumber | undefined {
	const number = parsePossible(part, country) ?? parsePossible(`+${part.replace(/\D/g, '')}`);
	return number?.isValid() ? number : undefined;
}

/** Rejects two complete numbers with spaces or words between them. */
function rejectTwoNumbers(text: string, input: string, country?: CountryCode) {
	const gaps = text.matchAll(/[^\d+().-]+/g);
	for (const { 0: gap, index } of gaps) {
		const parts = [text.slice(0, index), text.slice(index + gap.length)];
		if (parts.every((part) => completeNumber(part, country))) throwSeveralNumbers(input);
	}
}

/** A text with any other character is rejected, because its meaning is unknown. */
const NUMBER_CHARACTERS = /^[\d+()[\]./·\s-]*$/;

const [MIN_DIGITS_OF_MACHINES, MAX_DIGITS_OF_E164] = [12, 15];

/**
 * A number with a possible length. Numbers of machines can be longer than the library knows (13
 * digits in Spain, 14 in France), except in North America, where all numbers have ten digits.
 */
function parsePossible(text: string, country?: CountryCode): PhoneNumber | undefined {
	const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
	if (!number || number.ext) return undefined;
	const digits = number.number.length - 1;
	if (digits > MAX_DIGITS_OF_E164) return undefined;
	if (number.isPossible()) return number;
	const isOfMachine = digits >= MIN_DIGITS_OF_MACHINES && number.countryCallingCode !== '1';
	return isOfMachine && text.startsWith('+') ? number : undefined;
}

const TEXTABLE: ReadonlyArray<NumberType | undefined> = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

const isTextable = (number: PhoneNumber) => TEXTABLE.includes(number.getType());

/**
 * Reads digits as a number of a country, or as an international number that has lost its plus. Of
 * two valid readings the one that can be texted counts. If both can, the digits have to be as they
 * are dialled in the country: in Germany 01575…, because 1575… can also be North American.
 */
function parseInCountry(
	country: CountryCode,
	text: string,
	input: string,
): PhoneNumber | undefined {
	const national = parsePossible(text, country);
	const digits = text.replace(/\D/g, '');
	const international = digits.startsWith('0') ? undefined : parsePossible(`+${digits}`);
	if (!international?.isValid()) return national ?? international;
	if (!national?.isValid() || national.number === international.number) return international;
	if (!isTextable(international)) return national;
	if (!isTextable(national)) return international;
	if (national.formatNational().replace(/\D/g, '') === digits) return national;
	return throwInvalidInput(
		`${quoted(input)} can be ${national.formatInternational()} or ${international.formatInternational()}`,
		`${EXAMPLE}.`,
	);
}

/**
 * The number in a text, or undefined if the text cannot be a number.
 *
 * @throws Failure for a national number without a country
 */
function parseNumber(
	text: string,
	input: string,
	country?: CountryCode,
	homeCountry?: CountryCode,
): PhoneNumber | undefined {
	if (text.startsWith('+')) return parsePossible(text);
	if (country) return parseInCountry(country, text, input);
	const digits = text.replace(/\D/g, '');
	// area codes of North America begin with 2 to 9, national numbers elsewhere often with 0
	if (homeCountry && /^[2-9]\d{9}$/.test(digits)) return parsePossible(text, homeCountry);
	if (homeCountry && /^011\d/.test(digits)) return parsePossible(`+${digits.slice(3)}`);
	if (/^[(0]/.test(text)) throwNationalNumber(input);
	const number = parsePossible(`+${text}`);
	// two groups that were joined look like the number of a machine
	return number?.isPossible() || /^\d*$/.test(text) ? number : undefined;
}

/**
 * Reads a number as people write and paste it (`+1 (757) 544-9510`, `0044 20 ...`). Digits without
 * `+` are a number of `defaultCountry`, unless they are valid only as an international number.
 * Without a `defaultCountry` they are an international number. The length and the country code must
 * be possible; the provider checks whether the number exists. A second number or an extension is
 * rejected.
 *
 * @param defaultCountry ISO 3166-1 alpha-2
 * @param homeCountry the country of numbers of ten digits, for North American providers
 * @throws Failure that says what was received, what was expected and what to do
 */
export function parsePhone(
	input: string,
	defaultCountry?: string,
	homeCountry?: CountryCode,
): E164 {
	const pasted = stripWrapping(input);
	if (pasted === '') throwInvalidInput('The phone number is empty', `${EXAMPLE}.`);
	const country = countryOf(defaultCountry);
	const { value, spoilt } = repairSpreadsheetNumber(pasted);
	if (spoilt) {
		throwInvalidInput(
			`${quoted(input)} is not a phone number: a spreadsheet has turned the number into a decimal`,
			'Format the column of the numbers as text in the spreadsheet, and enter the number again.',
		);
	}
	rejectExtensionOrList(value, input);
	if (value.length > MAX_LENGTH) {
		throwInvalidInput(`${quoted(input)} is too long for a phone number`, `${EXAMPLE}.`);
	}
	// removes the brackets around a country code
	const text = value
		.replace(/^\(\s*(\+\s*\d{1,3}|00\s*\d{1,3})\s*\)/, '$1')
		.replace(/^\(?\s*00/, '+');
	const partsCountry = country ?? (text.startsWith('+') ? undefined : homeCountry);
	const otherDigits = describeOtherDigits(text, country !== undefined);
	if (otherDigits) {
		throwInvalidInput(`${quoted(input)} is ${otherDigits}, not a phone number`, `${EXAMPLE}.`);
	}
	rejectEnding(text, input, partsCountry);
	const number = NUMBER_CHARACTERS.test(text)
		? parseNumber(text, input, country, homeCountry)
		: undefined;
	if (!number) {
		rejectTwoNumbers(text, input, partsCountry);
		throwInvalidInput(
			`${quoted(input)} cannot be a phone number: its length or country code is wrong`,
			country
				? `${EXAMPLE}, or as it is dialled in ${country}.`
				: `${EXAMPLE}, or set Default Country Name or ID in the options.`,
		);
	}
	return number.number as E164;
}

function throwNationalNumber(input: string): never {
	return throwInvalidInput(
		`${quoted(input)} cannot be a phone number without a country: it looks like a national number`,
		`${EXAMPLE}, or set Default Country Name or ID in the options.`,
	);
}

/**
 * The parts of a list: an array from an expression, or text separated by commas, semicolons or
 * line breaks. Empty parts are left out.
 *
 * @param label names the field in errors
 */
export function splitList(value: unknown, label: string): string[] {
	const parts: unknown[] = Array.isArray(value)
		? value
		: coerceText(value, label).split(/[,;\n\r，；、]/);
	return parts
		.map((part) => coerceText(part, `An entry of ${label}`).trim())
		.filter((part) => part !== '');
}
