/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { inspect } from 'node:util';
import { parseDateTime } from '../../../nodes/shared/input/parseDateTime';
import { RUNS } from '../../runs';

const ZONES = ['Europe/Rome', 'America/New_York', 'Asia/Kolkata'];

/** Ways to write 31 January 2030, 18:30, without a zone. */
const SPELLINGS = [
	'2030-01-31T18:30:00',
	'2030-01-31T18:30',
	'2030-01-31 18:30',
	'2030-01-31 18:30:00.000',
	'2030-01-31, 18:30',
	'2030/01/31 18:30',
	'2030.01.31 18:30',
	'2030/1/31 18:30',
	'20300131T18:30:00',
	'20300131T183000',
	'20300131T1830',
	'20300131 18:30',
	'20300131183000',
	'203001311830',
	'01/31/2030 18:30',
	'1/31/2030 6:30 PM',
	'31/01/2030 18:30',
	'31.01.2030 18:30',
	'31-01-2030 18:30',
	'31.1.2030, 18:30',
	'01/31/2030, 6:30:00 pm',
	'January 31, 2030 6:30 PM',
	'January 31, 2030, 6:30 p.m.',
	'Jan 31, 2030 18:30',
	'Jan. 31 2030 18:30',
	'January 31st, 2030 at 6:30 PM',
	'31 January 2030 18:30',
	'31 Jan 2030, 18:30',
	'31-Jan-2030 18:30',
	'31st January 2030 6:30PM',
	'Thu, 31 Jan 2030 18:30:00',
	'Thursday, January 31, 2030 6:30 PM',
	'2030-01-31\u00a018:30',
	' 2030-01-31T18:30:00 ',
	'２０３０-０１-３１ １８:３０',
	'\u200e2030-01-31 18:30',
];

describe.each(ZONES)('in %s', (zone) => {
	const expected = DateTime.fromISO('2030-01-31T18:30:00', { zone }).toJSDate();

	it.each(SPELLINGS)('%j is 18:30 local time', (text) => {
		expect(parseDateTime(text, zone)).toEqual(expected);
	});

	it('a date without a time is midnight', () => {
		const midnight = DateTime.fromISO('2030-01-31', { zone }).toJSDate();
		for (const text of ['2030-01-31', '31.01.2030', 'January 31, 2030', '20300131']) {
			expect(parseDateTime(text, zone)).toEqual(midnight);
		}
	});
});

describe('a text with a zone', () => {
	it.each([
		'20300131T173000Z',
		'20300131T183000+0100',
		'2030-01-31T18:30:00+01:00[Europe/Rome]',
		'2030-01-31T17:30:00Z',
		'2030-01-31T18:30:00+01:00',
		'2030-01-31T18:30:00.000+0100',
		'2030-01-31T18:30+01',
		'2030-01-31 12:30:00 -05:00',
		'Thu, 31 Jan 2030 17:30:00 GMT',
		'Thu, 31 Jan 2030 18:30:00 +0100',
		'2030-01-31 17:30 UTC',
		'31 Jan 2030 18:30 GMT+1',
		'Thu Jan 31 2030 18:30:00 GMT+0100 (Central European Standard Time)',
		'2030-01-31T17:30:00z',
	])('%s is the same in all default zones', (text) => {
		for (const zone of ZONES) {
			expect([text, parseDateTime(text, zone)]).toEqual([text, new Date('2030-01-31T17:30:00Z')]);
		}
	});
});

describe('a value of an expression', () => {
	const time = Date.parse('2030-01-31T17:30:00Z');
	it('may be a date of JavaScript or Luxon, also from another realm', () => {
		const fromAnotherRealm = { getTime: () => time };
		for (const value of [new Date(time), DateTime.fromMillis(time), fromAnotherRealm]) {
			expect(parseDateTime(value, 'UTC')).toEqual(new Date(time));
		}
	});

	it('may be in seconds or milliseconds', () => {
		for (const value of [time, time / 1000, String(time), String(time / 1000)]) {
			expect(parseDateTime(value, 'UTC')).toEqual(new Date(time));
		}
	});

	const unreadable = [
		{},
		[],
		true,
		null,
		undefined,
		5,
		NaN,
		Infinity,
		-1,
		1e300,
		new Date(NaN),
		Symbol.iterator,
	];
	it.each(unreadable.map((value) => [inspect(value), value]))('cannot be %s', (_, value) => {
		expect(parseDateTime(value, 'UTC')).toBe('unreadable');
	});
});

