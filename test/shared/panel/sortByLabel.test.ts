import { sortByLabel } from '../../../nodes/shared/panel/fields';

/** Sorting the entries of a menu. */

it.each([
	[[], []],
	[
		['b', 'a', 'c'],
		['a', 'b', 'c'],
	],
	[
		['c', 'b', 'a'],
		['a', 'b', 'c'],
	],
	[
		['a', 'b', 'c', 'd'],
		['a', 'b', 'c', 'd'],
	],
	[
		['b', 'C', 'A', 'd'],
		['A', 'b', 'C', 'd'],
	],
	[
		['Z_', 'za', 'ZB'],
		['Z_', 'za', 'ZB'],
	],
])('%j sorted are %j, without changing the list', (labels, sorted) => {
	const entries = [...labels];
	expect(sortByLabel(entries, (label) => label)).toEqual(sorted);
	expect(entries).toEqual(labels);
});

it('entries with the same label keep their order', () => {
	const entries = ['one', 'two', 'three'].map((name) => ({ name, label: 'Same' }));
	const first = { name: 'first', label: 'a' };
	const last = { name: 'last', label: 'z' };
	expect(sortByLabel([last, ...entries, first], ({ label }) => label)).toEqual([
		first,
		...entries,
		last,
	]);
});
