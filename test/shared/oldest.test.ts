import { dropOldest } from '../../nodes/shared/oldest';

/** A memory with a bound. */

it.each<[string[], number, string[]]>([
	[[], 0, []],
	[['a'], 1, ['a']],
	[['a', 'b'], 2, ['a', 'b']],
	[['a', 'b', 'c'], 2, ['b', 'c']],
	[['b', 'a'], 1, ['a']],
	[['a'], 0, []],
])('of %j, of which it may hold %i, %j stay', (entries, most, left) => {
	const set = new Set(entries);
	dropOldest(set, most);
	expect([...set]).toEqual(left);
	const map = new Map(entries.map((entry) => [entry, 1]));
	dropOldest(map, most);
	expect([...map.keys()]).toEqual(left);
});
