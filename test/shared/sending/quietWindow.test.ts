import fc from 'fast-check';
import { endOfQuiet, isQuietIn } from '../../../nodes/shared/sending/quietWindow';

/** Whether it is quiet, and when that ends: in several zones, and where clocks are changed. */

const minutes = (clock: string) => {
	const [hour, minute] = clock.split(':').map(Number);
	return hour * 60 + minute;
};
const windowOf = (text: string) => {
	const [from, to] = text.split('-').map(minutes);
	return { from, to };
};

/** The end in ISO 8601; undefined if it is not quiet, `never` if it does not end. */
function endAt(window: string, zones: string, at: string): string | undefined {
	const time = Date.parse(at);
	const end = endOfQuiet(windowOf(window), zones.split(' '), time);
	if (end === undefined) return 'never';
	return end === time ? undefined : new Date(end).toISOString().replace(':00.000Z', 'Z');
}

it.each<[what: string, window: string, zones: string, at: string, end: string | undefined]>([
	['before midnight', '21:00-08:00', 'Europe/Rome', '2030-01-10T20:30Z', '2030-01-11T07:00Z'],
	['after midnight', '21:00-08:00', 'Europe/Rome', '2030-01-11T02:30Z', '2030-01-11T07:00Z'],
	['the first minute', '21:00-08:00', 'Europe/Rome', '2030-01-10T20:00Z', '2030-01-11T07:00Z'],
	['the last second', '21:00-08:00', 'Europe/Rome', '2030-01-11T06:59:59Z', '2030-01-11T07:00Z'],
	['the minute before', '21:00-08:00', 'Europe/Rome', '2030-01-10T19:59:59Z', undefined],
	['the end', '21:00-08:00', 'Europe/Rome', '2030-01-11T07:00Z', undefined],
	['in the daytime', '12:00-14:00', 'Europe/Rome', '2030-01-10T11:30Z', '2030-01-10T13:00Z'],
	['until midnight', '21:00-00:00', 'Europe/Rome', '2030-01-10T22:30Z', '2030-01-10T23:00Z'],
	['from midnight', '00:00-08:00', 'Europe/Rome', '2030-01-10T22:30Z', undefined],
	['from midnight on', '00:00-08:00', 'Europe/Rome', '2030-01-10T23:00Z', '2030-01-11T07:00Z'],
	['half an hour off', '21:00-08:00', 'Asia/Calcutta', '2030-01-10T15:30Z', '2030-01-11T02:30Z'],
	['a quarter off', '21:00-08:00', 'Asia/Katmandu', '2030-01-10T15:20Z', '2030-01-11T02:15Z'],
	['in Honolulu', '21:00-08:00', 'Pacific/Honolulu', '2030-01-10T08:00Z', '2030-01-10T18:00Z'],
	['in New York', '21:00-08:00', 'America/New_York', '2030-01-10T03:00Z', '2030-01-10T13:00Z'],
	['in Sydney', '21:00-08:00', 'Australia/Sydney', '2030-01-10T11:00Z', '2030-01-10T21:00Z'],
	// clocks go forward from 02:00 to 03:00 on 31 March 2030 in Rome
	['a short night', '21:00-08:00', 'Europe/Rome', '2030-03-30T23:00Z', '2030-03-31T06:00Z'],
	['the end is skipped', '21:00-02:30', 'Europe/Rome', '2030-03-31T00:30Z', '2030-03-31T01:00Z'],
	['the begin is skipped', '02:30-04:00', 'Europe/Rome', '2030-03-31T01:00Z', '2030-03-31T02:00Z'],
	['all of it is skipped', '02:15-02:45', 'Europe/Rome', '2030-03-31T00:59Z', undefined],
	// clocks go back from 03:00 to 02:00 on 27 October 2030 in Rome
	['a long night', '21:00-08:00', 'Europe/Rome', '2030-10-26T22:00Z', '2030-10-27T07:00Z'],
	['the end comes twice', '21:00-02:30', 'Europe/Rome', '2030-10-27T00:10Z', '2030-10-27T00:30Z'],
	['between both ends', '21:00-02:30', 'Europe/Rome', '2030-10-27T00:40Z', undefined],
	['quiet again', '21:00-02:30', 'Europe/Rome', '2030-10-27T01:10Z', '2030-10-27T01:30Z'],
	['the begin comes twice', '02:30-04:00', 'Europe/Rome', '2030-10-27T00:40Z', '2030-10-27T01:00Z'],
	// New York changes on other days than Rome
	['a short night', '21:00-08:00', 'America/New_York', '2030-03-10T05:00Z', '2030-03-10T12:00Z'],
	['a long night', '21:00-08:00', 'America/New_York', '2030-11-03T03:00Z', '2030-11-03T13:00Z'],
	// by half an hour
	['Lord Howe', '21:00-02:15', 'Australia/Lord_Howe', '2030-04-06T14:30Z', '2030-04-06T15:45Z'],
	// several zones
	[
		'quiet in one',
		'21:00-08:00',
		'Europe/Lisbon Europe/Rome',
		'2030-01-11T07:30Z',
		'2030-01-11T08:00Z',
	],
	[
		'quiet in the other',
		'21:00-08:00',
		'Europe/Lisbon Europe/Rome',
		'2030-01-10T20:30Z',
		'2030-01-11T08:00Z',
	],
	['quiet in none', '21:00-08:00', 'Europe/Lisbon Europe/Rome', '2030-01-11T08:00Z', undefined],
	[
		'across Russia',
		'21:00-08:00',
		'Europe/Kaliningrad Europe/Moscow Asia/Kamchatka',
		'2030-01-10T10:00Z',
		'2030-01-11T06:00Z',
	],
	['always quiet in one', '08:00-07:00', 'Europe/London Asia/Tokyo', '2030-01-10T10:00Z', 'never'],
])('%s: %s in %s at %s ends %s', (_what, window, zones, at, end) => {
	expect(endAt(window, zones, at)).toBe(end);
});

