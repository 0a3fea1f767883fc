import { readTime } from './dateTime';
import type { NoTime } from './dateTime';
import { failInput } from './errors';
import type { Item } from './item';
import { quoted } from './pasted';

/** Date fields of the node. */

/**
 * A point in time out of the options, or undefined where it was not given. Times without a zone
 * are read in the workflow's time zone.
 *
 * @throws Failure where the value is no date and time
 */
export function dateOption(item: Item, name: string, label: string): Date | undefined {
	return readDateTime(item, item.options[name], label);
}

const WHY: Readonly<Record<NoTime, string>> = {
	unreadable: '',
	ambiguous: ': day and month can be taken either way',
	none: ': there is no such day or time in the years 1990 to 2100',
};

/** The same for a value from elsewhere. */
export function readDateTime(item: Item, value: unknown, label: string): Date | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const date = readTime(value, item.context.getTimezone());
	if (typeof date !== 'string') return date;
	const given = typeof value === 'object' ? 'of the expression' : quoted(value);
	return failInput(
		`${label} ${given} is not a date and time${WHY[date]}`,
		'Give it as 2030-01-31T18:30:00, in the time zone of the workflow, or with an offset such as +01:00.',
	);
}

/** When to send; undefined for now. @throws Failure where that time has passed */
export function scheduledAtOption(item: Item): Date | undefined {
	const date = dateOption(item, 'scheduledAt', 'Scheduled At');
	if (date && date.getTime() <= Date.now()) {
		failInput(
			`Scheduled At ${date.toISOString()} has passed`,
			'Give a time that is still to come, or leave the option out to send at once.',
		);
	}
	return date;
}
