import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { Cdyne } from '../../../nodes/Cdyne/Cdyne.node';
import { NamirialSms } from '../../../nodes/Namirial/NamirialSms.node';
import { Item } from '../../../nodes/shared/input/item';
import { Skycore } from '../../../nodes/Skycore/Skycore.node';
import { Wooxy } from '../../../nodes/Wooxy/Wooxy.node';
import { runNode } from '../../engine/harness/engine';
import { sampleBatch } from '../../engine/harness/expressions';
import { FieldsProbe, type Probed } from '../../engine/harness/fieldsProbe';

/**
 * Three items of a run in which `={{ $index }}` is the item's index, and the reads of parameters.
 */
function runWith(parameters: INodeParameters, labels?: ReadonlyMap<string, string>) {
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
	return { items: [0, 1, 2].map((index) => new Item(context, index, labels)), reads };
}

it('a parameter without an expression is read once for all items', () => {
	const { items, reads } = runWith({ message: 'Hi', options: { from: '1', list: ['a'] } });
	expect(items.map((item) => item.text('message'))).toEqual(['Hi', 'Hi', 'Hi']);
	expect(items.map((item) => item.option('from'))).toEqual(['1', '1', '1']);
	expect(reads).toEqual(['message 0', 'options 0']);
});

it('an expression is read once for each item', () => {
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
	['in a nested collection', { from: { of: '={{ $index }}' } }],
])('an expression %s makes the parameter differ between items', (_, options) => {
	const { items, reads } = runWith({ options });
	expect(items.map((item) => item.options)).toEqual(
		[0, 1, 2].map((index) =>
			JSON.parse(JSON.stringify(options).replace('"={{ $index }}"', `${index}`)),
		),
	);
	expect(reads).toHaveLength(3);
});

it('constants are not shared between runs', () => {
	const [first] = runWith({ message: 'Hi' }).items;
	const [second] = runWith({ message: 'Ho' }).items;
	expect([first.text('message'), second.text('message')]).toEqual(['Hi', 'Ho']);
});

it('a parameter that the node does not have is the fallback of the caller', () => {
	const { items } = runWith({});
	expect(items[0].flag('simplify', true)).toBe(true);
	expect(items[1].flag('simplify', false)).toBe(false);
});

it.each<[string, unknown]>([
	['a text', 'a'],
	['a text that contains an expression but does not begin with =', 'a={{ $index }}'],
	['a number', 5],
	['null', null],
	['an empty collection', {}],
	['a collection', { a: { b: ['c', null, 1] } }],
])('%s is the same for all items', (_, value) => {
	const { items, reads } = runWith({ x: value } as INodeParameters);
	expect(items.map((item) => item.parameter('x'))).toEqual([value, value, value]);
	expect(reads).toEqual(['x 0']);
});

it.each<[string, unknown]>([
	['at the beginning of a list', ['={{ $index }}', 'a']],
	['at the end of a list', ['a', '={{ $index }}']],
	['deep inside an object', { a: { b: ['c', { d: '={{ $index }}' }] } }],
])('an expression %s makes the parameter differ between items', (_, value) => {
	const { items, reads } = runWith({ x: value } as INodeParameters);
	for (const item of items) item.parameter('x');
	expect(reads).toEqual(['x 0', 'x 1', 'x 2']);
});