const ZONES = [
	'UTC',
	'Europe/Rome',
	'Europe/London',
	'America/New_York',
	'America/St_Johns',
	'America/Phoenix',
	'America/Santiago',
	'Australia/Lord_Howe',
	'Australia/Adelaide',
	'Pacific/Auckland',
	'Pacific/Chatham',
	'Africa/Casablanca',
	'Africa/Cairo',
	'Asia/Katmandu',
	'Pacific/Apia',
];

/** What a clock shows, written independently of the code. */
const formats = new Map(
	ZONES.map((zone) => [
		zone,
		new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			hour: 'numeric',
			minute: 'numeric',
		}),
	]),
);

function isQuiet(from: number, to: number, zone: string, at: number): boolean {
	const parts = formats.get(zone)!.formatToParts(at);
	const part = (wanted: string) => Number(parts.find(({ type }) => type === wanted)?.value);
	const now = part('hour') * 60 + part('minute');
	for (let minute = from; minute !== to; minute = (minute + 1) % 1_440) {
		if (minute === now) return true;
	}
	return false;
}

/** Times close to the changes of clocks in these zones, and any others. */
const CHANGES = [
	'2030-03-31',
	'2030-10-27',
	'2030-03-10',
	'2030-11-03',
	'2030-04-07',
	'2030-10-06',
];
const aTime = fc.oneof(
	fc
		.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2_000, max: 2_000 }))
		.map(([day, offset]) => Date.parse(day) + offset * 60_000),
	fc
		.integer({ min: 0, max: 365 * 1_440 })
		.map((offset) => Date.parse('2030-01-01') + offset * 60_000),
);
const aMinute = fc.oneof(
	fc.integer({ min: 0, max: 1_439 }),
	// the hours in which clocks are changed
	fc.integer({ min: 0, max: 240 }),
);

it('ends in the first minute that a search minute by minute finds', () => {
	const anExample = fc.record({
		zones: fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 3 }),
		from: aMinute,
		to: aMinute,
		at: aTime,
	});
	fc.assert(
		fc.property(anExample, ({ zones, from, to, at }) => {
			fc.pre(from !== to);
			const isQuietAnywhere = (time: number) => zones.some((zone) => isQuiet(from, to, zone, time));
			let expected = at;
			while (isQuietAnywhere(expected) && expected < at + 3 * 86_400_000) expected += 60_000;
			fc.pre(!isQuietAnywhere(expected));
			expect(endOfQuiet({ from, to }, zones, at)).toBe(expected);
			expect(zones.some((zone) => isQuietIn({ from, to }, zone, at))).toBe(expected !== at);
		}),
		{ numRuns: 100 },
	);
});
