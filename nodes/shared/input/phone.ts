import {
	type CountryCode,
	isSupportedCountry,
	parsePhoneNumberFromString,
	type PhoneNumber,
} from 'libphonenumber-js/min';
import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import { coerceText } from './coerce';
import { normalizeInput, stripWrapping, repairSpreadsheetNumber } from './normalizeInput';

/** A phone number in E.164: `+`, country code, number. */
export type E164 = `+${string}`;

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
 * Rejects a number with an alternative ending (`+39 333 1112233/34`): a slash after a complete
 * number. A slash may also separate an area code from the number (`+49 30/123456`).
 */
function rejectAlternativeEnding(text: string, input: string, country?: CountryCode) {
	if (!text.includes('/')) return;
	const beginnings = [...text.matchAll(/\//g)].map(({ index }) => text.slice(0, index));
	if (beginnings.some((part) => isCompleteNumber(part, country))) throwSeveralNumbers(input);
}

/** Whether a part of a text is a valid number. */
function isCompleteNumber(part: string, country?: CountryCode): boolean {
	const number = parsePossible(part, country) ?? parsePossible(`+${part.replace(/\D/g, '')}`);
	return number?.isValid() === true;
}

/** Rejects two complete numbers with spaces or words between them. */
function rejectTwoNumbers(text: string, input: string, country?: CountryCode) {
	const gaps = text.matchAll(/[^\d+().-]+/g);
	for (const { 0: gap, index } of gaps) {
		const parts = [text.slice(0, index), text.slice(index + gap.length)];
		if (parts.every((part) => isCompleteNumber(part, country))) throwSeveralNumbers(input);
	}
}

/** A text with any other character is rejected, because its meaning is unknown. */
const NUMBER_CHARACTERS = /^[\d+()[\]./·\s-]*$/;

function parsePossible(text: string, country?: CountryCode): PhoneNumber | undefined {
	const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
	// E.164 allows 15 digits, but the numbering plans of some countries have more
	return number?.isPossible() && !number.ext && number.number.length <= 16 ? number : undefined;
}

/** Reads digits as a number of a country or, if only that is valid, as an international number. */
function parseInCountry(country: CountryCode, text: string): PhoneNumber | undefined {
	const national = parsePossible(text, country);
	if (national?.isValid()) return national;
	const digits = text.replace(/\D/g, '');
	const international = digits.startsWith('0') ? undefined : parsePossible(`+${digits}`);
	return international?.isValid() ? international : (national ?? international);
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
	if (country) return parseInCountry(country, text);
	const digits = text.replace(/\D/g, '');
	// area codes of North America begin with 2 to 9, national numbers elsewhere often with 0
	if (homeCountry && /^[2-9]\d{9}$/.test(digits)) return parsePossible(text, homeCountry);
	if (homeCountry && /^011\d/.test(digits)) return parsePossible(`+${digits.slice(3)}`);
	return /^[(0]/.test(text) ? throwNationalNumber(input) : parsePossible(`+${text}`);
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
	rejectAlternativeEnding(text, input, partsCountry);
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
