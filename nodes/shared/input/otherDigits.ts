/** Digits that are written like a phone number, but are not one. */

const isBetween = (value: string, min: number, max: number) =>
	Number(value) >= min && Number(value) <= max;

const DATE = /^\(?(\d{1,4})([ ./-])\s?(\d{1,2})\2\s?(\d{2}|\d{4})(?=$|[\s)])/;

/** Whether a text begins with a date in digits, such as 31.12.2029, 12/31/29 or 2029-12-31. */
function beginsWithDate(text: string): boolean {
	const [, first, separator, middle, last] = DATE.exec(text) ?? [];
	if (first === undefined) return false;
	const isYear = (part: string) =>
		(part.length === 4 && isBetween(part, 1900, 2100)) || (part.length === 2 && separator !== ' ');
	const isDayAndMonth = (one: string, other: string) =>
		(isBetween(one, 1, 31) && isBetween(other, 1, 12)) ||
		(isBetween(one, 1, 12) && isBetween(other, 1, 31));
	const isYearFirst = first.length === 4 && isYear(first) && isDayAndMonth(middle, last);
	return isYearFirst || (first.length <= 2 && isYear(last) && isDayAndMonth(first, middle));
}

/** An amount with thousands separators, such as 39.333.111. Phone numbers have more digits. */
const AMOUNT = /^\d{1,3}(?:\.\d{3}){1,2}$/;

/** What digits are instead of a phone number; undefined if they can be one. @param isNational the country is known */
export function describeOtherDigits(text: string, isNational: boolean): string | undefined {
	if (beginsWithDate(text)) return 'a date';
	return !isNational && AMOUNT.test(text) ? 'an amount' : undefined;
}
