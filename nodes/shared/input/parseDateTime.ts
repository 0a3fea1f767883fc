import { tryToParseDateTime } from 'n8n-workflow';
import { utcTime } from '../formats/providerTime';
import { normalizeInput } from './normalizeInput';

/** Why a value cannot be read as a date and time. */
export type DateTimeProblem = 'unreadable' | 'ambiguous' | 'nonexistent';

interface DateTimeParts extends Omit<DateMatch, 'rest'> {
	hour: number;
	minute: number;
	second: number;
	millisecond: number;
	/** In ISO 8601 format; undefined if the text has no zone. */
	zone?: string;
}

const MONTHS =
	'january february march april may june july august september october november december'.split(
		' ',
	);

/** The month from 1, by its name, its first three letters or `sept`; 0 for any other word. */
function monthNumber(word: string): number {
	const name = word
		.toLowerCase()
		.replace(/\.$/, '')
		.replace(/^sept$/, 'sep');
	return MONTHS.findIndex((month) => month === name || month.slice(0, 3) === name) + 1;
}

const TIME =
	/^(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?([ap])?\.?(?:m\.?)?\s?(z|utc|gmt|[+-]\d\d(?::?\d\d)?|(?:utc|gmt)[+-]\d\d?(?::?\d\d)?)?(?:\s?\([a-z ]{1,40}\)|\[[\w/+-]{1,40}\])?$/i;

/** Dates and times without separators, as ISO 8601 allows: `20300131T183000Z`, `203001311830`. */
const COMPACT_DATE_TIME = /^(\d{8})[T\s]?(\d\d)(\d\d)(\d\d)?(?=$|[.,\sz+-])/i;

/** Inserts the separators into such a date and time; returns any other text unchanged. */
function insertSeparators(text: string): string {
	return text.replace(
		COMPACT_DATE_TIME,
		(_match, day: string, hour: string, minute: string, second = '00') =>
			`${day}T${hour}:${minute}:${second}`,
	);
}

interface DateMatch {
	year: number;
	month: number;
	day: number;
	/** The text after the date. */
	rest: string;
}

function toDateMatch(match: RegExpExecArray, ...date: Array<string | number>): DateMatch {
	const [year, month, day] = date.map(Number);
	const rest = match.input.slice(match[0].length).replace(/^(?:T|\s?,\s?|\sat\s|\s)/i, '');
	return { year, month, day, rest };
}

function readDate(text: string): DateMatch | DateTimeProblem {
	const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[\sT,])/i.exec(text);
	if (iso) return toDateMatch(iso, iso[1], iso[3], iso[4]);
	const compact = /^(\d{4})(\d\d)(\d\d)(?=$|[T\s])/i.exec(text);
	if (compact) return toDateMatch(compact, ...compact.slice(1));
	const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=$|[\s,])/.exec(text);
	if (yearLast) {
		const monthDay = orderDayAndMonth(Number(yearLast[1]), Number(yearLast[3]));
		return typeof monthDay === 'string'
			? monthDay
			: toDateMatch(yearLast, yearLast[4], ...monthDay);
	}
	const withoutWeekday = text.replace(
		/^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s/i,
		'',
	);
	const monthFirst = /^([a-z]{3,9}\.?)\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?=$|[\s,])/i.exec(
		withoutWeekday,
	);
	if (monthFirst && monthNumber(monthFirst[1])) {
		return toDateMatch(monthFirst, monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]);
	}
	const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]([a-z]{3,9}\.?),?[\s-](\d{4})(?=$|[\s,])/i.exec(
		withoutWeekday,
	);
	if (dayFirst && monthNumber(dayFirst[2])) {
		return toDateMatch(dayFirst, dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]);
	}
	return 'unreadable';
}

/** Month and day from two numbers in unknown order. */
function orderDayAndMonth(first: number, second: number): [number, number] | DateTimeProblem {
	if (first > 12 && second > 12) return 'nonexistent';
	if (first > 12) return [second, first];
	return second > 12 || first === second ? [first, second] : 'ambiguous';
}

