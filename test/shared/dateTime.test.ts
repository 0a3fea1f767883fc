/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { inspect } from 'node:util';
import { DateTime } from 'luxon';
import fc from 'fast-check';
import { readTime } from '../../nodes/shared/dateTime';
import { RUNS } from '../runs';

const ZONES = ['Europe/Rome', 'America/New_York', 'Asia/Kolkata'];

/** Ways to write half past six in the evening of 31 January 2030, without a zone. */
const HALF_PAST_SIX = [
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

	it.each(HALF_PAST_SIX)('%j is half past six there', (text) => {
		expect(readTime(text, zone)).toEqual(expected);
	});

	it('a day alone is its beginning there', () => {
		const midnight = DateTime.fromISO('2030-01-31', { zone }).toJSDate();
		for (const text of ['2030-01-31', '31.01.2030', 'January 31, 2030', '20300131']) {
			expect(readTime(text, zone)).toEqual(midnight);
		}
	});
});

describe('with a zone of its own', () => {
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
	])('%s is the same everywhere', (text) => {
		for (const zone of ZONES) {
			expect([text, readTime(text, zone)]).toEqual([text, new Date('2030-01-31T17:30:00Z')]);
		}
	});
});

describe('a date of an expression', () => {
	const time = Date.parse('2030-01-31T17:30:00Z');
	it('of JavaScript or Luxon is itself, whatever realm it is of', () => {
		const other = { getTime: () => time };
		for (const value of [new Date(time), DateTime.fromMillis(time), other]) {
			expect(readTime(value, 'UTC')).toEqual(new Date(time));
		}
	});

	it('in seconds or milliseconds is told apart', () => {
		for (const value of [time, time / 1000, String(time), String(time / 1000)]) {
			expect(readTime(value, 'UTC')).toEqual(new Date(time));
		}
	});

	const none = [
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
	it.each(none.map((value) => [inspect(value), value]))('%s is none', (_, value) => {
		expect(readTime(value, 'UTC')).toBe('unreadable');
	});
});

describe('what is no time', () => {
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
		].map((text) => [text, 'none'] as const),
		// the clocks go forward over it
		['2030-03-31T02:30:00', 'none'],
	])('%s is %s', (text, why) => {
		expect(readTime(text, 'Europe/Rome')).toBe(why);
	});

	it('a time that comes twice, as the clocks go back, is the second one', () => {
		expect(readTime('2030-10-27 02:30', 'Europe/Rome')).toEqual(new Date('2030-10-27T01:30:00Z'));
		expect(readTime('11/03/2030 01:30', 'America/New_York')).toBe('ambiguous');
		expect(readTime('Nov 3, 2030 1:30 AM', 'America/New_York')).toEqual(
			new Date('2030-11-03T06:30:00Z'),
		);
	});

	it('day and month that are the same can be taken one way only', () => {
		expect(readTime('05/05/2030', 'UTC')).toEqual(new Date('2030-05-05T00:00:00Z'));
	});
});

it('whatever is given, it is a time or the reason why it is none', () => {
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
			const time = readTime(value, zone);
			if (typeof time === 'string') expect(['unreadable', 'ambiguous', 'none']).toContain(time);
			else expect(Number.isNaN(time.getTime())).toBe(false);
		}),
		RUNS,
	);
});
