import { isSafeObjectProperty } from 'n8n-workflow';
import { LONE_SURROGATE } from './coerce';

/**
 * Reads expressions that only insert fields of the item, without n8n's isolated VM, which needs about
 * a millisecond for each. The grammar, in which `json` is the item's JSON data:
 *
 *     value      = "=" { text | "{{" { space } path { space } "}}" }
 *     text       = any characters but a backslash and "{{"
 *     space      = a space, a tab, a line feed or a carriage return
 *     path       = "$json" member { member }
 *     member     = ( "." | "?." ) name | [ "?." ] "[" ( index | literal ) "]"
 *     name       = Latin letters, digits and "_", not beginning with a digit
 *     index      = "0" | a number of up to nine digits without a leading zero
 *     literal    = a text in single or double quotes, without quotes, backslashes, braces, line ends
 *                  and other control characters
 *
 * The result is the value that n8n returns: that of the path if the whole value is a single pair of
 * braces, otherwise a text. It exists only if each path leads, over own members of plain objects and
 * lists, to a text, a boolean or a finite number. n8n evaluates everything else: other expressions,
 * missing members, null, objects, getters, names that it forbids or that every object has. It also
 * evaluates what could differ between its engines: half characters, negative zero, very long texts.
 * `test/shared/input/plainFields` compares the results with those of n8n's engines.
 */

/** The result for what n8n has to evaluate. */
export const NOT_PLAIN = Symbol('not plain');

/** Returns the value for an item's JSON data, or NOT_PLAIN. */
export type PlainReader = (json: unknown) => unknown;

/** Names that n8n forbids in expressions, in all its versions, and names with a meaning in them. */
const FORBIDDEN: ReadonlySet<string> = new Set(
	(
		'constructor prototype getPrototypeOf setPrototypeOf getOwnPropertyDescriptor ' +
		'getOwnPropertyDescriptors defineProperty defineProperties mainModule binding _linkedBinding ' +
		'_load prepareStackTrace captureStackTrace stackTraceLimit caller callee arguments ' +
		'getBuiltinModule dlopen execve loadEnvFile env global globalThis window self this process ' +
		'require module exports Buffer Function eval isProxy toJSON'
	).split(' '),
);

/** n8n's VM has a limit on memory, which a text of this length is far from. */
const MAX_LENGTH = 100_000;

