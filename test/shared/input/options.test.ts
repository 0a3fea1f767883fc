import type { IDataObject } from 'n8n-workflow';
import {
	applyLimit,
	dateOption,
	limitOf,
	readDateTime,
	scheduledAtOption,
} from '../../../nodes/shared/input/options';
import { itemWith } from '../../engine/harness/contexts';

const NOW = Date.parse('2030-01-31T18:30:00.000Z');
const inZone = (options: IDataObject, timezone = 'UTC') =>
	itemWith({ options }, { getTimezone: () => timezone });

it.each([undefined, null, ''])('%j is not set', (value) => {
	expect(readDateTime(inZone({}), value, 'Time')).toBeUndefined();
});

it.each<[unknown, string, string]>([
	['2030-01-31T18:30:00', 'UTC', '2030-01-31T18:30:00.000Z'],
	['2030-01-31T18:30:00', 'Europe/Rome', '2030-01-31T17:30:00.000Z'],
	['2030-01-31T18:30:00+02:00', 'Europe/Rome', '2030-01-31T16:30:00.000Z'],
	[new Date(NOW), 'Europe/Rome', '2030-01-31T18:30:00.000Z'],
])('%j in the time zone %s is %s', (value, timezone, iso) => {
	const item = inZone({ time: value as string }, timezone);
	expect(readDateTime(item, value, 'Time')?.toISOString()).toBe(iso);
	expect(dateOption(item, 'time', 'Time')?.toISOString()).toBe(iso);
});

it.each<[unknown, string]>([
	['soon', 'Time "soon" is not a date and time'],
	[
		'01/02/2030 10:00',
		'Time "01/02/2030 10:00" is not a date and time: day and month cannot be told apart',
	],
	[
		'2030-02-30',
		'Time "2030-02-30" is not a date and time: there is no such day or time in the years 1990 to 2100',
	],
	[{ a: 1 }, 'Time from the expression is not a date and time'],
])('%j is not a date and time', (value, message) => {
	expect(() => readDateTime(inZone({}), value, 'Time')).toThrow(
		expect.objectContaining({
			message: expect.stringContaining(message),
			description: expect.stringContaining('Enter it as 2030-01-31T18:30:00'),
		}),
	);
});

it('an option that was not added is not set', () => {
	expect(dateOption(inZone({}), 'time', 'Time')).toBeUndefined();
});

describe('Scheduled At', () => {
	beforeEach(() => void jest.useFakeTimers({ now: NOW }));
	afterEach(() => void jest.useRealTimers());
	const at = (scheduledAt?: string) => scheduledAtOption(inZone({ scheduledAt }));

	it('is in the future, or not set', () => {
		expect(at()).toBeUndefined();
		expect(at('2030-01-31T18:30:00.001Z')?.getTime()).toBe(NOW + 1);
	});

	it.each(['2030-01-31T18:30:00.000Z', '2030-01-31T18:29:59.999Z'])('cannot be %s', (time) => {
		expect(() => at(time)).toThrow(`Scheduled At ${time} has passed`);
	});
});

it.each([
	[{}, 50],
	[{ returnAll: true }, Infinity],
	[{ returnAll: true, limit: 3 }, Infinity],
	[{ returnAll: false, limit: 3 }, 3],
	[{ limit: '7' }, 7],
	[{ limit: 2.9 }, 2],
	[{ limit: 1 }, 1],
	[{ limit: 0 }, 1],
	[{ limit: -5 }, 1],
])('with %j a Get Many returns at most %s results', (parameters, limit) => {
	expect(limitOf(itemWith(parameters))).toBe(limit);
});

it('only results beyond the limit are left out', () => {
	const results = [1, 2, 3];
	expect(applyLimit(itemWith({ limit: 2 }), results)).toEqual([1, 2]);
	expect(applyLimit(itemWith({ limit: 1 }), results)).toEqual([1]);
	for (const enough of [{ limit: 3 }, { limit: 4 }, { returnAll: true, limit: 1 }]) {
		expect(applyLimit(itemWith(enough), results)).toBe(results);
	}
});
