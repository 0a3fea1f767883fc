/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getOwn } from '../nodes/shared/formats/values';

/** A key from outside must only find entries of a table, never a member of every object. */

/** Tables whose keys the compiler checks. */
const WITH_CHECKED_KEYS =
	/\b(?:LIMITS|OUTPUT_OF|RANK|EVENT_CHOICES|CAUSE|TYPE_NAMES|PLURAL|PROBLEMS|MS_PER_UNIT)\[/;

const ROOT = join(__dirname, '../nodes');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.ts'),
);

it.each(sources)('%s looks up other keys with getOwn', (name) => {
	const lines = readFileSync(join(ROOT, name), 'utf8').split('\n');
	const unchecked = lines.filter(
		(line) =>
			/\b[A-Z][A-Z_]{2,}\[(?![\]\d'"])/.test(line) &&
			!WITH_CHECKED_KEYS.test(line) &&
			!/^\s*\*/.test(line),
	);
	expect(unchecked).toEqual([]);
});

/** Objects whose keys are positions, or names that this package or n8n has chosen. */
const WITH_OWN_NAMES =
	/\b(?:results|outcomes|urls|complete|previous|fields|stores|tries)\[|idsOf\(context\)\[/;

it.each(sources)('%s adds no member that is named from outside to an object', (name) => {
	const lines = readFileSync(join(ROOT, name), 'utf8').split('\n');
	const added = lines.filter(
		(line) =>
			/\w\)?\[(?!\s*['"\d])[^\]]+(?:\[[^\]]*\])?[^\]]*\]\s*(?:\?\?|\|\|)?=(?![=>])/.test(line) &&
			!WITH_OWN_NAMES.test(line) &&
			!/^\s*(?:\*|\/\/)|\b(?:const|let|type)\b/.test(line),
	);
	expect(added).toEqual([]);
});

it('getOwn does not find members that every object has', () => {
	for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
		expect(getOwn({ a: 1 }, key)).toBeUndefined();
	}
	expect(getOwn({ a: 1 }, 'a')).toBe(1);
});
