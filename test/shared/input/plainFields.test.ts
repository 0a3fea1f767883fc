/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import * as fc from 'fast-check';
import { Workflow } from 'n8n-workflow';
import type { INodeTypes, NodeParameterValueType } from 'n8n-workflow';
import { NOT_PLAIN, readerOf } from '../../../nodes/shared/input/plainFields';
import { BEYOND, HOSTILE_NAMES, itemAndExpression } from '../../engine/harness/expressions';

/**
 * Compares plain fields with the evaluation of the same expressions by n8n's engine without a VM.
 * test/n8n/plainFields does the same in a real n8n, with its VM.
 */

const RUNS = Number(process.env.FUZZ_RUNS ?? 700);

const nodeTypes = {
	getByNameAndVersion: () => ({ description: { properties: [] } }),
} as unknown as INodeTypes;

const workflow = new Workflow({
	id: '1',
	active: false,
	nodeTypes,
	settings: { timezone: 'UTC' },
	nodes: [
		{ id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} },
	],
	connections: {},
});

/** What n8n returns for a parameter of the node. */
function evaluated(value: unknown, json: unknown): unknown {
	const items = [{ json }] as never;
	const executeData = { data: { main: [items] }, node: {}, source: null } as never;
	return workflow.expression.getParameterValue(
		value as NodeParameterValueType,
		null,
		0,
		0,
		'Node',
		items,
		'trigger',
		{},
		executeData,
	);
}

const read = (value: unknown, json: unknown) => readerOf(value)?.(json) ?? NOT_PLAIN;

/** Plain fields of this item, and their values. */
const PLAIN_DATA = {
	name: 'Ann',
	empty: '',
	'First Name': 'Bob',
	'Phone (mobile)': '+1',
	numéro: 'n',
	_id: 'x',
	0: 'zero',
	n: 1.5,
	zero: 0,
	no: false,
	order: { id: 7, items: [{ sku: 'S-1' }, 'two'] },
};

const PLAIN: Array<[string, unknown]> = [
	['={{ $json.name }}', 'Ann'],
	['={{$json.name}}', 'Ann'],
	['={{\n\t$json.name\r\n}}', 'Ann'],
	['={{ $json.n }}', 1.5],
	['= {{ $json.n }}', ' 1.5'],
	['={{ $json.n }}\n', '1.5\n'],
	['={{ $json.zero }}', 0],
	['={{ $json.zero }}{{ $json.no }}', '0false'],
	['={{ $json.no }}', false],
	['={{ $json.empty }}', ''],
	['={{ $json["First Name"] }}', 'Bob'],
	["={{ $json['Phone (mobile)'] }}", '+1'],
	['={{ $json?.order?.["id"] }}', 7],
	['={{ $json.order.items[0].sku }}', 'S-1'],
	['={{ $json.order.items["1"] }}', 'two'],
	['={{ $json[0] }}', 'zero'],
	['={{ $json.numéro }}', 'n'],
	['={{ $json._id }}', 'x'],
	[
		'=Hi {{ $json.name }}, your order {{ $json.order.id }} is ready',
		'Hi Ann, your order 7 is ready',
	],
	['={ {{ $json.name }} }', '{ Ann }'],
	['={{ $json.name }}}}', 'Ann}}'],
	['=Hello', 'Hello'],
	['=', ''],
];

const COLLECTION = { a: '={{ $json.name }}', b: 'b', c: { d: ['={{ $json.n }}', 1, null] } };

describe('n8n’s engine without a VM', () => {
	it('returns what stands in the item', () => {
		let taken = 0;
		fc.assert(
			fc.property(itemAndExpression, ([json, expression]) => {
				const plain = read(expression, json);
				if (plain === NOT_PLAIN) return;
				taken++;
				expect(plain).toStrictEqual(evaluated(expression, json));
			}),
			{ numRuns: RUNS, ...(process.env.FUZZ_SEED && { seed: Number(process.env.FUZZ_SEED) }) },
		);
		expect(taken).toBeGreaterThan(RUNS / 4);
		if (process.env.FUZZ_RUNS) process.stdout.write(`${taken} of ${RUNS} were read\n`);
	});

	it.each(PLAIN)('returns the value of %j', (text, value) => {
		expect([read(text, PLAIN_DATA), evaluated(text, PLAIN_DATA)]).toEqual([value, value]);
	});

	it('returns the same collection', () => {
		expect(read(COLLECTION, PLAIN_DATA)).toEqual(evaluated(COLLECTION, PLAIN_DATA));
	});

	it.each(HOSTILE_NAMES)('returns the same for the name %j', (name) => {
		const json: Record<string, unknown> = {};
		Object.defineProperty(json, name, { value: 'own', enumerable: true });
		const list = Object.assign(['zero'], name !== 'length' && { [name]: 'own' });
		const written = [`.${name}`, `["${name}"]`, `['${name}']`, `[${name}]`, `?.${name}`];
		for (const member of written) {
			for (const text of [`={{ $json${member} }}`, `=a {{ $json${member} }}`]) {
				const plain = read(text, json);
				if (plain !== NOT_PLAIN) expect(plain).toBe(evaluated(text, json));
			}
			for (const path of [`$json.list${member}`, `$json.text${member}`, `$json.nested${member}`]) {
				const data = { list, text: 'text', nested: json };
				const plain = read(`={{ ${path} }}`, data);
				if (plain !== NOT_PLAIN) expect(plain).toBe(evaluated(`={{ ${path} }}`, data));
			}
		}
	});
});

