import { PREFIXES, ZONES } from '../../../nodes/shared/input/timeZonePrefixes';
import { timeZonesOf } from '../../../nodes/shared/input/timeZones';
import { isTimeZone } from '../../../nodes/shared/input/wallClock';

/** The time zones that a number may be in. */

it.each<[number: string, zones: string[], why: string]>([
	['+12125550142', ['America/New_York'], 'New York'],
	['+17575550142', ['America/New_York'], 'Virginia'],
	['+18085550142', ['Pacific/Honolulu'], 'Hawaii'],
	['+16025550142', ['America/Phoenix'], 'Arizona, without summer time'],
	['+14165550142', ['America/Toronto'], 'Toronto'],
	['+16055550142', ['America/Chicago', 'America/Denver', 'America/North_Dakota/Center'], 'Dakota'],
	['+442079460958', ['Europe/London'], 'a landline in London'],
	[
		'+447400123456',
		['Europe/Guernsey', 'Europe/Isle_of_Man', 'Europe/Jersey', 'Europe/London'],
		'a British mobile',
	],
	['+393331112233', ['Europe/Rome', 'Europe/Vatican'], 'an Italian mobile'],
	['+34922123456', ['Atlantic/Canary'], 'a landline in the Canaries'],
	['+34612345678', ['Atlantic/Canary', 'Europe/Madrid'], 'a Spanish mobile'],
	['+919812345678', ['Asia/Calcutta'], 'India'],
	['+9779812345678', ['Asia/Katmandu'], 'Nepal'],
	['+61261234567', ['Australia/Sydney'], 'a landline in Canberra'],
	['+5592981234567', ['America/Manaus'], 'a mobile in Manaus, whose numbers have an area'],
	['+8613812345678', ['Asia/Shanghai'], 'China'],
	['+870773123456', [], 'a satellite phone'],
	['+883510012345678', [], 'an international network'],
])('of %s are %j (%s)', (number, zones) => {
	expect(timeZonesOf(number)).toEqual(zones);
});

it.each<[number: string, zones: string[], why: string]>([
	['+79131234567', ['Europe/Moscow', 'Asia/Vladivostok', 'Asia/Kamchatka'], 'a Russian mobile'],
	['+61412345678', ['Australia/Sydney', 'Australia/Perth'], 'an Australian mobile'],
	['+18005550142', ['America/New_York', 'Pacific/Honolulu'], 'a toll-free number'],
	['+15005550006', ['America/New_York', 'Pacific/Honolulu'], 'a number that is not assigned'],
])('of %s include %j (%s), because it can be anywhere in the country', (number, zones) => {
	expect(timeZonesOf(number)).toEqual(expect.arrayContaining(zones));
});

it.each(['', '+', 'anna@example.com', 'ACCT-1', '+999123456'])('of %j are none', (text) => {
	expect(timeZonesOf(text)).toEqual([]);
});

it('are names that this version of Node.js knows', () => {
	const names = ZONES.split(';').flatMap((entry) => {
		const [area, members] = entry.split(':');
		return members.split(',').map((member) => `${area}/${member}`);
	});
	expect(names.length).toBeGreaterThan(250);
	expect(names.filter((name) => !isTimeZone(name))).toEqual([]);
	expect([...names].sort()).toEqual(names);
});

it('take little room in the package', () => {
	expect(ZONES.length + PREFIXES.length).toBeLessThan(8_200);
});
