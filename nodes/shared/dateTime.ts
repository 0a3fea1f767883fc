import { tryToParseDateTime } from 'n8n-workflow';
import { utcTime } from './clock';
import { asTyped } from './pasted';

/** Points in time as people and expressions write them. */

/** Why a value is no point in time. */
export type NoTime = 'unreadable' | 'ambiguous' | 'none';

interface Clock {
	year: number;
	month: number;
	day: number;
	hour: number;
	minute: number;
	second: number;
	millisecond: number;
	/** As ISO 8601 has it; undefined where none was given. */
	zone?: string;
}

const MONTHS = [
	['january', 'jan'],
	['february', 'feb'],
	['march', 'mar'],
	['april', 'apr'],
	['may'],
	['june', 'jun'],
	['july', 'jul'],
	['august', 'aug'],
	['september', 'sep', 'sept'],
	['october', 'oct'],
	['november', 'nov'],
	['december', 'dec'],
];

function monthNamed(word: string): number {
	return MONTHS.findIndex((names) => names.includes(word.toLowerCase().replace(/\.$/, ''))) + 1;
}

const TIME =
	/^(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?([ap])?\.?(?:m\.?)?\s?(z|utc|gmt|[+-]\d\d(?::?\d\d)?|(?:utc|gmt)[+-]\d\d?(?::?\d\d)?)?(?:\s?\([a-z ]{1,40}\)|\[[\w/+-]{1,40}\])?$/i;

/** Clocks without separators, as ISO 8601 allows them: `20300131T183000Z`, `203001311830`. */
const RUN_TOGETHER = /^(\d{8})[T\s]?(\d\d)(\d\d)(\d\d)?(?=$|[.,\sz+-])/i;

/** Such a clock with its separators; any other text as it is. */
function apart(text: string): string {
	return text.replace(
		RUN_TOGETHER,
		(_all, day: string, hour: string, minute: string, second = '00') =>
			`${day}T${hour}:${minute}:${second}`,
	);
}

/** The day and the rest of a text; the numbers of the day in the order that was found. */
function readDay(text: string): { day: number[]; order: 'ymd' | 'either'; rest: string } | NoTime {
	const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?=$|[\sT,])/i.exec(text);
	if (iso) return { day: [iso[1], iso[3], iso[4]].map(Number), order: 'ymd', rest: after(iso) };
	const compact = /^(\d{4})(\d\d)(\d\d)(?=$|[T\s])/i.exec(text);
	if (compact) return { day: compact.slice(1).map(Number), order: 'ymd', rest: after(compact) };
	const numbers = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=$|[\s,])/.exec(text);
	if (numbers) {
		const day = [numbers[4], numbers[1], numbers[3]].map(Number);
		return { day, order: 'either', rest: after(numbers) };
	}
	const words = text.replace(
		/^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s/i,
		'',
	);
	const american = /^([a-z]{3,9}\.?)\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?=$|[\s,])/i.exec(words);
	if (american && monthNamed(american[1])) {
		const day = [Number(american[3]), monthNamed(american[1]), Number(american[2])];
		return { day, order: 'ymd', rest: after(american) };
	}
	const other = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]([a-z]{3,9}\.?),?[\s-](\d{4})(?=$|[\s,])/i.exec(
		words,
	);
	if (other && monthNamed(other[2])) {
		const day = [Number(other[3]), monthNamed(other[2]), Number(other[1])];
		return { day, order: 'ymd', rest: after(other) };
	}
	return 'unreadable';
}

function after(match: RegExpExecArray): string {
	return match.input.slice(match[0].length).replace(/^(?:T|\s?,\s?|\sat\s|\s)/i, '');
}

/** Month and day of numbers that have no order of their own. */
function ordered(first: number, second: number): [number, number] | NoTime {
	if (first > 12 && second > 12) return 'none';
	if (first > 12) return [second, first];
	return second > 12 || first === second ? [first, second] : 'ambiguous';
}

function zoneOf(written: string | undefined): string | undefined {
	if (written === undefined) return undefined;
	const [, sign, hours, minutes = '00'] = /([+-])(\d\d?)(?::?(\d\d))?$/.exec(written) ?? [];
	return sign === undefined ? 'Z' : `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

function readClock(text: string): Clock | NoTime {
	const found = readDay(text);
	if (typeof found === 'string') return found;
	const [year, one, two] = found.day;
	const monthDay = found.order === 'ymd' ? ([one, two] as [number, number]) : ordered(one, two);
	if (typeof monthDay === 'string') return monthDay;
	const [month, day] = monthDay;
	const date = { year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 };
	if (found.rest === '') return date;
	const time = TIME.exec(found.rest);
	if (!time) return 'unreadable';
	const [, hours, minutes, seconds = '0', fraction = '', half, zone] = time;
	// a number alone is no time
	if (minutes === undefined && half === undefined) return 'unreadable';
	let hour = Number(hours);
	if (half !== undefined) {
		if (hour < 1 || hour > 12) return 'none';
		hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	const millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'));
	return {
		...date,
		hour,
		minute: Number(minutes ?? 0),
		second: Number(seconds),
		millisecond,
		zone: zoneOf(zone),
	};
}

/** What tells dates of JavaScript and of Luxon, whose classes may be of another realm. */
interface DateLike {
	getTime?(): number;
	toMillis?(): number;
}

function fromObject(value: object): Date | NoTime {
	const { getTime, toMillis } = value as DateLike;
	const time =
		typeof toMillis === 'function'
			? toMillis.call(value)
			: typeof getTime === 'function'
				? getTime.call(value)
				: NaN;
	return Number.isFinite(time) ? new Date(time) : 'unreadable';
}

/** Seconds since 1970 have nine to eleven digits, milliseconds thirteen. */
const SINCE_1970 = /^(?:\d{9,11}|\d{13})(?:\.\d{1,9})?$/;

function fromNumber(number: number): Date | NoTime {
	const milliseconds = Math.abs(number) < 1e11 ? number * 1_000 : number;
	const date = new Date(milliseconds);
	const isTime = number >= 1e8 && !Number.isNaN(date.getTime());
	return isTime ? date : 'unreadable';
}

/**
 * A point in time out of a date, a number (seconds or milliseconds since 1970), or a text in any
 * usual form. Without a zone of its own it is read in the one given. Nothing rolls over: a day that
 * does not exist, or an hour that a change of the clocks leaves out, is none.
 *
 * @param zone IANA name, such as Europe/Rome
 */
export function readTime(value: unknown, zone: string): Date | NoTime {
	if (typeof value === 'object' && value !== null) return fromObject(value);
	if (typeof value !== 'string' && typeof value !== 'number') return 'unreadable';
	const text = asTyped(String(value)).replace(/\s+/g, ' ');
	if (SINCE_1970.test(text)) return fromNumber(Number(text));
	const clock = readClock(apart(text));
	if (typeof clock === 'string') return clock;
	const utc = utcTime(clock);
	if (utc === null) return 'none';
	const written = utc.slice(0, -1);
	if (clock.zone !== undefined) {
		const date = new Date(`${written}${clock.zone}`);
		return Number.isNaN(date.getTime()) ? 'none' : date;
	}
	const local = tryToParseDateTime(written, zone);
	const isThere = local.hour === clock.hour && local.minute === clock.minute;
	return isThere ? local.toJSDate() : 'none';
}
