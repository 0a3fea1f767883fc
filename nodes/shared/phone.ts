import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min';
import { failInput } from './errors';
import { asTyped, bare, quoted, withoutFraction } from './pasted';
import { readText } from './typed';

/** A phone number in E.164: `+`, country code, number. */
export type E164 = `+${string}`;

const EXAMPLE = 'Give it in international form, such as +1 757 544 9510';

/** What people write for a country whose code is another. */
const OTHER_CODES: ReadonlyMap<string, string> = new Map([
	['UK', 'UK is no country code; the United Kingdom is GB'],
	['EN', 'EN is no country code; the United Kingdom is GB'],
	['SU', 'SU is no country code; Russia is RU'],
	['EL', 'EL is no country code; Greece is GR'],
	['USA', 'USA is no country code; the United States are US'],
]);

/** Default Country. @throws Failure for what is no country that has phone numbers */
function countryOf(given: string | undefined): CountryCode | undefined {
	const code = asTyped(given ?? '').toUpperCase();
	if (code === '') return undefined;
	if (isSupportedCountry(code)) return code;
	return failInput(
		OTHER_CODES.get(code) ?? `${quoted(given)} is not a country code`,
		'Give Default Country as two letters, such as US or IT.',
	);
}

/** What people put behind a number that rings at another desk. */
const EXTENSION =
	/(?:;\s*(?:ext|isub)\s*=|\b(?:ext|extn|extension)(?![a-z])\.?:?\s*|(?<![a-z])x\s*|#\s*)\d{1,10}\s*$/i;
const PAUSED = /[,;]{1,9}\s*\d{1,6}#?\s*$/;

/** Refuses what is more than one number. */
function refuseMore(text: string, input: string): void {
	const digits = text.replace(/\D/g, '').length;
	if (EXTENSION.test(text) || (PAUSED.test(text) && digits > 6)) {
		failInput(
			`${quoted(input)} has something behind the number, such as an extension, which a text message cannot reach`,
			'Give the number alone.',
		);
	}
	const isList = /[,;|&\n\r\t]/.test(text) || /\d\s*(?:\band\b|\bor\b|\/\s*\+|\+)/i.test(text);
	if (isList && digits > 0) refuseSeveral(input);
}

/** Refuses several numbers where there is place for one. */
export function refuseSeveral(input: string): never {
	return failInput(
		`${quoted(input)} is more than one number`,
		'Give one number here. For several recipients make one item of each, for example with Split Out.',
	);
}

/** No one writes a number as long as that. */
const LONGEST = 100;

/**
 * A stroke parts an area code from a number (`+49 30/123456`), or one number from the other ending
 * of a second (`+39 333 1112233/34`): where it is a whole number that stands before it.
 */
function refuseOtherEndings(text: string, input: string, country?: CountryCode) {
	if (!text.includes('/')) return;
	const strokes = [...text.matchAll(/\//g)].map(({ index }) => text.slice(0, index));
	if (strokes.some((start) => isWhole(start, country))) refuseSeveral(input);
}

/** Whether a part of the text is a number that someone may have. */
function isWhole(part: string, country?: CountryCode): boolean {
	const number = read(part, country) ?? read(`+${part.replace(/\D/g, '')}`);
	return number?.isValid() === true;
}

/** Two whole numbers with blanks or words between them, in which no number could be read. */
function refuseTwo(text: string, input: string, country?: CountryCode) {
	const gaps = text.matchAll(/[^\d+().-]+/g);
	for (const { 0: gap, index } of gaps) {
		const parts = [text.slice(0, index), text.slice(index + gap.length)];
		if (parts.every((part) => isWhole(part, country))) refuseSeveral(input);
	}
}

function refuseDecimal(input: string): never {
	return failInput(
		`${quoted(input)} is no phone number: a spreadsheet has turned this number into a decimal`,
		'Format the column of the numbers as text in the spreadsheet, and give the number again.',
	);
}

/** What numbers are written with: any other sign has a meaning that is not known here. */
const WRITTEN = /^[\d+()[\]./·\s-]*$/;

function read(text: string, country?: CountryCode): PhoneNumber | undefined {
	const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
	// E.164 has no more than 15 digits, some countries' plans do
	return number?.isPossible() && !number.ext && number.number.length <= 16 ? number : undefined;
}

/** Digits without a country code, read as people of a country do or as an international number. */
function readIn(country: CountryCode, text: string): PhoneNumber | undefined {
	const national = read(text, country);
	if (national?.isValid()) return national;
	const digits = text.replace(/\D/g, '');
	const international = digits.startsWith('0') ? undefined : read(`+${digits}`);
	return international?.isValid() ? international : (national ?? international);
}

/** The number that a text is, where it can be one. @throws Failure for one inside a country not named */
function numberIn(
	text: string,
	input: string,
	country?: CountryCode,
	home?: CountryCode,
): PhoneNumber | undefined {
	if (text.startsWith('+')) return read(text);
	if (country) return readIn(country, text);
	const digits = text.replace(/\D/g, '');
	// area codes of North America begin with 2 to 9, numbers inside other countries often with 0
	if (home && /^[2-9]\d{9}$/.test(digits)) return read(text, home);
	if (home && /^011\d/.test(digits)) return read(`+${digits.slice(3)}`);
	return /^[(0]/.test(text) ? refuseNational(input) : read(`+${text}`);
}

/**
 * Reads a number as people write and paste it (`+1 (757) 544-9510`, `0044 20 ...`). Digits without
 * `+` are read in `defaultCountry` if there is one, unless they are valid only as an international
 * number; else as an international one. The number must be possible (length, country code); whether
 * it is assigned, the provider knows better. One number means one: what follows it is refused.
 *
 * @param defaultCountry ISO 3166-1 alpha-2
 * @param home the country of ten digits alone, for providers of North America
 * @throws Failure that says what came, what was expected and what to do
 */
export function parsePhone(input: string, defaultCountry?: string, home?: CountryCode): E164 {
	const pasted = bare(input);
	if (pasted === '') failInput('The phone number is empty', `${EXAMPLE}.`);
	const country = countryOf(defaultCountry);
	const { value, spoilt } = withoutFraction(pasted);
	if (spoilt) refuseDecimal(input);
	refuseMore(value, input);
	if (value.length > LONGEST)
		failInput(`${quoted(input)} is too long for a phone number`, `${EXAMPLE}.`);
	// the country code in brackets is one all the same
	const text = value
		.replace(/^\(\s*(\+\s*\d{1,3}|00\s*\d{1,3})\s*\)/, '$1')
		.replace(/^\(?\s*00/, '+');
	const place = country ?? (text.startsWith('+') ? undefined : home);
	refuseOtherEndings(text, input, place);
	const number = WRITTEN.test(text) ? numberIn(text, input, country, home) : undefined;
	if (!number) {
		refuseTwo(text, input, place);
		failInput(
			`${quoted(input)} cannot be a phone number: its length or country code is impossible`,
			country
				? `${EXAMPLE}, or as it is dialled in ${country}.`
				: `${EXAMPLE}, or set Default Country in the options.`,
		);
	}
	return number.number as E164;
}

function refuseNational(input: string): never {
	return failInput(
		`${quoted(input)} cannot be a phone number without its country: it begins as numbers do inside a country`,
		`${EXAMPLE}, or set Default Country in the options.`,
	);
}

/**
 * The parts of a list: an array from an expression, or text separated by commas, semicolons or
 * line breaks. Empty parts are left out.
 */
export function splitList(value: unknown): string[] {
	const parts: unknown[] = Array.isArray(value)
		? value
		: readText(value, 'The list').split(/[,;\n\r，；、]/);
	return parts
		.map((part) => readText(part, 'An entry of the list').trim())
		.filter((part) => part !== '');
}
