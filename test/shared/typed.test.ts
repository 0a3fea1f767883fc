import { readBoolean, readChoice, readNumber, readText } from '../../nodes/shared/typed';
import type * as Typed from '../../nodes/shared/typed';

/** Values of parameters, of any type. */

const refusal = (message: string, description: string) =>
	expect.objectContaining({ message, description, kind: 'rejected', nothingAccepted: true });

describe('a yes or no', () => {
	it.each<[unknown, boolean, boolean]>([
		[true, false, true],
		[false, true, false],
		[undefined, true, true],
		[undefined, false, false],
		[null, true, true],
		['', true, true],
		['  ', true, true],
		['', false, false],
		...['true', '1', 'yes', 'y', 'on', ' TRUE ', 'Yes', 1].map(
			(one): [unknown, boolean, boolean] => [one, false, true],
		),
		...['false', '0', 'no', 'n', 'off', ' FALSE ', 'No', 0].map(
			(one): [unknown, boolean, boolean] => [one, true, false],
		),
	])('of %j, or else %s, is %s', (value, fallback, is) => {
		expect(readBoolean(value, fallback, 'Flag')).toBe(is);
	});

	it.each<[unknown, string]>([
		['maybe', '"maybe"'],
		[2, '"2"'],
		[{}, 'an object'],
		[[], 'a list'],
		[['true'], 'a list'],
		['x'.repeat(201), 'a text of 201 characters'],
	])('is not %j', (value, shown) => {
		expect(() => readBoolean(value, true, 'Flag')).toThrow(
			refusal(
				`Flag is ${shown}, which is neither true nor false`,
				'Give true or false in Flag. Check the expression there.',
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
	])('of %j is %d', (value, number) => {
		expect(readNumber(value, 7, 'Limit')).toBe(number);
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
	])('is not %j', (value, shown) => {
		expect(() => readNumber(value, 7, 'Limit')).toThrow(
			refusal(
				`Limit is ${shown}, which is not a number`,
				'Give a number in Limit. Check the expression there.',
			),
		);
	});
});

describe('a choice', () => {
	const read = (value: unknown, choices: string[] = ['one', 'Two', '']) =>
		readChoice(value, choices, 'two' as string, 'Way');

	it.each<[unknown, string]>([
		[undefined, 'two'],
		[null, 'two'],
		['', 'two'],
		['  ', 'two'],
		['one', 'one'],
		[' ONE ', 'one'],
		['two', 'Two'],
	])('of %j is %j', (value, choice) => {
		expect(read(value)).toBe(choice);
	});

	it('may be a number', () => {
		expect(read(1, ['1', '2'])).toBe('1');
	});

	it.each<[unknown, string]>([
		['three', '"three"'],
		['on', '"on"'],
		[0, '"0"'],
		[{}, 'an object'],
		[['one'], 'a list'],
		[[], 'a list'],
	])('is not %j', (value, shown) => {
		expect(() => read(value)).toThrow(
			refusal(
				`Way is ${shown}, which is none of its choices`,
				'Give one of one, Two in Way. Check the expression there.',
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
		[0, '0'],
		[false, 'false'],
		['[object]', '[object]'],
		['😀', '😀'],
	])('of %j is %j', (value, text) => {
		expect(readText(value, 'The name')).toBe(text);
	});

	it.each<[unknown, string, string]>([
		[['a'], 'The name is a list, not a text; use {{ $json.list[0] }}', 'Name the one'],
		[{ a: 1 }, 'The name is an object, not a text; use {{ $json.field.name }}', 'Name the one'],
		['a [object Object]', 'The name holds "[object Object]"', 'Name the field'],
		['😀'.slice(0, 1), 'The name holds half a character', 'cut the text'],
	])('is not %j', (value, message, description) => {
		expect(() => readText(value, 'The name')).toThrow(
			refusal(
				expect.stringContaining(message) as never,
				expect.stringContaining(description) as never,
			),
		);
	});
});

describe('the label of a parameter', () => {
	/** Of a process that has shown none yet. */
	let labelOf: typeof Typed.labelOf;
	beforeEach(async () => {
		await jest.isolateModulesAsync(
			async () => void ({ labelOf } = await import('../../nodes/shared/typed')),
		);
	});

	it.each([
		['to', 'To'],
		['referenceId', 'Reference ID'],
		['statusUrl', 'Status URL'],
		['lraCode', 'LRA Code'],
		['id', 'ID'],
		['idle', 'Idle'],
		['valid', 'Valid'],
		['mp3Url', 'Mp3 URL'],
		['useHTTP', 'Use HTTP'],
		['maxDateAndTime', 'Max Date And Time'],
		['', ''],
	])('%s is %s', (name, label) => {
		expect([labelOf(name), labelOf(name)]).toEqual([label, label]);
	});

	it('is the same for however many there are, of which no more than a thousand are kept', () => {
		const kept = jest.spyOn(Map.prototype, 'set');
		try {
			for (let count = 0; count < 1_200; count++) {
				expect(labelOf(`field${count}Id`)).toBe(`Field${count} ID`);
			}
			const names = kept.mock.calls.map(([name]) => String(name));
			expect(names.filter((name) => /^field\d+Id$/.test(name))).toHaveLength(1_000);
		} finally {
			jest.restoreAllMocks();
		}
	});
});