describe('a text that is not a date and time', () => {
	it.each<readonly [string, string]>([
		...[
			'soon',
			'',
			'18:30',
			'2030',
			'01/31/30',
			'31 Januar 2030',
			'2030-01-31 18',
			'tomorrow',
			'5',
		].map((text) => [text, 'unreadable'] as const),
		...['01/02/2030', '1.2.2030 18:30', '03-04-2030'].map((text) => [text, 'ambiguous'] as const),
		...[
			'2030-02-30',
			'2030-13-01',
			'2030-00-10',
			'31/31/2030',
			'31.04.2030 18:30',
			'2031-02-29',
			'2030-01-31T25:00',
			'2030-01-31T24:00',
			'2030-01-31T18:60',
			'January 32, 2030',
			'1/31/2030 13:30 PM',
			'1/31/2030 0:30 AM',
			'0001-01-01',
		].map((text) => [text, 'nonexistent'] as const),
		// skipped when the clocks go forward
		['2030-03-31T02:30:00', 'nonexistent'],
	])('%s is %s', (text, problem) => {
		expect(parseDateTime(text, 'Europe/Rome')).toBe(problem);
	});

	it.each([
		['winter', '2030-01-15T12:00:00Z'],
		['summer', '2030-07-15T12:00:00Z'],
	])(
		'a time that occurs twice when the clocks go back is the second one, in %s',
		(_season, now) => {
			jest.useFakeTimers({ now: new Date(now), doNotFake: ['performance', 'setImmediate'] });
			expect(parseDateTime('2030-10-27 02:30', 'Europe/Rome')).toEqual(
				new Date('2030-10-27T01:30:00Z'),
			);
			expect(parseDateTime('11/03/2030 01:30', 'America/New_York')).toBe('ambiguous');
			expect(parseDateTime('Nov 3, 2030 1:30 AM', 'America/New_York')).toEqual(
				new Date('2030-11-03T06:30:00Z'),
			);
			// half an hour, as on Lord Howe Island
			expect(parseDateTime('2030-04-07 01:45', 'Australia/Lord_Howe')).toEqual(
				new Date('2030-04-06T15:15:00Z'),
			);
			jest.useRealTimers();
		},
	);

	it('day and month are not ambiguous if they are the same', () => {
		expect(parseDateTime('05/05/2030', 'UTC')).toEqual(new Date('2030-05-05T00:00:00Z'));
	});
});

it('any value is read or has a problem', () => {
	const part = fc.constantFrom(
		'2030',
		'01',
		'31',
		'12',
		'-',
		'/',
		'.',
		' ',
		'T',
		':',
		'18',
		'PM',
		'Jan',
		'Z',
		'+01:00',
		',',
	);
	const text = fc.oneof(
		fc.string(),
		fc.array(part, { maxLength: 14 }).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(fc.oneof(text, fc.anything()), fc.constantFrom(...ZONES), (value, zone) => {
			const time = parseDateTime(value, zone);
			if (typeof time === 'string')
				expect(['unreadable', 'ambiguous', 'nonexistent']).toContain(time);
			else expect(Number.isNaN(time.getTime())).toBe(false);
		}),
		RUNS,
	);
});

/** A value read in the zone of Rome: as ISO 8601 in UTC, or its problem. */
function readInRome(value: unknown): string {
	const time = parseDateTime(value, 'Europe/Rome');
	return typeof time === 'string' ? time : time.toISOString();
}

