import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { Item } from '../../nodes/shared/item';

/** A run with these parameters, in which `={{ $index }}` is the item, and what was read in it. */
function runWith(parameters: INodeParameters) {
	const reads: string[] = [];
	const evaluated = (value: unknown, index: number): unknown => {
		if (value === '={{ $index }}') return index;
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, inner]) => [name, evaluated(inner, index)]),
		);
	};
	const context = {
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string, index: number, fallback: unknown) => {
			reads.push(`${name} ${index}`);
			return name in parameters ? evaluated(parameters[name], index) : fallback;
		},
	} as unknown as IExecuteFunctions;
	return { items: [0, 1, 2].map((index) => new Item(context, index)), reads, context };
}

it('what is no expression is read once for all items', () => {
	const { items, reads } = runWith({ message: 'Hi', options: { from: '1', list: ['a'] } });
	expect(items.map((item) => item.text('message'))).toEqual(['Hi', 'Hi', 'Hi']);
	expect(items.map((item) => item.option('from'))).toEqual(['1', '1', '1']);
	expect(reads).toEqual(['message 0', 'options 0']);
});

it('an expression is read for each item, once', () => {
	const { items, reads } = runWith({ message: '={{ $index }}' });
	const texts = () => items.map((item) => item.text('message'));
	expect([texts(), texts()]).toEqual([
		['0', '1', '2'],
		['0', '1', '2'],
	]);
	expect(reads).toEqual(['message 0', 'message 1', 'message 2']);
});

it.each([
	['in a collection', { from: '={{ $index }}', concurrency: 5 }],
	['in a collection within it', { from: { of: '={{ $index }}' } }],
])('an expression %s makes all of it differ', (_where, options) => {
	const { items, reads } = runWith({ options });
	expect(items.map((item) => item.options)).toEqual(
		[0, 1, 2].map((index) =>
			JSON.parse(JSON.stringify(options).replace('"={{ $index }}"', `${index}`)),
		),
	);
	expect(reads).toHaveLength(3);
});

it('a run knows nothing of the constants of another', () => {
	const [one] = runWith({ message: 'Hi' }).items;
	const [other] = runWith({ message: 'Ho' }).items;
	expect([one.text('message'), other.text('message')]).toEqual(['Hi', 'Ho']);
});

it('a parameter that the node does not have is what the item that asks falls back on', () => {
	const { items } = runWith({});
	expect(items[0].flag('simplify', true)).toBe(true);
	expect(items[1].flag('simplify', false)).toBe(false);
});
