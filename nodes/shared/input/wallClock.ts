/** What clocks show in a time zone, summer time included. */

export const MINUTE_MS = 60_000;
export const MINUTES_PER_DAY = 1_440;

/** Creating a format is slow, and a campaign needs the same few many times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
	const existing = formats.get(zone);
	if (existing) return existing;
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone: zone,
		hourCycle: 'h23',
		hour: '2-digit',
		minute: '2-digit',
	});
	formats.set(zone, format);
	return format;
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
	const [hour, minute] = formatIn(zone).format(at).split(':').map(Number);
	return hour * 60 + minute;
}

/** Minutes since midnight as a clock shows them, such as 09:00. */
export function clockText(minutes: number): string {
	const parts = [Math.floor(minutes / 60), minutes % 60];
	return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
