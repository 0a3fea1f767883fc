import { MINUTE_MS, minuteOfDay, MINUTES_PER_DAY } from '../input/wallClock';

/** The hours of each day in which nobody is to be texted, as the clocks in a time zone show them. */
export interface QuietWindow {
	/** Minutes since midnight. The window passes midnight if it begins after it ends. */
	from: number;
	/** The first minute that is not quiet. */
	to: number;
}

/** How far ahead the end of quiet hours is searched. */
const HORIZON_MS = 8 * MINUTES_PER_DAY * MINUTE_MS;

function isIn({ from, to }: QuietWindow, minute: number): boolean {
	return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Whether it is quiet in a zone. @param at epoch milliseconds */
export function isQuietIn(window: QuietWindow, zone: string, at: number): boolean {
	return isIn(window, minuteOfDay(zone, at));
}

/**
 * The end of the quiet hours that a time is in. Where clocks are changed, it is the first time at
 * which they show an hour that is not quiet, even if a quiet hour is repeated later.
 *
 * @param at a quiet time in this zone, in full minutes
 */
function endIn(window: QuietWindow, zone: string, at: number): number {
	const now = minuteOfDay(zone, at);
	const minutes = (window.to - now + MINUTES_PER_DAY) % MINUTES_PER_DAY;
	/** Whether clocks have been changed within so many minutes. */
	const isChanged = (later: number) =>
		minuteOfDay(zone, at + later * MINUTE_MS) !== (now + later) % MINUTES_PER_DAY;
	if (!isChanged(minutes)) return at + minutes * MINUTE_MS;
	let [before, after] = [0, minutes];
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (isChanged(middle)) after = middle;
		else before = middle;
	}
	const change = at + after * MINUTE_MS;
	return isQuietIn(window, zone, change) ? endIn(window, zone, change) : change;
}

/**
 * When it is first quiet in none of the zones. The time itself if that is now.
 *
 * @param at epoch milliseconds
 * @returns undefined if it is always quiet in one of them
 */
export function endOfQuiet(
	window: QuietWindow,
	zones: readonly string[],
	at: number,
): number | undefined {
	let end = at;
	for (;;) {
		const quiet = zones.find((zone) => isQuietIn(window, zone, end));
		if (quiet === undefined) return end;
		end = endIn(window, quiet, end - (end % MINUTE_MS));
		if (end - at > HORIZON_MS) return undefined;
	}
}
