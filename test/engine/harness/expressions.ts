import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** Items and expressions for comparing plain fields with n8n's evaluation. */

/** Names that n8n forbids, that every object has, or that are easily read incorrectly. */
export const HOSTILE_NAMES = [
	'__proto__',
	'__defineGetter__',
	'constructor',
	'prototype',
	'toString',
	'valueOf',
	'hasOwnProperty',
	'isPrototypeOf',
	'length',
	'at',
	'first',
	'isEmpty',
	'caller',
	'callee',
	'arguments',
	'binding',
	'_load',
	'_linkedBinding',
	'mainModule',
	'globalThis',
	'global',
	'window',
	'this',
	'process',
	'require',
	'undefined',
	'null',
	'NaN',
	'Date',
	'Math',
	'extend',
	'E',
	'v',
	'isProxy',
	'json',
	'item',
	'$json',
	'$',
	'$if',
	'___n8n_data',
	'__sanitize',
	'__isError',
	'class',
	'await',
	'new',
	'0',
	'1',
	'00',
	'-1',
	'1.0',
	'1e3',
	'9007199254740993',
	'',
	' ',
	'a b',
	'First Name',
	'Phone (mobile)',
	'x.first()',
	'$if(',
	'a.b',
	"it's",
	'"',
	'`',
	'a\\b',
	'a\nb',
	'a\tb',
	'}}',
	'{{',
	'//',
	'/*',
	'<!--',
	'${a}',
	'numéro',
	'ª',
	'µ',
	'名前',
	'имя',
	'😀',
	'\ud83d',
	'a\u2028b',
	'\u00a0',
	'\ufeff',
	'a\u200db',
	'e\u0301',
];

const HOSTILE_TEXTS = [
	'',
	' ',
	'0',
	'false',
	'null',
	'=1',
	'={{ 1 }}',
	'{{ $json.name }}',
	'}}',
	'\\',
	'\\n',
	'"',
	"'",
	'`${1}`',
	'a\nb\r\nc',
	'\u0000',
	'\u2028',
	'\ud83d',
	'😀',
	'[object Object]',
	'constructor',
	'x'.repeat(2_000),
];

const name = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.constantFrom('name', 'phone', 'order', 'id', 'First Name', '_id', 'a'),
	},
	{ weight: 2, arbitrary: fc.constantFrom(...HOSTILE_NAMES) },
	{ weight: 1, arbitrary: fc.string({ maxLength: 4, unit: 'grapheme' }) },
);

/** A value that is no object. */
const primitive = fc.oneof(
	fc.constantFrom('+17575550142', 'Ann', ...HOSTILE_TEXTS),
	fc.string({ unit: 'binary', maxLength: 8 }),
	fc.integer(),
	fc.double(),
	fc.constantFrom(0, -0, 1e21, 1e-7, 0.1 + 0.2, NaN, Infinity, 2 ** 53),
	fc.boolean(),
	fc.constant(null),
);

/** Members with these values, with `__proto__` as an own member too. */
function withMembers(entries: Array<[string, unknown]>): IDataObject {
	const members: IDataObject = {};
	for (const [key, value] of entries) {
		const descriptor = { value, enumerable: true, configurable: true, writable: true };
		Object.defineProperty(members, key, descriptor);
	}
	return members;
}

const { object } = fc.letrec<{ value: unknown; object: IDataObject }>((tie) => ({
	value: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		{ weight: 4, arbitrary: primitive },
		{ weight: 2, arbitrary: tie('object') },
		{ weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
	),
	object: fc
		.array(fc.tuple(name, tie('value')), { minLength: 1, maxLength: 5 })
		.map((entries) => withMembers(entries as Array<[string, unknown]>)),
}));

/** The JSON data of an item. */
export const itemData = object;

/** Ways to write one more member in a path. */
const WRITTEN: Array<(key: string) => string> = [
	(key) => `.${key}`,
	(key) => `.${key}`,
	(key) => `["${key}"]`,
	(key) => `['${key}']`,
	(key) => `?.${key}`,
	(key) => `?.["${key}"]`,
	(key) => `[${key}]`,
	(key) => `?.[${key}]`,
	(key) => `[${JSON.stringify(key)}]`,
	(key) => `[\`${key}\`]`,
	(key) => `[ "${key}" ]`,
	(key) => ` .${key}`,
];

const writtenPlainly = fc.constantFrom(...WRITTEN.slice(0, 6));

/** The names of a way from an object to one of its values. */
function walk(json: unknown, choices: number[]): string[] {
	const path: string[] = [];
	let at = json;
	for (const choice of choices) {
		if (typeof at !== 'object' || at === null) break;
		const keys = Object.keys(at);
		if (keys.length === 0) break;
		const key = keys[choice % keys.length];
		path.push(key);
		at = (at as IDataObject)[key];
	}
	return path;
}

/** A path to a member of this item, mostly written plainly. */
const pathIn = (json: IDataObject) =>
	fc
		.tuple(
			fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
			fc.array(
				fc.oneof(
					{ weight: 9, arbitrary: writtenPlainly },
					{ weight: 1, arbitrary: fc.constantFrom(...WRITTEN) },
				),
				{ minLength: 5, maxLength: 5 },
			),
		)
		.map(
			([choices, writers]) =>
				`$json${walk(json, choices)
					.map((key, step) => {
						const write = /^\d+$/.test(key) && step % 2 === 0 ? WRITTEN[6] : writers[step];
						return write(key);
					})
					.join('')}`,
		);

