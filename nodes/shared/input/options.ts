import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import type { Item } from './item';
import { type DateTimeProblem, parseDateTime } from './parseDateTime';

/** How many results a Get Many operation returns: Infinity with Return All. */
export function limitOf(item: Item): number {
	if (item.flag('returnAll', false)) return Infinity;
	return Math.max(1, Math.floor(item.number('limit', 50)));
}

/** Limits results to the number that the user wants (Return All, Limit). */
export function applyLimit<T>(item: Item, results: T[]): T[] {
	const limit = limitOf(item);
	return results.length > limit ? results.slice(0, limit) : results;
}

/**
 * A date and time from the options, or undefined if it is not set. Times without a zone are in the
 * workflow's time zone.
 *
 * @throws Failure if the value is not a date and time
 */
export function dateOption(item: Item, name: string, label: string): Date | undefined {
	return readDateTime(item, item.options[name], label);
}

const PROBLEMS: Readonly<Record<DateTimeProblem, string>> = {
	unreadable: '',
	ambiguous: ': day and month cannot be told apart',
	nonexistent: ': there is no such day or time in the years 1990 to 2100',
};

/** The same for a value that is not an option. */
export function readDateTime(item: Item, value: unknown, label: string): Date | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const date = parseDateTime(value, item.context.getTimezone());
	if (typeof date !== 'string') return date;
	const shown = typeof value === 'object' ? 'from the expression' : quoted(value);
	return throwInvalidInput(
		`${label} ${shown} is not a date and time${PROBLEMS[date]}`,
		'Enter it as 2030-01-31T18:30:00, in the time zone of the workflow, or with an offset such as +01:00.',
	);
}

/** When to send; undefined for now. @throws Failure if that time has passed */
export function scheduledAtOption(item: Item): Date | undefined {
	const date = dateOption(item, 'scheduledAt', 'Scheduled At');
	if (date && date.getTime() <= Date.now()) {
		throwInvalidInput(
			`Scheduled At ${date.toISOString()} has passed`,
			'Enter a time in the future, or remove the option to send immediately.',
		);
	}
	return date;
}