describe('a date', () => {
	const MONTHS = [
		'January, Jan, jan., JANUARY',
		'February, Feb',
		'March, Mar',
		'April, Apr',
		'May',
		'June, Jun',
		'July, Jul',
		'August, Aug',
		'September, Sep, Sept, sept.',
		'October, Oct',
		'November, Nov',
		'December, Dec',
	].flatMap((names, index) => names.split(', ').map((name) => [name, index + 1] as const));

	it.each(MONTHS)('in %s is in month %i', (name, month) => {
		const expected = new Date(Date.UTC(2030, month - 1, 7));
		for (const text of [
			`${name} 7, 2030`,
			`7 ${name} 2030`,
			`7-${name}-2030`,
			`7th ${name}, 2030`,
		]) {
			expect([text, parseDateTime(text, 'UTC')]).toEqual([text, expected]);
		}
	});

	const DAYS =
		'Mon Monday Tue Tues Tuesday Wed Wednesday Thu Thurs Thursday Fri Friday Sat Saturday Sun Sunday';
	it.each(DAYS.split(' '))('may begin with the weekday %s', (name) => {
		for (const end of ['', ',', '.', '.,']) {
			for (const day of ['31 Jan 2030', 'Jan 31 2030', 'January 31st, 2030']) {
				const text = `${name}${end} ${day}`;
				expect([text, parseDateTime(text, 'UTC')]).toEqual([
					text,
					new Date('2030-01-31T00:00:00Z'),
				]);
			}
		}
	});

	it.each(['1st', '2nd', '3rd', '4th', '21'])('may have the day %s', (day) => {
		const expected = new Date(Date.UTC(2030, 4, Number(/\d+/.exec(day)?.[0])));
		for (const text of [`May ${day} 2030`, `May ${day}, 2030`, `${day} May 2030`]) {
			expect([text, parseDateTime(text, 'UTC')]).toEqual([text, expected]);
		}
	});

	it.each([
		['2030-1-5', '2030-01-04T23:00:00.000Z'],
		['2030-01-02', '2030-01-01T23:00:00.000Z'],
		['2030.12.13', '2030-12-12T23:00:00.000Z'],
		['20300102', '2030-01-01T23:00:00.000Z'],
		['12.12.2030', '2030-12-11T23:00:00.000Z'],
		['12.13.2030', '2030-12-12T23:00:00.000Z'],
		['13.12.2030', '2030-12-12T23:00:00.000Z'],
		['1/13/2030', '2030-01-12T23:00:00.000Z'],
		['13/1/2030', '2030-01-12T23:00:00.000Z'],
		['1-1-2030', '2029-12-31T23:00:00.000Z'],
		['12.11.2030', 'ambiguous'],
		['11.12.2030', 'ambiguous'],
		['5/12/2030', 'ambiguous'],
		['12/5/2030', 'ambiguous'],
		['13.13.2030', 'nonexistent'],
		['2030-31-01', 'nonexistent'],
	])('of numbers, %s, is %s', (text, time) => {
		expect(readInRome(text)).toBe(time);
	});

	it.each([
		'x2030-01-31 pm',
		'x20300131 pm',
		'x31.01.2031 pm',
		'5Jan 31, 2031 pm',
		'x31 Jan 2031 pm',
		'2030-01-3118:30',
		'2030013118:30',
		'31.01.203018:30',
		'Jan 31, 203018:30',
		'31 Jan 203018:30',
		'2030-01-31x',
		'2030-01.31',
		'31-01.2030',
		'2030x01x31',
		'2030-001-31',
		'203-01-31',
		'31.01.30',
		'31 Jan Mon 2030',
		'Moo 31 Jan 2030',
		'Monx 31 Jan 2030',
		'abc 31, 2030',
		'31 abc 2030',
		'Ja 31 2030',
		'Jan 31x 2030',
		'Jan 31,, 2030',
		'31xx Jan 2030',
		'31_Jan_2030',
		'Jan 31 30',
	])('is not found in %s', (text) => {
		expect(readInRome(text)).toBe('unreadable');
	});
});

describe('a time of day', () => {
	it.each([
		['2030-01-31,18:30', '17:30:00.000'],
		['2030-01-31 , 18:30', '17:30:00.000'],
		['2030-01-31 at 18:30', '17:30:00.000'],
		['31.01.2030,18:30', '17:30:00.000'],
		['Jan 31 2030,18:30', '17:30:00.000'],
		['31 Jan 2030,18:30', '17:30:00.000'],
		['20300131 18:30', '17:30:00.000'],
		['2030-01-31    18:30', '17:30:00.000'],
		['2030-01-31 6 PM', '17:00:00.000'],
		['2030-01-31 6pm', '17:00:00.000'],
		['2030-01-31 1 pm', '12:00:00.000'],
		['2030-01-31 12 PM', '11:00:00.000'],
		['2030-01-31 12:30 p.m.', '11:30:00.000'],
		['2030-01-31 11:59 PM', '22:59:00.000'],
		['2030-01-31 1:00 AM', '00:00:00.000'],
		['2030-01-31 11:30 am', '10:30:00.000'],
		['2030-01-31 18:30:45', '17:30:45.000'],
		['2030-01-31 18:30:45.5', '17:30:45.500'],
		['2030-01-31 18:30:45,25', '17:30:45.250'],
		['2030-01-31 18:30:45.123456', '17:30:45.123'],
		['2030-01-31 18:30:45.006', '17:30:45.006'],
	])('in %s is %s', (text, time) => {
		expect(readInRome(text)).toBe(`2030-01-31T${time}Z`);
	});

	it.each([
		['2030-01-31 12:00 AM', '2030-01-30T23:00:00.000Z'],
		['2030-01-31 12:30 am', '2030-01-30T23:30:00.000Z'],
		['2030-01-31 0:00 AM', 'nonexistent'],
		['2030-01-31 0 pm', 'nonexistent'],
		['2030-01-31 13 pm', 'nonexistent'],
		['2030-01-31 18:30:60', 'nonexistent'],
		['2030-01-31 18', 'unreadable'],
		['2030-01-31 18:3', 'unreadable'],
		['2030-01-31 evening', 'unreadable'],
	])('and date in %s are %s', (text, time) => {
		expect(readInRome(text)).toBe(time);
	});

	it('in the half hour that is skipped when the clocks go forward does not exist', () => {
		expect(parseDateTime('2030-10-06 02:15', 'Australia/Lord_Howe')).toBe('nonexistent');
		expect(parseDateTime('2030-10-06 02:30', 'Australia/Lord_Howe')).toEqual(
			new Date('2030-10-05T15:30:00Z'),
		);
	});
});