/** Code that is beyond the grammar. */
export const BEYOND = [
	'$json',
	'$json2.name',
	'$jsonp.name',
	'$json_.name',
	'json.name',
	'$item.json.name',
	'$input.item.json.name',
	'$("Start").item.json.name',
	'$node["Start"].json.name',
	'$binary.name',
	'$data.name',
	'$json.name;',
	'($json.name)',
	'$json.name + ""',
	'$json.name || "a"',
	'$json.name ?? "a"',
	'$json.name ? 1 : 2',
	'$json.name.length',
	'$json.name.toUpperCase()',
	'$json.name.isEmpty()',
	'$json.name[0]',
	'$json.first',
	'$json["na" + "me"]',
	'$json[`name`]',
	'$json["na\\u006de"]',
	'$json.na\\u006de',
	"$json['it\\'s']",
	'$json/**/.name',
	'$json.name // a',
	'/* a */ $json.name',
	'$json\u00a0.name',
	'\ufeff$json.name',
	'\u2028$json.name',
	'$json . name',
	'$json\n.name',
	'$json?.',
	'$json.',
	'$json..name',
	'$json.?name',
	'$json[',
	'$json[]',
	'$json["name]',
	'$json["name"',
	'$json[01]',
	'$json[1.0]',
	'$json[-1]',
	'$json[0x1]',
	'$json[1e0]',
	'$json[null]',
	'$json[$json.name]',
	'$json.#name',
	'$json.constructor',
	'$json["constructor"]',
	'$json.__proto__',
	'$json["__proto__"]',
	'$json.toString',
	'$json.order.hasOwnProperty',
	'$json.globalThis',
	'$json.$',
	'new $json.name',
	'typeof $json.name',
	'...$json.name',
	'{ $json.name }',
	'$json.name, $json.name',
	'$json.name = 1',
	'$now',
	'1',
	'"a"',
	'',
	' ',
];

const space = fc.constantFrom('', ' ', ' ', ' ', '  ', '\n', '\t', '\r\n', ' \n\t');
const text = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom('', '', '', 'Hi ', ', your order ', '\n', '\r\n', ' ') },
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			'{',
			'}',
			'}}',
			'{ {',
			'"',
			"'",
			'`',
			'${a}',
			'\u2028',
			'\t',
			'=',
			'\\',
			'a.b',
			'x.first(1)',
			'a. constructor',
			'// a',
			'/* a */',
			'😀',
			'\ud83d',
			'\u0000',
			'%s',
			'<b>&amp;</b>',
		),
	},
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

/** An expression for this item: fields in text, sometimes with code that is beyond the grammar. */
export function expressionFor(json: IDataObject): fc.Arbitrary<string> {
	const code = fc.oneof(
		{ weight: 12, arbitrary: pathIn(json) },
		{ weight: 1, arbitrary: fc.constantFrom(...BEYOND) },
	);
	const braces = fc
		.tuple(space, code, space)
		.map(([before, inner, after]) => `{{${before}${inner}${after}}}`);
	const alone = braces.map((written) => `=${written}`);
	const inText = fc
		.tuple(text, fc.array(fc.tuple(braces, text), { maxLength: 3 }))
		.map(([first, rest]) => `=${first}${rest.flat().join('')}`);
	return fc.oneof({ weight: 2, arbitrary: alone }, { weight: 3, arbitrary: inText });
}

/** An item, and an expression for it. */
export const itemAndExpression = itemData.chain((json) =>
	fc.tuple(fc.constant(json), expressionFor(json)),
);

/** The same members with other values; an array keeps its length. */
function sameShape(json: unknown, next: () => unknown): unknown {
	if (Array.isArray(json)) return json.map((value) => sameShape(value, next));
	if (typeof json !== 'object' || json === null) return next();
	const entries = Object.entries(json).map(([key, value]): [string, unknown] => [
		key,
		sameShape(value, next),
	]);
	return withMembers(entries);
}

/**
 * Items of the same shape, and expressions for their members. JSON can contain the items.
 *
 * @param seed the same seed makes the same items and expressions
 */
export function sampleBatch(seed: number, items: number, expressions: number) {
	const parts = fc.sample(itemData, { seed, numRuns: 40 });
	const own = fc.sample(primitive, { seed, numRuns: HOSTILE_NAMES.length });
	const shape = withMembers([
		...HOSTILE_NAMES.map((key, index): [string, unknown] => [key, own[index]]),
		...parts.map((part, index): [string, unknown] => [`part${index}`, part]),
		['list', ['a', { b: 'c' }, parts]],
	]);
	const values = fc.sample(primitive, { seed, numRuns: 1_000 });
	let at = 0;
	const next = () => values[at++ % values.length];
	return {
		items: Array.from({ length: items }, () => sameShape(shape, next) as IDataObject),
		expressions: fc.sample(expressionFor(shape), { seed, numRuns: expressions }),
	};
}
