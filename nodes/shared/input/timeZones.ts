import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { PREFIXES, ZONES } from './timeZonePrefixes';

/** The time zones that a phone number may be in, by the tables of Google's libphonenumber. */

/** Countries whose mobile numbers have area codes (Mexico, Argentina, Brazil, Indonesia, China). */
const WITH_MOBILE_AREAS: ReadonlySet<string> = new Set(['52', '54', '55', '62', '86']);

const WITH_AREA: ReadonlyArray<NumberType | undefined> = ['FIXED_LINE', 'FIXED_LINE_OR_MOBILE'];

const MAX_PREFIX_LENGTH = 8;

function readZones(): string[] {
	return ZONES.split(';').flatMap((entry) => {
		const [area, members] = entry.split(':');
		return members.split(',').map((member) => `${area}/${member}`);
	});
}

/** The table: the zones by the first digits of a number. */
function readPrefixes(): ReadonlyMap<string, readonly string[]> {
	const names = readZones();
	const byPrefix = new Map<string, readonly string[]>();
	for (const group of PREFIXES.split(',')) {
		const [positions, steps] = group
			.split(':')
			.map((part) => part.split(' ').map((number) => parseInt(number, 36)));
		const zones = positions.map((position) => names[position]);
		let prefix = 0;
		for (const step of steps) byPrefix.set(String((prefix += step)), zones);
	}
	return byPrefix;
}

let table: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * The time zones that a number may be in, as IANA names. A landline, and every number in North
 * America, is in the area of its first digits. A mobile phone or a toll-free number can be anywhere
 * in its country.
 *
 * @param number E.164
 * @returns an empty list if the tables have no zone for it
 */
export function timeZonesOf(number: string): readonly string[] {
	table ??= readPrefixes();
	const phone = parsePhoneNumberFromString(number);
	if (!phone) return [];
	const { countryCallingCode: country } = phone;
	const type = phone.getType();
	const hasArea = WITH_AREA.includes(type) || (type === 'MOBILE' && WITH_MOBILE_AREAS.has(country));
	const digits = number.slice(1, 1 + (hasArea ? MAX_PREFIX_LENGTH : country.length));
	for (let { length } = digits; length > 0; length--) {
		const zones = table.get(digits.slice(0, length));
		if (zones) return zones;
	}
	return [];
}
