import { textOrNull } from './values';

/**
 * Times as providers write them, returned as ISO 8601 in UTC. Null for "never" and for everything
 * that is not a time.
 */

/** Years such as 1 mean never or not yet. No text message is older than this. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

/** A time in milliseconds since 1970. */
export function isoTime(milliseconds: number): string | null {
	const date = new Date(milliseconds);
	if (Number.isNaN(date.getTime())) return null;
	const year = date.getUTCFullYear();
	return year < FIRST_YEAR || year > LAST_YEAR ? null : date.toISOString();
}

/** A time in seconds since 1970, or in milliseconds or microseconds if seconds are out of range. */
export function epochTime(epoch: number): string | null {
	return isoTime(epoch * 1000) ?? isoTime(epoch) ?? isoTime(epoch / 1000);
}

/** Date and time in UTC, as numbers or digits; the month counts from 1. */
type UtcParts = Record<'year' | 'month' | 'day', string | number> &
	Partial<Record<'hour' | 'minute' | 'second' | 'millisecond', string | number>>;

/** A time from its parts. A day or an hour that does not exist is null and does not roll over. */
export function utcTime(utcParts: UtcParts): string | null {
	const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = utcParts;
	const parts = [year, month, day, hour, minute, second, millisecond].map(Number);
	const [y, mo, d, h, mi, s, ms] = parts;
	const time = isoTime(Date.UTC(y, mo - 1, d, h, mi, s, ms));
	const readBack = time?.match(/\d+/g)?.map(Number) ?? [];
	return parts.every((value, index) => value === readBack[index]) ? time : null;
}

const ISO =
	/^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s?(?:(Z)|(?:UTC|GMT)?([+-])(\d\d)(?::?(\d\d))?|UTC|GMT)?$/i;

/**
 * An ISO 8601 time of a provider. A time without a zone is UTC. Seconds and the minutes of an
 * offset may be missing. A fraction of a second is cut to milliseconds.
 */
export function readIsoTime(value: unknown): string | null {
	const match = ISO.exec(textOrNull(value)?.trim() ?? '');
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