/** A zone in ISO 8601 format. */
function toIsoZone(zone: string | undefined): string | undefined {
	if (zone === undefined) return undefined;
	const [, sign, hours, minutes = '00'] = /([+-])(\d\d?)(?::?(\d\d))?$/.exec(zone) ?? [];
	return sign === undefined ? 'Z' : `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

function readParts(text: string): DateTimeParts | DateTimeProblem {
	const match = readDate(text);
	if (typeof match === 'string') return match;
	const { rest, ...day } = match;
	const date = { ...day, hour: 0, minute: 0, second: 0, millisecond: 0 };
	if (rest === '') return date;
	const time = TIME.exec(rest);
	if (!time) return 'unreadable';
	const [, hours, minutes, seconds = '0', fraction = '', amOrPm, zone] = time;
	// a number alone is not a time
	if (minutes === undefined && amOrPm === undefined) return 'unreadable';
	let hour = Number(hours);
	if (amOrPm !== undefined) {
		if (hour < 1 || hour > 12) return 'nonexistent';
		hour = (hour % 12) + (amOrPm.toLowerCase() === 'p' ? 12 : 0);
	}
	const millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'));
	const minute = Number(minutes ?? 0);
	return { ...date, hour, minute, second: Number(seconds), millisecond, zone: toIsoZone(zone) };
}

/** A date of JavaScript or Luxon. Its class may be of another realm, so `instanceof` fails. */
interface DateLike {
	getTime?(): number;
	toMillis?(): number;
}

function fromObject(value: object): Date | DateTimeProblem {
	const { getTime, toMillis } = value as DateLike;
	const read = [toMillis, getTime].find((method) => typeof method === 'function');
	const time = read?.call(value) ?? NaN;
	return Number.isFinite(time) ? new Date(time) : 'unreadable';
}

/** Seconds since 1970 have nine to eleven digits, milliseconds thirteen. */
const EPOCH_TIME = /^(?:\d{9,11}|\d{13})(?:\.\d{1,9})?$/;

const YEAR_MS = 366 * 24 * 3_600_000;
const MAX_YEARS_AHEAD = 5;

function fromNumber(number: number): Date | DateTimeProblem {
	const milliseconds = Math.abs(number) < 1e11 ? number * 1_000 : number;
	const date = new Date(milliseconds);
	// later times are more likely phone numbers
	const isTime = number >= 1e8 && milliseconds < Date.now() + MAX_YEARS_AHEAD * YEAR_MS;
	return isTime ? date : 'unreadable';
}

/**
 * Reads a date and time from a date object, a number (seconds or milliseconds since 1970) or a text
 * in any common format. Nothing rolls over: a day that does not exist, or an hour that is skipped
 * when the clocks go forward, is `nonexistent`.
 *
 * @param defaultZone the IANA zone of texts without a zone, such as Europe/Rome
 */
export function parseDateTime(value: unknown, defaultZone: string): Date | DateTimeProblem {
	if (typeof value === 'object' && value !== null) return fromObject(value);
	if (typeof value !== 'string' && typeof value !== 'number') return 'unreadable';
	const text = normalizeInput(String(value)).replace(/\s+/g, ' ');
	if (EPOCH_TIME.test(text)) return fromNumber(Number(text));
	const parts = readParts(insertSeparators(text));
	if (typeof parts === 'string') return parts;
	const utc = utcTime(parts);
	if (utc === null) return 'nonexistent';
	const withoutZone = utc.slice(0, -1);
	if (parts.zone !== undefined) {
		const date = new Date(`${withoutZone}${parts.zone}`);
		return Number.isNaN(date.getTime()) ? 'nonexistent' : date;
	}
	const local = tryToParseDateTime(withoutZone, defaultZone);
	const isGiven = ({ hour, minute }: typeof local) =>
		hour === parts.hour && minute === parts.minute;
	// Luxon moves a time that is skipped when the clocks go forward
	if (!isGiven(local)) return 'nonexistent';
	// of a time that occurs twice, Luxon takes the one with the offset of today; the second is meant
	const second = [30, 60].map((minutes) => local.plus({ minutes })).find(isGiven);
	return (second ?? local).toJSDate();
}
