import fc from 'fast-check';
import { Failure } from '../../../nodes/shared/errors/failure';
import {
	coerceBoolean,
	coerceChoice,
	coerceNumber,
	coerceText,
	requireWellFormed,
} from '../../../nodes/shared/input/coerce';
import { RUNS } from '../../runs';

const failureWith = (message: string, description: string) =>
	expect.objectContaining({ message, description, kind: 'rejected', nothingAccepted: true });

describe('a boolean', () => {
	it.each<[unknown, boolean, boolean]>([
		[true, false, true],
		[false, true, false],
		[undefined, true, true],
		[undefined, false, false],
		[null, true, true],
		['', true, true],
		['  ', true, true],
		['', false, false],
		...['true', '1', 'yes', 'y', 'Y', 'on', ' TRUE ', ' True ', 'TRUE', 'Yes', 1].map(
			(value): [unknown, boolean, boolean] => [value, false, true],
		),
		...['false', '0', 'no', 'n', 'off', ' FALSE ', 'False', 'No', 0].map(
			(value): [unknown, boolean, boolean] => [value, true, false],
		),
	])('from %j with the fallback %s is %s', (value, fallback, expected) => {
		expect(coerceBoolean(value, fallback, 'Flag')).toBe(expected);
	});

	it.each<[unknown, string]>([
		['maybe', '"maybe"'],
		[2, '"2"'],
		[NaN, '"NaN"'],
		[{}, 'an object'],
		[[], 'a list'],
		[['true'], 'a list'],
		[[true], 'a list'],
		['x'.repeat(201), 'a text of 201 characters'],
	])('cannot be %j', (value, shown) => {
		expect(() => coerceBoolean(value, true, 'Flag')).toThrow(
			failureWith(
				`Flag is ${shown}, which is neither true nor false`,
				'Set Flag to true or false. Check its expression.',
			),
		);
	});
});

describe('a number', () => {
	it.each<[unknown, number]>([
		[undefined, 7],
		[null, 7],
		['', 7],
		['  ', 7],
		[0, 0],
		[-1.5, -1.5],
		['0', 0],
		[' 12 ', 12],
		['+3', 3],
		['-3', -3],
		['1.5', 1.5],
		['1.', 1],
		['.5', 0.5],
		['12.25', 12.25],
		['-.25', -0.25],
	])('from %j is %d', (value, number) => {
		expect(coerceNumber(value, 7, 'Limit')).toBe(number);
	});

	it.each<[unknown, string]>([
		['a', '"a"'],
		['1a', '"1a"'],
		['a1', '"a1"'],
		['1e3', '"1e3"'],
		['0x10', '"0x10"'],
		['1,5', '"1,5"'],
		['.', '"."'],
		['.a', '".a"'],
		['1.a', '"1.a"'],
		['--1', '"--1"'],
		['1 2', '"1 2"'],
		['Infinity', '"Infinity"'],
		['9'.repeat(400), 'a text of 400 characters'],
		[NaN, '"NaN"'],
		[Infinity, '"Infinity"'],
		[true, '"true"'],
		[{}, 'an object'],
		[[1], 'a list'],
		[new Date(0), 'an object'],
	])('cannot be %j', (value, shown) => {
		expect(() => coerceNumber(value, 7, 'Limit')).toThrow(
			failureWith(
				`Limit is ${shown}, which is not a number`,
				'Set Limit to a number. Check its expression.',
			),
		);
	});
});

describe('a choice', () => {
	const coerce = (value: unknown, choices: string[] = ['one', 'Two', '']) =>
		coerceChoice(value, choices, 'fallback', 'Mode');

	it.each<[unknown, string]>([
		[undefined, 'fallback'],
		[null, 'fallback'],
		['', 'fallback'],
		['  ', 'fallback'],
		['one', 'one'],
		[' ONE ', 'one'],
		['two', 'Two'],
		[' two\n', 'Two'],
	])('from %j is %j', (value, choice) => {
		expect(coerce(value)).toBe(choice);
	});

	it('may be a number', () => {
		expect(coerce(1, ['1', '2'])).toBe('1');
	});

	it.each<[unknown, string]>([
		['three', '"three"'],
		['on', '"on"'],
		['one,Two', '"one,Two"'],
		['__proto__', '"__proto__"'],
		[0, '"0"'],
		[true, '"true"'],
		[{}, 'an object'],
		[['one'], 'a list'],
		[[], 'a list'],
	])('cannot be %j', (value, shown) => {
		expect(() => coerce(value)).toThrow(
			failureWith(
				`Mode is ${shown}, which is not one of the options`,
				'Set Mode to one of: one, Two. Check its expression.',
			),
		);
	});
});

