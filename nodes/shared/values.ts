import type { IDataObject } from 'n8n-workflow';

/** Reading values of an answer or a postback whose members may be missing or of another type. */

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or null for what is absent or empty. Numbers and booleans become text. */
export function text(value: unknown): string | null {
	return value === undefined || value === null || value === '' ? null : String(value);
}

/** Year 1 and the like mean never or not yet; no text message is older than this. */
const FIRST_YEAR = 1990;

/** Epoch milliseconds as ISO 8601 in UTC; null for "never" and for what is no time. */
export function isoTime(milliseconds: number): string | null {
	const date = new Date(milliseconds);
	if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < FIRST_YEAR) return null;
	return date.toISOString();
}

/**
 * An ISO 8601 time of an answer, in UTC; null for "never" and for what is none. A time without a
 * zone is UTC, an offset may be hours alone, and of a fraction longer than JavaScript's the first
 * three digits count.
 */
export function readIsoTime(value: unknown): string | null {
	const clock =
		/^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(Z|[+-]\d\d(?::?\d\d)?)?$/i.exec(
			text(value)?.trim() ?? '',
		);
	if (!clock) return null;
	const [, time, fraction = '', zone = 'Z'] = clock;
	const offset = zone.length === 3 ? `${zone}:00` : zone;
	return isoTime(Date.parse(`${time.replace(' ', 'T')}${fraction}${offset}`));
}
