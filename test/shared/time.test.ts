import type { IDataObject } from 'n8n-workflow';
import { dateOption, readDateTime, scheduledAtOption } from '../../nodes/shared/time';
import { itemWith } from './contexts';

/** Date fields of the node. */

const NOW = Date.parse('2030-01-31T18:30:00.000Z');
const inZone = (options: IDataObject, timezone = 'UTC') =>
	itemWith({ options }, { getTimezone: () => timezone });

it.each([undefined, null, ''])('%j is no time, and no error', (value) => {
	expect(readDateTime(inZone({}), value, 'Time')).toBeUndefined();
});

it.each<[unknown, string, string]>([
	['2030-01-31T18:30:00', 'UTC', '2030-01-31T18:30:00.000Z'],
	['2030-01-31T18:30:00', 'Europe/Rome', '2030-01-31T17:30:00.000Z'],
	['2030-01-31T18:30:00+02:00', 'Europe/Rome', '2030-01-31T16:30:00.000Z'],
	[new Date(NOW), 'Europe/Rome', '2030-01-31T18:30:00.000Z'],
])('%j in %s is %s', (value, timezone, iso) => {
	const item = inZone({ time: value as string }, timezone);
	expect(readDateTime(item, value, 'Time')?.toISOString()).toBe(iso);
	expect(dateOption(item, 'time', 'Time')?.toISOString()).toBe(iso);
});

it.each<[unknown, string]>([
	['soon', 'Time "soon" is not a date and time'],
	[
		'01/02/2030 10:00',
		'Time "01/02/2030 10:00" is not a date and time: day and month can be taken',
	],
	[
		'2030-02-30',
		'Time "2030-02-30" is not a date and time: there is no such day or time in the years 1990 to 2100',
	],
	[{ a: 1 }, 'Time of the expression is not a date and time'],
])('%j is none', (value, words) => {
	expect(() => readDateTime(inZone({}), value, 'Time')).toThrow(
		expect.objectContaining({
			message: expect.stringContaining(words),
			description: expect.stringContaining('Give it as 2030-01-31T18:30:00'),
		}),
	);
});

it('an option that was not added is no time', () => {
	expect(dateOption(inZone({}), 'time', 'Time')).toBeUndefined();
});

describe('when to send', () => {
	beforeEach(() => void jest.useFakeTimers({ now: NOW }));
	afterEach(() => void jest.useRealTimers());
	const at = (scheduledAt?: string) => scheduledAtOption(inZone({ scheduledAt }));

	it('is a time to come, or now', () => {
		expect(at()).toBeUndefined();
		expect(at('2030-01-31T18:30:00.001Z')?.getTime()).toBe(NOW + 1);
	});

	it.each(['2030-01-31T18:30:00.000Z', '2030-01-31T18:29:59.999Z'])('is not %s', (time) => {
		expect(() => at(time)).toThrow(`Scheduled At ${time} has passed`);
	});
});
