import { throwInvalidInput } from '../errors/failure';
import { describeValue } from './coerce';
import { normalizeInput } from './normalizeInput';
import { MINUTES_PER_DAY } from './wallClock';

/** `21:00`, `9.30`, `21h`, `21h30`, `9 pm`, `9:30 a.m.`; a number alone is not a time. */
const TIME = /^(\d{1,2})(?:[:.h](\d\d)(?::00)?|(?=h$|\s?[ap]))h?(?:\s?([ap])\.?(?:m\.?)?)?$/i;

/** The minutes since midnight that a text means; undefined if it is not a time of day. */
function parseTimeOfDay(text: string): number | undefined {
	const [, hours, minutes = '0', half] = TIME.exec(text) ?? [];
	if (hours === undefined) return undefined;
	let hour = Number(hours);
	if (half !== undefined) {
		if (hour < 1 || hour > 12) return undefined;
		hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	}
	const total = hour * 60 + Number(minutes);
	return Number(minutes) < 60 && total <= MINUTES_PER_DAY ? total : undefined;
}

/**
 * Reads a time of day in minutes since midnight. `24:00` is midnight.
 *
 * @param label names the field in errors
 * @throws Failure if the value is not a time of day
 */
export function readTimeOfDay(value: unknown, label: string): number {
	const text = typeof value === 'string' ? normalizeInput(value).replace(/\s+/g, ' ') : '';
	const minutes = parseTimeOfDay(text);
	if (minutes !== undefined) return minutes % MINUTES_PER_DAY;
	return throwInvalidInput(
		text === '' && (typeof value === 'string' || value === undefined || value === null)
			? `${label} is empty`
			: `${label} is ${describeValue(value)}, which is not a time of day`,
		'Enter hours and minutes, such as 21:00 or 9:00 pm.',
	);
}
