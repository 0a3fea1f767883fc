import { normalizeInput } from './normalizeInput';

/** Days without a time, such as a birthday. */

interface Clock {
	/** YYYY-MM-DD */
	day: string;
	isMidnight: boolean;
}

/** What a clock in a time zone shows. */
function clockIn(zone: string, time: Date): Clock {
	const format = new Intl.DateTimeFormat('en-CA', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	});
	const parts = Object.fromEntries(
		format.formatToParts(time).map(({ type, value }) => [type, value]),
	);
	const { year, month, day, hour, minute, second } = parts;
	return {
		day: `${year.padStart(4, '0')}-${month}-${day}`,
		isMidnight: [hour, minute, second].every((part) => part === '00'),
	};
}

/**
 * The day of an instant. Midnight somewhere is a date without a time: in the zone of the workflow or,
 * if it is not midnight there, in UTC. Any other instant is on the day of the workflow's zone.
 */
function dayOf(time: Date, zone: string): string {
	const [here, utc] = [clockIn(zone, time), clockIn('UTC', time)];
	return !here.isMidnight && utc.isMidnight ? utc.day : here.day;
}

/** A date of JavaScript or Luxon. Its class may be of another realm, so `instanceof` fails. */
interface DateLike {
	getTime?(): number;
	toISODate?(): string | null;
}

/**
 * The day that a value means, as YYYY-MM-DD; undefined if it is no date. A date object of Luxon has a
 * zone of its own.
 *
 * @param zone the IANA zone of the workflow
 */
export function calendarDay(value: unknown, zone: string): string | undefined {
	if (typeof value === 'object' && value !== null) {
		const { toISODate, getTime } = value as DateLike;
		if (typeof toISODate === 'function') return toISODate.call(value) ?? undefined;
		const time = typeof getTime === 'function' ? getTime.call(value) : NaN;
		return Number.isFinite(time) ? dayOf(new Date(time), zone) : undefined;
	}
	if (typeof value !== 'string') return undefined;
	const text = normalizeInput(value);
	const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[T ](.+))?$/.exec(text) ?? [];
	// Date.parse rolls 30 February over to March
	const exists = (date: string) => new Date(date).toISOString().slice(0, 10) === date;
	if (day === undefined || Number.isNaN(Date.parse(day)) || !exists(day)) return undefined;
	const hasZone = time !== undefined && /(?:Z|[+-]\d\d:?\d\d)$/i.test(time);
	const instant = hasZone ? new Date(`${day}T${time}`) : undefined;
	if (instant === undefined) return day;
	return Number.isNaN(instant.getTime()) ? undefined : dayOf(instant, zone);
}