const OPEN = '{{';
const CLOSE = '}}';
const SPACES = /[ \t\n\r]*/y;
const ROOT = /\$json(?![\w$])/y;
const NAME = String.raw`[A-Za-z_À-ÖØ-öø-ɏ][\wÀ-ÖØ-öø-ɏ]*`;
const INDEX = '0|[1-9][0-9]{0,8}';
// eslint-disable-next-line no-control-regex -- these are what a literal must not contain
const LITERAL_CHARACTER = /[^"'`\\{}\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.source;
const MEMBER = new RegExp(
	String.raw`\??\.(${NAME})|(?:\?\.)?\[(?:(${INDEX})|"(${LITERAL_CHARACTER}*)"|'(${LITERAL_CHARACTER}*)')\]`,
	'y',
);
const ONLY_INDEX = new RegExp(`^(?:${INDEX})$`);

/** A text, or the names on the way from the item to a value. */
type Part = string | string[];

/**
 * @param value a parameter as it is stored in the workflow, or a collection of them
 * @returns undefined if an expression in it is not of this grammar
 */
export function readerOf(value: unknown): PlainReader | undefined {
	if (typeof value === 'string') return value.startsWith('=') ? readerOfText(value) : () => value;
	if (typeof value !== 'object' || value === null) return () => value;
	return Array.isArray(value) ? readerOfList(value) : readerOfMembers(value);
}

function readerOfList(values: unknown[]): PlainReader | undefined {
	const readers = values.map(readerOf);
	if (!readers.every((reader) => reader !== undefined)) return undefined;
	return (json) => {
		const list = readers.map((read) => read(json));
		return list.includes(NOT_PLAIN) ? NOT_PLAIN : list;
	};
}

function readerOfMembers(members: object): PlainReader | undefined {
	const names = Object.keys(members);
	if (names.includes('__proto__')) return undefined;
	const readList = readerOfList(Object.values(members));
	if (!readList) return undefined;
	return (json) => {
		const values = readList(json);
		if (!Array.isArray(values)) return NOT_PLAIN;
		return Object.fromEntries(names.map((name, position) => [name, values[position]]));
	};
}

function readerOfText(value: string): PlainReader | undefined {
	const parts = parse(value.slice(1));
	if (!parts) return undefined;
	const [only] = parts;
	if (parts.length === 1 && Array.isArray(only)) return (json) => valueAt(json, only);
	return (json) => {
		let text = '';
		for (const part of parts) {
			const read = typeof part === 'string' ? part : valueAt(json, part);
			if (read === NOT_PLAIN) return NOT_PLAIN;
			text += String(read);
		}
		return text;
	};
}

/** Splits an expression, without its equals sign, as n8n does. */
function parse(expression: string): Part[] | undefined {
	// n8n rejects the word after a dot, even in a text
	if (/\\|constructor/.test(expression) || LONE_SURROGATE.test(expression)) return undefined;
	const parts: Part[] = [];
	let from = 0;
	for (;;) {
		const open = expression.indexOf(OPEN, from);
		const text = expression.slice(from, open < 0 ? undefined : open);
		if (text !== '') parts.push(text);
		if (open < 0) return parts;
		const close = expression.indexOf(CLOSE, open + OPEN.length);
		if (close < 0) return undefined;
		const path = parsePath(expression.slice(open + OPEN.length, close));
		if (!path) return undefined;
		parts.push(path);
		from = close + CLOSE.length;
	}
}

function parsePath(code: string): string[] | undefined {
	let at = 0;
	const next = (pattern: RegExp): RegExpExecArray | null => {
		pattern.lastIndex = at;
		const match = pattern.exec(code);
		at += match?.[0].length ?? 0;
		return match;
	};
	next(SPACES);
	if (!next(ROOT)) return undefined;
	const path: string[] = [];
	for (let match = next(MEMBER); match; match = next(MEMBER)) {
		const [, name, index, double, single] = match;
		const key = name ?? index ?? double ?? single;
		if (!isReadable(key)) return undefined;
		path.push(key);
	}
	next(SPACES);
	return path.length > 0 && at === code.length ? path : undefined;
}

/** Whether a name has no meaning in expressions, and nothing in it looks like a call. */
function isReadable(name: string): boolean {
	return (
		!FORBIDDEN.has(name) &&
		!name.startsWith('__') &&
		!(name in Object.prototype) &&
		!/[.$]/.test(name.slice(0, Math.max(0, name.lastIndexOf('(')))) &&
		// a newer n8n may forbid more
		(typeof isSafeObjectProperty !== 'function' || isSafeObjectProperty(name))
	);
}

function valueAt(json: unknown, path: readonly string[]): unknown {
	const value = path.reduce(memberOf, json);
	if (typeof value === 'boolean') return value;
	if (typeof value === 'number') {
		return Number.isFinite(value) && !Object.is(value, -0) ? value : NOT_PLAIN;
	}
	const isText = typeof value === 'string' && value.length <= MAX_LENGTH;
	return isText && !LONE_SURROGATE.test(value) ? value : NOT_PLAIN;
}

/** The own value of a plain object or a list; undefined for anything else. */
function memberOf(container: unknown, name: string): unknown {
	if (typeof container !== 'object' || container === null) return undefined;
	if (Array.isArray(container) ? !ONLY_INDEX.test(name) : !isPlain(container)) return undefined;
	const descriptor = Object.getOwnPropertyDescriptor(container, name);
	if (!descriptor || !('value' in descriptor)) return undefined;
	const value: unknown = descriptor.value;
	// a proxy of n8n may hide what it returns
	return Reflect.get(container, name) === value ? value : undefined;
}

/** Whether an object is no instance of a class. It may come from another realm. */
function isPlain(container: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(container);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}
