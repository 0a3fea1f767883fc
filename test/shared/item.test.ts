import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { Item, messageOutput } from '../../nodes/shared/item';
import { smsMessage } from '../../nodes/shared/message';

/** A run with these parameters, in which `={{ $index }}` is the item, and what was read in it. */
function runWith(parameters: INodeParameters) {
	const reads: string[] = [];
	const evaluated = (value: unknown, index: number): unknown => {
		if (value === '={{ $index }}') return index;
		if (Array.isArray(value)) return value.map((inner) => evaluated(inner, index));
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

it.each<[string, unknown]>([
	['a text', 'a'],
	['a text with the sign of an expression in it', 'a={{ $index }}'],
	['a number', 5],
	['nothing', null],
	['an empty collection', {}],
	['a collection', { a: { b: ['c', null, 1] } }],
])('%s is the same for all items', (_, value) => {
	const { items, reads } = runWith({ x: value } as INodeParameters);
	expect(items.map((item) => item.parameter('x'))).toEqual([value, value, value]);
	expect(reads).toEqual(['x 0']);
});

it.each<[string, unknown]>([
	['first', ['={{ $index }}', 'a']],
	['last', ['a', '={{ $index }}']],
	['deep', { a: { b: ['c', { d: '={{ $index }}' }] } }],
])('an expression that is %s makes a list differ', (_, value) => {
	const { items, reads } = runWith({ x: value } as INodeParameters);
	for (const item of items) item.parameter('x');
	expect(reads).toEqual(['x 0', 'x 1', 'x 2']);
});

it('what the node does not have is read for each item, once', () => {
	const { items, reads } = runWith({});
	expect([...items, ...items].map((item) => item.parameter('x', 'f'))).toEqual(Array(6).fill('f'));
	expect(reads).toEqual(['x 0', 'x 1', 'x 2']);
	const inherited = runWith({});
	for (const item of inherited.items) item.parameter('toString', '');
	expect(inherited.reads).toHaveLength(3);
});

it('a node may have no parameters at all', () => {
	const context = {
		getNode: () => ({}),
		getNodeParameter: (_name: string, _index: number, fallback: unknown) => fallback,
	} as unknown as IExecuteFunctions;
	expect(new Item(context, 0).text('x')).toBe('');
	expect(new Item(context, 0).options).toEqual({});
});

it('of a run its node is looked at once', () => {
	const getNode = jest.fn(() => ({ parameters: {} }));
	const context = { getNode, getNodeParameter: () => '' } as unknown as IExecuteFunctions;
	for (const index of [0, 1, 2]) new Item(context, index).text('x');
	expect(getNode.mock.calls).toHaveLength(1);
});

describe('the readings of a parameter', () => {
	const of = (value: unknown) => runWith({ x: value, message: value } as INodeParameters).items[1];

	it('give values of the right type', () => {
		expect(of(' a ').text('x')).toBe(' a ');
		expect(of(5).text('x')).toBe('5');
		expect(of('yes').flag('x', false)).toBe(true);
		expect(of('').flag('x', true)).toBe(true);
		expect(of('7').number('x', 3)).toBe(7);
		expect(of('').number('x', 3)).toBe(3);
		expect(of('B').choice('x', ['a', 'b'], 'a')).toBe('b');
		expect(of('').choice('x', ['a', 'b'], 'a')).toBe('a');
		expect(of(' a ').chosen('x')).toBe('a');
	});

	it('fall back where there is none', () => {
		const item = of('a');
		expect(item.text('y')).toBe('');
		expect(item.flag('y', true)).toBe(true);
		expect(item.number('y', 3)).toBe(3);
		expect(item.choice('y', ['a', 'b'], 'b')).toBe('b');
		expect(item.chosen('y')).toBe('');
		expect(item.parameter('z')).toBeUndefined();
		// an item keeps to the first reading
		expect(item.parameter('z', 5)).toBeUndefined();
	});

	it('name the parameter in what they refuse', () => {
		const item = runWith({ statusUrl: {}, message: {} } as INodeParameters).items[0];
		expect(() => item.text('message')).toThrow(/^The message is an object/);
		expect(() => item.text('statusUrl')).toThrow(/^Status URL is an object/);
		expect(() => item.flag('statusUrl', true)).toThrow(
			/^Status URL is an object, which is neither/,
		);
		expect(() => item.number('statusUrl', 1)).toThrow(
			/^Status URL is an object, which is not a number/,
		);
		expect(() => item.choice('statusUrl', ['a'], 'a')).toThrow(
			/^Status URL is an object, which is none/,
		);
		expect(() => item.chosen('statusUrl')).toThrow(/^Status URL is an object/);
	});

	it('of a locator is its value, whatever was read before', () => {
		const calls: unknown[][] = [];
		const locator = { mode: 'id', value: ' v ' };
		const context = {
			getNode: () => ({ parameters: { x: locator } }),
			getNodeParameter: (...call: unknown[]) => {
				calls.push(call);
				return call[3] ? ' v ' : locator;
			},
		} as unknown as IExecuteFunctions;
		const item = new Item(context, 0);
		expect([item.parameter('x'), item.chosen('x'), item.chosen('x')]).toEqual([locator, 'v', 'v']);
		expect(calls).toEqual([
			['x', 0, undefined],
			['x', 0, '', { extractValue: true }],
		]);
	});
});

describe('the options', () => {
	const of = (options: unknown) => runWith({ options } as INodeParameters).items[0];

	it.each<[unknown, string | undefined]>([
		[{}, undefined],
		[null, undefined],
		[{ from: '' }, undefined],
		[{ from: null }, undefined],
		[{ from: ' ' }, ' '],
		[{ from: 5 }, '5'],
	])('of %j have the text %j', (options, value) => {
		expect(of(options).option('from')).toBe(value);
	});

	it('fall back where one was not added', () => {
		expect(of({}).flagOption('a')).toBe(false);
		expect(of({}).flagOption('a', true)).toBe(true);
		expect(of({ a: 'no' }).flagOption('a', true)).toBe(false);
		expect(of({ a: true }).flagOption('a')).toBe(true);
		expect(of({}).numberOption('a', 3)).toBe(3);
		expect(of({ a: '4' }).numberOption('a', 3)).toBe(4);
		expect(runWith({}).items[0].options).toEqual({});
	});

	it('are named in what is refused', () => {
		const item = of({ statusUrl: {} });
		expect(() => item.option('statusUrl')).toThrow(/^Status URL is an object/);
		expect(() => item.flagOption('statusUrl')).toThrow(/^Status URL is an object/);
		expect(() => item.numberOption('statusUrl', 1)).toThrow(/^Status URL is an object/);
	});
});

it('a message is an output with what it was read from', () => {
	const message = smsMessage({ provider: 'p', status: 'sent', providerStatus: 'Sent' });
	expect(messageOutput(message, { a: 1 })).toEqual({ json: message, raw: { a: 1 } });
	expect(messageOutput(message).json).toBe(message);
});