describe('a zone', () => {
	it.each([
		['Z', '18:30'],
		['utc', '18:30'],
		['GMT', '18:30'],
		['+00:00', '18:30'],
		['+01', '17:30'],
		['-01', '19:30'],
		['+0530', '13:00'],
		['+05:30', '13:00'],
		['-0330', '22:00'],
		['GMT+1', '17:30'],
		['GMT-2', '20:30'],
		['UTC+10', '08:30'],
		['UTC+5:30', '13:00'],
		['GMT+130', '17:00'],
		['GMT+1 (Central European Time)', '17:30'],
	])('%s in the text overrides the default zone', (zone, time) => {
		expect(readInRome(`2030-01-31 18:30 ${zone}`)).toBe(`2030-01-31T${time}:00.000Z`);
	});

	it.each([
		['2030-01-31 18:30 +99:00', 'nonexistent'],
		['2030-01-31 18:30 +25:00', 'nonexistent'],
		['2030-01-31 18:30 CEST', 'unreadable'],
		['2030-01-31 18:30 +1', 'unreadable'],
	])('in %s makes the time %s', (text, problem) => {
		expect(readInRome(text)).toBe(problem);
	});
});

describe('a number', () => {
	it.each<[unknown, string]>([
		['100000000', '1973-03-03T09:46:40.000Z'],
		[100_000_000, '1973-03-03T09:46:40.000Z'],
		['099999999', 'unreadable'],
		// phone numbers, not seconds in the years 2526 and 2210 or milliseconds in 2125
		['17575449510', 'unreadable'],
		['7575449510', 'unreadable'],
		['4917655550123', 'unreadable'],
		['99999999999', 'unreadable'],
		['1896111000.5', '2030-01-31T17:30:00.500Z'],
		['1000000000000', '2001-09-09T01:46:40.000Z'],
		['9999999999999', 'unreadable'],
		['0000000000001', 'unreadable'],
		// read as a date and a time without separators
		['100000000000', 'nonexistent'],
		['12345678901234', 'nonexistent'],
		['x1896111000', 'unreadable'],
		['1896111000x', 'unreadable'],
		['1896111000.', 'unreadable'],
		[-1_896_111_000, 'unreadable'],
	])('%j since 1970 is %s', (value, time) => {
		expect(readInRome(value)).toBe(time);
	});
});

it('a value of another type is unreadable', () => {
	expect([1_896_111_000n, true, undefined, null].map(readInRome)).toEqual(
		Array(4).fill('unreadable'),
	);
});

describe('an object', () => {
	const [getValid, getInvalid] = [() => 1_896_111_000_000, () => 5];
	it.each<[string, object, string]>([
		['of Luxon', { toMillis: getValid }, '2030-01-31T17:30:00.000Z'],
		[
			'of Luxon that also has getTime',
			{ toMillis: getValid, getTime: getInvalid },
			'2030-01-31T17:30:00.000Z',
		],
		['of JavaScript', { toMillis: 5, getTime: getValid }, '2030-01-31T17:30:00.000Z'],
		['without a method', { toMillis: 5, getTime: 5 }, 'unreadable'],
		['with an invalid time', { toMillis: () => NaN }, 'unreadable'],
		['with an infinite time', { getTime: () => Infinity }, 'unreadable'],
		['with a text for a time', { getTime: () => '5' }, 'unreadable'],
	])('%s', (_, value, time) => {
		expect(readInRome(value)).toBe(time);
	});

	it('is the receiver of its method', () => {
		const luxonLike = {
			time: 1_896_111_000_000,
			toMillis() {
				return this.time;
			},
		};
		const dateLike = {
			time: 1_896_111_000_000,
			getTime() {
				return this.time;
			},
		};
		const times = [luxonLike, dateLike].map(readInRome);
		expect(times).toEqual(Array(2).fill('2030-01-31T17:30:00.000Z'));
	});
});
