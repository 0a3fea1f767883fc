import { sorted } from '../../nodes/shared/sorted';

/** The entries of a menu. */

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
])('%j in order are %j', (labels, inOrder) => {
	const given = [...labels];
	expect(sorted(given, (label) => label)).toEqual(inOrder);
	expect(given).toEqual(labels);
});

it('entries whose labels are alike keep their order', () => {
	const entries = ['one', 'two', 'three'].map((name) => ({ name, label: 'Same' }));
	const first = { name: 'first', label: 'a' };
	const last = { name: 'last', label: 'z' };
	expect(sorted([last, ...entries, first], ({ label }) => label)).toEqual([
		first,
		...entries,
		last,
	]);
});