it('a parameter that the node does not have is read once for each item', () => {
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

it('the node is read once in a run', () => {
	const getNode = jest.fn(() => ({ parameters: {} }));
	const context = { getNode, getNodeParameter: () => '' } as unknown as IExecuteFunctions;
	for (const index of [0, 1, 2]) new Item(context, index).text('x');
	expect(getNode.mock.calls).toHaveLength(1);
});

describe('reading a parameter', () => {
	const itemWith = (value: unknown) => runWith({ x: value } as INodeParameters).items[1];

	it('returns a value of the right type', () => {
		expect(itemWith(' a ').text('x')).toBe(' a ');
		expect(itemWith(5).text('x')).toBe('5');
		expect(itemWith('yes').flag('x', false)).toBe(true);
		expect(itemWith('').flag('x', true)).toBe(true);
		expect(itemWith('7').number('x', 3)).toBe(7);
		expect(itemWith('').number('x', 3)).toBe(3);
		expect(itemWith('B').choice('x', ['a', 'b'], 'a')).toBe('b');
		expect(itemWith('').choice('x', ['a', 'b'], 'a')).toBe('a');
		expect(itemWith(' a ').locatorValue('x')).toBe('a');
	});

	it('returns the fallback if there is no value', () => {
		const item = itemWith('a');
		expect(item.text('y')).toBe('');
		expect(item.flag('y', true)).toBe(true);
		expect(item.number('y', 3)).toBe(3);
		expect(item.choice('y', ['a', 'b'], 'b')).toBe('b');
		expect(item.locatorValue('y')).toBe('');
		expect(item.parameter('z')).toBeUndefined();
		// the first value is kept
		expect(item.parameter('z', 5)).toBeUndefined();
	});

	it('names the parameter in errors as the panel does', () => {
		const parameters = { statusUrl: {} } as INodeParameters;
		const [item] = runWith(parameters, new Map([['statusUrl', 'Status URL']])).items;
		expect(() => item.text('statusUrl')).toThrow(/^Status URL is an object, not text/);
		expect(() => item.flag('statusUrl', true)).toThrow(
			/^Status URL is an object, which is neither/,
		);
		expect(() => item.number('statusUrl', 1)).toThrow(
			/^Status URL is an object, which is not a number/,
		);
		expect(() => item.choice('statusUrl', ['a'], 'a')).toThrow(
			/^Status URL is an object, which is not one of the options/,
		);
		expect(() => item.locatorValue('statusUrl')).toThrow(/^Status URL is an object/);
	});

	it('returns the value of a locator, even after the locator was read', () => {
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
		expect([item.parameter('x'), item.locatorValue('x'), item.locatorValue('x')]).toEqual([
			locator,
			'v',
			'v',
		]);
		expect(calls).toEqual([
			['x', 0, undefined],
			['x', 0, '', { extractValue: true }],
		]);
	});
});

describe('the options', () => {
	const itemWith = (options: unknown, labels?: ReadonlyMap<string, string>) =>
		runWith({ options } as INodeParameters, labels).items[0];

	it.each<[unknown, string | undefined]>([
		[{}, undefined],
		[null, undefined],
		[{ from: '' }, undefined],
		[{ from: null }, undefined],
		[{ from: ' ' }, ' '],
		[{ from: 5 }, '5'],
	])('%j have the text %j', (options, value) => {
		expect(itemWith(options).option('from')).toBe(value);
	});

	it('have the fallback if an option was not added', () => {
		expect(itemWith({}).flagOption('a')).toBe(false);
		expect(itemWith({}).flagOption('a', true)).toBe(true);
		expect(itemWith({ a: 'no' }).flagOption('a', true)).toBe(false);
		expect(itemWith({ a: true }).flagOption('a')).toBe(true);
		expect(itemWith({}).numberOption('a', 3)).toBe(3);
		expect(itemWith({ a: '4' }).numberOption('a', 3)).toBe(4);
		expect(runWith({}).items[0].options).toEqual({});
	});

	it('are named in errors as in the panel', () => {
		const item = itemWith({ statusUrl: {} }, new Map([['statusUrl', 'Status URL']]));
		expect(() => item.option('statusUrl')).toThrow(/^Status URL is an object/);
		expect(() => item.flagOption('statusUrl')).toThrow(/^Status URL is an object/);
		expect(() => item.numberOption('statusUrl', 1)).toThrow(/^Status URL is an object/);
	});
});

it.each<[string, ReadonlyMap<string, string> | undefined, string]>([
	['statusUrl', new Map([['statusUrl', 'Status URL']]), 'Status URL'],
	['statusUrl', new Map([['to', 'To']]), 'statusUrl'],
	['toString', new Map(), 'toString'],
	['statusUrl', undefined, 'statusUrl'],
])('the label of %s with the labels %p is %s', (name, labels, label) => {
	expect(runWith({}, labels).items[0].label(name)).toBe(label);
});

describe('plain fields in n8n’s engine', () => {
	const run = async (parameters: INodeParameters, items: IDataObject[]) => {
		const { json, error } = await runNode({ node: new FieldsProbe(), parameters, items });
		expect(error).toBeUndefined();
		const [{ taken, evaluated, different }] = json as Probed[];
		return { taken, evaluated, different };
	};
	const items = [
		{ a: 'A', n: 1, deep: { b: true } },
		{ a: 'B', n: 2.5, deep: { b: false } },
	];

	it('are read from the item, with the values that n8n returns', async () => {
		const parameters = {
			field0: '={{ $json.a }}',
			field1: '={{ $json.n }}',
			field2: '=Hi {{ $json.a }}, {{ $json["n"] }} of {{ $json.deep?.b }}',
			options: { a: '={{ $json.a }}', b: 'constant', c: '= {{ $json.n }}' },
			locator: { __rl: true, mode: 'id', value: '={{ $json.a }}' },
		};
		// the locator is read as a parameter and as its value
		expect(await run(parameters, items)).toEqual({ taken: 12, evaluated: 0, different: [] });
	});

	it('are evaluated by n8n if one of several expressions is not plain', async () => {
		const parameters = {
			field0: '={{ $json.a }}{{ $now }}',
			field1: '={{ $json.missing }}',
			options: { a: '={{ $json.a }}', b: '={{ $json.a + "" }}' },
			locator: { __rl: true, mode: 'id', value: '={{ $itemIndex }}' },
		};
		expect(await run(parameters, items)).toEqual({ taken: 0, evaluated: 10, different: [] });
	});

	it('have the same values in a batch', async () => {
		const { items: batch, expressions } = sampleBatch(1, 5, 100);
		const fields = Object.fromEntries(expressions.map((text, index) => [`field${index}`, text]));
		const { taken, different } = await run(fields, batch);
		expect(different).toEqual([]);
		expect(taken).toBeGreaterThan(100);
	});

	it('of tools are evaluated by n8n', () => {
		const reads: string[] = [];
		const context = (tool: object) =>
			({
				getNode: () => ({ type: 'cdyne', parameters: { x: '={{ $json.a }}' }, ...tool }),
				getNodeParameter: () => reads.push('host') && 'host',
				connectionInputData: [{ json: { a: 'item' } }],
				...tool,
			}) as unknown as IExecuteFunctions;
		const read = (tool: object) => new Item(context(tool), 0).text('x');
		expect(read({})).toBe('item');
		expect(read({ type: 'cdyneTool' })).toBe('host');
		expect(read({ isToolExecution: () => true })).toBe('host');
		expect(read({ connectionInputData: undefined })).toBe('host');
		expect(read({ connectionInputData: [] })).toBe('host');
	});
});

it('no property has a check of n8n, which plain fields would bypass', () => {
	const checked: string[] = [];
	const visit = (value: unknown, path: string): void => {
		if (typeof value !== 'object' || value === null) return;
		for (const [name, member] of Object.entries(value)) {
			if (name === 'validateType' || name === 'extractValue') checked.push(path);
			visit(member, `${path}.${name}`);
		}
	};
	for (const node of [new Cdyne(), new NamirialSms(), new Skycore(), new Wooxy()]) {
		visit(node.description.properties, node.description.name);
	}
	expect(checked).toEqual([]);
});
