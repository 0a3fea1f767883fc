import { DateTime } from 'luxon';
import { calendarDay } from '../../../nodes/shared/input/calendarDay';

/** The day that a value means, whoever wrote it. */

const [ROME, NEW_YORK, KIRITIMATI] = ['Europe/Rome', 'America/New_York', 'Pacific/Kiritimati'];

it.each<[unknown, string, string | undefined]>([
	['1990-01-31', ROME, '1990-01-31'],
	[' １９９０‑01‑31 ', ROME, '1990-01-31'],
	['1990-01-31T18:30', NEW_YORK, '1990-01-31'],
	['1990-01-31 23:59:59', KIRITIMATI, '1990-01-31'],
	// midnight in Rome
	['1990-01-30T23:00:00.000Z', ROME, '1990-01-31'],
	['1990-07-30T22:00:00.000Z', ROME, '1990-07-31'],
	[new Date('1990-01-30T23:00:00.000Z'), ROME, '1990-01-31'],
	// midnight in UTC
	['1990-01-31T00:00:00.000Z', NEW_YORK, '1990-01-31'],
	[new Date('1990-01-31'), NEW_YORK, '1990-01-31'],
	[new Date('1990-01-31'), KIRITIMATI, '1990-01-31'],
	// any other time
	['1990-01-31T03:00:00Z', NEW_YORK, '1990-01-30'],
	['1990-01-31T03:00:00-05:00', NEW_YORK, '1990-01-31'],
	[new Date('1990-01-31T03:00:00Z'), NEW_YORK, '1990-01-30'],
	[DateTime.fromISO('1990-01-31T00:00:00', { zone: KIRITIMATI }), NEW_YORK, '1990-01-31'],
	['1932-02-29', ROME, '1932-02-29'],
	['1990-02-30', ROME, undefined],
	['1990-13-01', ROME, undefined],
	['1990-01-31T25:00:00Z', ROME, undefined],
	['31.01.1990', ROME, undefined],
	['', ROME, undefined],
	[null, ROME, undefined],
	[5, ROME, undefined],
	[{}, ROME, undefined],
	[new Date(NaN), ROME, undefined],
])('%j in %s is %s', (value, zone, day) => {
	expect(calendarDay(value, zone)).toBe(day);
});
