/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '../../nodes/shared/values';

/** Keys that came from outside must find nothing but a table's own entries. */

/** Look-ups whose keys are ours: names of a type, checked by the compiler. */
const OURS =
	/\b(?:LIMITS|OUTPUT_OF|RANK|EVENT_CHOICES|CAUSE|TYPE_NAMES|PLURAL|BOUNDS|WHY|REFUSALS)\[/;

const ROOT = join(__dirname, '../../nodes');
const sources = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) =>
	name.endsWith('.ts'),
);

it.each(sources)('%s looks up tables by their own entries only', (name) => {
	const lines = readFileSync(join(ROOT, name), 'utf8').split('\n');
	const bare = lines.filter(
		(line) =>
			/\b[A-Z][A-Z_]{2,}\[(?![\]\d'"])/.test(line) && !OURS.test(line) && !/^\s*\*/.test(line),
	);
	expect(bare).toEqual([]);
});

it('a member of every object is no entry', () => {
	for (const key of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
		expect(own({ a: 1 }, key)).toBeUndefined();
	}
	expect(own({ a: 1 }, 'a')).toBe(1);
});
