/** What calendars and clocks show in a time zone, summer time included. */

export const MINUTE_MS = 60_000;
export const MINUTES_PER_DAY = 1_440;

/** Creating a format is slow, and a list needs the same few many times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Sweden writes dates and times as ISO 8601 does, with a space in between. */
function formatIn(zone: string): Intl.DateTimeFormat {
	const existing = formats.get(zone);
	if (existing) return existing;
	const format = new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
	});
	formats.set(zone, format);
	return format;
}

/** The day that a calendar shows, as YYYY-MM-DD, and the time, as HH:MM:SS. @param at epoch milliseconds */
export function clockIn(zone: string, at: number): { day: string; time: string } {
	const [day, time] = formatIn(zone).format(at).split(' ');
	return { day: day.padStart(10, '0'), time };
}

/** Whether a text is the IANA name of a time zone, such as Europe/Rome. */
export function isTimeZone(name: string): boolean {
	try {
		formatIn(name);
		return true;
	} catch {
		return false;
	}
}

/** The minutes since midnight that a clock shows. @param at epoch milliseconds */
export function minuteOfDay(zone: string, at: number): number {
	const [hour, minute] = clockIn(zone, at).time.split(':').map(Number);
	return hour * 60 + minute;
}

/** Minutes since midnight as a clock shows them, such as 09:00. */
export function clockText(minutes: number): string {
	const parts = [Math.floor(minutes / 60), minutes % 60];
	return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
