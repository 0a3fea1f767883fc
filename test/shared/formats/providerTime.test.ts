import fc from 'fast-check';
import {
	epochTime,
	isoTime,
	readIsoTime,
	utcTime,
} from '../../../nodes/shared/formats/providerTime';

describe('a time of a provider', () => {
	it.each([
		['2024-03-05T14:07:09.250Z', '2024-03-05T14:07:09.250Z'],
		['2024-03-05T14:07:09,250Z', '2024-03-05T14:07:09.250Z'],
		['2024-03-05T14:07', '2024-03-05T14:07:00.000Z'],
		['2024-03-05 14:07:09', '2024-03-05T14:07:09.000Z'],
		['2024-03-05T14:07:09.2512345+02', '2024-03-05T12:07:09.251Z'],
		['2024-03-05T14:07:09-0530', '2024-03-05T19:37:09.000Z'],
		['2024-03-05T14:07:09 UTC', '2024-03-05T14:07:09.000Z'],
		[' 2024-02-29T23:59:59Z ', '2024-02-29T23:59:59.000Z'],
		['2023-02-29T00:00:00Z', null],
		['2024-02-30T00:00:00Z', null],
		['2024-13-01T00:00:00Z', null],
		['2024-00-10T00:00:00Z', null],
		['2024-01-01T25:00:00Z', null],
		['2024-01-01T24:00:00Z', null],
		['2024-01-01T10:60:00Z', null],
		['2024-01-01T10:00:00+25:00', null],
		['2024-01-01T10:00:00+14:00', '2023-12-31T20:00:00.000Z'],
		['2024-01-01T10:00:00+15:00', null],
		['2024-01-01T10:00:00+13:59', '2023-12-31T20:01:00.000Z'],
		['2024-01-01T10:00:00+01:60', null],
		['2024-02-30T10:00:00+01:00', null],
		['1989-12-31T23:59:59Z', null],
		['1990-01-01T00:00:00Z', '1990-01-01T00:00:00.000Z'],
		['2100-12-31T23:59:59Z', '2100-12-31T23:59:59.000Z'],
		['2101-01-01T00:00:00Z', null],
		['2024-03-05T14:07:09.5Z', '2024-03-05T14:07:09.500Z'],
		['0001-01-01T00:00:00', null],
		['1900-01-01T00:00:00Z', null],
		['9999-12-31T23:59:59Z', null],
		['soon', null],
		['', null],
		[null, null],
		[{}, null],
	])('%j is %s', (value, expected) => {
		expect(readIsoTime(value)).toBe(expected);
	});

	it('may be in seconds, milliseconds or microseconds', () => {
		const expected = '2024-03-05T14:07:09.000Z';
		expect([1709647629, 1709647629000, 1709647629000000].map(epochTime)).toEqual([
			expected,
			expected,
			expected,
		]);
		expect([0, -1, NaN, Infinity, 1e300].map(epochTime)).toEqual([null, null, null, null, null]);
		expect(isoTime(8.64e15 + 1)).toBeNull();
	});

	it('never rolls over: the result has the same numbers as the input', () => {
		const part = fc.integer({ min: -5, max: 100 });
		const year = fc.integer({ min: 0, max: 3_000 });
		fc.assert(
			fc.property(year, part, part, part, part, part, (y, month, day, hour, minute, second) => {
				const time = utcTime({ year: y, month, day, hour, minute, second });
				if (time === null) return;
				const twoDigits = (number: number) => String(number).padStart(2, '0');
				const clock = [hour, minute, second].map(twoDigits).join(':');
				expect(time).toBe(`${y}-${twoDigits(month)}-${twoDigits(day)}T${clock}.000Z`);
			}),
		);
	});
});
