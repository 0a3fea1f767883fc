import { text } from './values';

/** Times as providers give them, as ISO 8601 in UTC; null for "never" and for what is no time. */

/** Year 1 and the like mean never or not yet; no text message is older than this. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/** Epoch milliseconds. */
export function isoTime(milliseconds: number): string | null {
	const date = new Date(milliseconds);
	if (Number.isNaN(date.getTime())) return null;
	const year = date.getUTCFullYear();
	return year < FIRST_YEAR || year > LAST_YEAR ? null : date.toISOString();
}

/** Seconds since 1970, or milliseconds or microseconds where only these give a time. */
export function epochTime(number: number): string | null {
	return isoTime(number * 1000) ?? isoTime(number) ?? isoTime(number / 1000);
}

/** A clock reading in UTC, as numbers or digits; the month counts from 1. */
interface ClockReading {
	year: string | number;
	month: string | number;
	day: string | number;
	hour?: string | number;
	minute?: string | number;
	second?: string | number;
	millisecond?: string | number;
}

/** A clock reading in UTC; null where there is no such day or hour: nothing rolls over. */
export function utcTime(reading: ClockReading): string | null {
	const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = reading;
	const given = [year, month, day, hour, minute, second, millisecond].map(Number);
	const [y, mo, d, h, mi, s, ms] = given;
	const date = new Date(Date.UTC(y, mo - 1, d, h, mi, s, ms));
	const read = [
		date.getUTCFullYear(),
		date.getUTCMonth() + 1,
		date.getUTCDate(),
		date.getUTCHours(),
		date.getUTCMinutes(),
		date.getUTCSeconds(),
		date.getUTCMilliseconds(),
	];
	return given.every((value, index) => value === read[index]) ? isoTime(date.getTime()) : null;
}

const ISO =
	/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s?(?:(Z)|(?:UTC|GMT)?([+-])(\d\d)(?::?(\d\d))?|UTC|GMT)?$/i;

/**
 * An ISO 8601 time of an answer, in UTC. A time without a zone is UTC, seconds may be missing, an
 * offset may be hours alone, and of a fraction the first three digits count.
 */
export function readIsoTime(value: unknown): string | null {
	const match = ISO.exec(text(value)?.trim() ?? '');
	if (!match) return null;
	const [, year, month, day, hour, minute, second = '0', fraction = ''] = match;
	const [sign, hours = '0', minutes = '0'] = match.slice(9);
	const millisecond = fraction.slice(0, 3).padEnd(3, '0');
	const time = utcTime({ year, month, day, hour, minute, second, millisecond });
	if (time === null || sign === undefined) return time;
	if (Number(hours) > 14 || Number(minutes) > 59) return null;
	const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
	return isoTime(Date.parse(time) - (sign === '-' ? -offset : offset));
}