describe('what n8n evaluates', () => {
	const json = { name: 'Ann', order: { id: 1 }, first: { x: 1 } };

	it.each(BEYOND)('%j', (code) => {
		expect([`={{ ${code} }}`, `=a {{ ${code} }}`].map((text) => read(text, json))).toEqual([
			NOT_PLAIN,
			NOT_PLAIN,
		]);
	});

	it.each([
		['a missing member', {}],
		['null', { name: null }],
		['undefined', { name: undefined }],
		['an object', { name: {} }],
		['a list', { name: ['a'] }],
		['a Date', { name: new Date() }],
		['a function', { name: () => 'a' }],
		['a number that is none', { name: NaN }],
		['infinity', { name: Infinity }],
		['negative zero', { name: -0 }],
		['a big integer', { name: 1n }],
		['half a character', { name: 'a\ud83d' }],
		['a text of a million characters', { name: 'a'.repeat(1_000_000) }],
		['no item', undefined],
		['null instead of an item', null],
		['a text instead of an item', 'name'],
		['an inherited member', Object.create({ name: 'a' })],
		[
			'a getter',
			{
				get name() {
					return 'a';
				},
			},
		],
		['a proxy without members', new Proxy({}, { get: () => 'a' })],
		['a proxy that changes the value', new Proxy({ name: 'a' }, { get: () => 'b' })],
		[
			'an instance of a class',
			new (class {
				name = 'a';
			})(),
		],
	])('%s', (_, data) => {
		expect(read('={{ $json.name }}', data)).toBe(NOT_PLAIN);
		expect(read('=Hi {{ $json.name }}', data)).toBe(NOT_PLAIN);
	});

	it.each([
		'={{ $json.name',
		'={{ $json.name }',
		'={{{ $json.name }}}',
		'={{ {{ $json.name }} }}',
		'={{ $json["}}"] }}',
		'=\\{{ $json.name }}',
		'={{ $json.name }}\\',
		'=a. constructor {{ $json.name }}',
		'=\ud83d {{ $json.name }}',
		'={{ $json.list[1] }}',
		'={{ $json.list["length"] }}',
		'={{ $json.list.0 }}',
	])('%j', (text) => {
		expect(read(text, { ...json, list: ['a'], '}}': 'b' })).toBe(NOT_PLAIN);
	});

	it('a collection in which one expression is not plain', () => {
		const read1 = readerOf({ a: '={{ $json.name }}', b: { c: ['={{ $now }}'] } });
		expect(read1).toBeUndefined();
		expect(readerOf(JSON.parse('{ "__proto__": "={{ $json.name }}" }'))).toBeUndefined();
		const read2 = readerOf({ a: '={{ $json.name }}', b: ['={{ $json.missing }}'] });
		expect(read2?.(json)).toBe(NOT_PLAIN);
	});
});

describe('what is read', () => {
	it('data without a prototype, or from another realm', () => {
		const bare = Object.assign(Object.create(null), { name: 'Ann' });
		const other = jest.requireActual('node:vm').runInNewContext('({ name: "Ann", list: ["a"] })');
		expect([bare, other].map((data) => read('={{ $json.name }}', data))).toEqual(['Ann', 'Ann']);
		expect(read('={{ $json.list[0] }}', other)).toBe('a');
	});

	it('a collection of plain expressions and constants, with new objects for each item', () => {
		const reader = readerOf(COLLECTION)!;
		expect(reader(PLAIN_DATA)).toEqual({ a: 'Ann', b: 'b', c: { d: [1.5, 1, null] } });
		const [first, second] = [reader(PLAIN_DATA), reader(PLAIN_DATA)] as Array<{ c: object }>;
		expect(first.c).not.toBe(second.c);
	});
});