describe('a text', () => {
	it.each<[unknown, string]>([
		[undefined, ''],
		[null, ''],
		['', ''],
		[' a ', ' a '],
		['a', 'a'],
		[0, '0'],
		[5, '5'],
		[true, 'true'],
		[false, 'false'],
		['[object]', '[object]'],
		['😀', '😀'],
	])('from %j is %j', (value, text) => {
		expect(coerceText(value, 'The name')).toBe(text);
	});

	it.each<[unknown, string, string]>([
		[['a'], 'The name is a list, not text; use {{ $json.list[0] }}', 'Select one of them'],
		[{ a: 1 }, 'The name is an object, not text; use {{ $json.field.name }}', 'Select one of them'],
		[
			'a [object Object]',
			'The name contains "[object Object]": an expression in it returns an object, not text; use {{ $json.field.name }}',
			'Select a field',
		],
		['😀'.slice(0, 1), 'The name contains half a character', 'The text was cut'],
	])('cannot be %j', (value, message, description) => {
		expect(() => coerceText(value, 'The name')).toThrow(
			failureWith(
				expect.stringContaining(message) as never,
				expect.stringContaining(description) as never,
			),
		);
	});
});

it('any value is coerced or throws a Failure', () => {
	fc.assert(
		fc.property(fc.anything(), (value) => {
			for (const coerce of [
				() => coerceBoolean(value, true, 'X'),
				() => coerceNumber(value, 1, 'X'),
				() => coerceText(value, 'X'),
				() => coerceChoice(value, ['url', 'none'], 'none', 'X'),
			]) {
				try {
					expect(['boolean', 'number', 'string']).toContain(typeof coerce());
				} catch (error) {
					expect(error).toBeInstanceOf(Failure);
				}
			}
		}),
		RUNS,
	);
});

describe('a text of whole characters', () => {
	const [HIGH, LOW] = ['\uD83D', '\uDE00'];
	const A = 'a'.repeat(20);

	it.each(['', 'a', '😀', `a${HIGH}${LOW}b`, `${HIGH}${LOW}${HIGH}${LOW}`, '👨‍👩‍👧', '\uD7FF\uE000'])(
		'may be %j',
		(text) => {
			expect(requireWellFormed(text, 'The message')).toBe(text);
		},
	);

	it.each<[string, number, string]>([
		[HIGH, 1, ''],
		[LOW, 1, ''],
		['\uD800', 1, ''],
		['\uDBFF', 1, ''],
		['\uDC00', 1, ''],
		['\uDFFF', 1, ''],
		[`Hello ${HIGH}`, 7, ', after "Hello "'],
		[`${LOW} Hello`, 1, ''],
		[`a${HIGH}`, 2, ', after "a"'],
		[`${HIGH}a${LOW}`, 1, ''],
		[`${HIGH}${LOW}${LOW}`, 3, `, after "${HIGH}${LOW}"`],
		[`${LOW}${HIGH}`, 1, ''],
		[`ab${HIGH}c`, 3, ', after "ab"'],
		[`${A}${LOW}`, 21, `, after "${A}"`],
		[`b${A}${LOW}`, 22, `, after "${A}"`],
	])('cannot be %j, which is cut at %i', (text, position, suffix) => {
		const prefix = 'The name contains half a character, such as half of an emoji,';
		expect(() => requireWellFormed(text, 'The name')).toThrow(
			expect.objectContaining({
				message: `${prefix} at position ${position}${suffix}`,
				description: expect.stringContaining('cut in the middle of a character'),
			}),
		);
	});
});
