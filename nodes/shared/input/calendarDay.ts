import { normalizeInput } from './normalizeInput';
import { clockIn } from './wallClock';

/** Days without a time, such as a birthday. */

const MIDNIGHT = '00:00:00';

/**
 * The day of an instant. Midnight somewhere is a date without a time: in the zone of the workflow or,
 * if it is not midnight there, in UTC. Any other instant is on the day of the workflow's zone.
 */
function dayOf(time: Date, zone: string): string {
	const [here, utc] = [zone, 'UTC'].map((name) => clockIn(name, time.getTime()));
	return here.time !== MIDNIGHT && utc.time === MIDNIGHT ? utc.day : here.day;
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
