import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Item } from '../../nodes/shared/item';
import {
	outgoingText,
	requireMessage,
	requireWords,
	textOptions,
} from '../../nodes/shared/messageText';

/** The text of a message on its way out. */

/** Items of one run with these options, and the hints that it gave. */
function runWith(options: IDataObject = {}, message = 'Hi') {
	const hints: string[] = [];
	const parameters: IDataObject = { options, message };
	const context = {
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string) => parameters[name],
		addExecutionHints: (hint: { message: string }) => void hints.push(hint.message),
	} as unknown as IExecuteFunctions;
	return { hints, items: [0, 1, 2].map((index) => new Item(context, index)) };
}

const out = (options: IDataObject, text: string, joined?: boolean) =>
	outgoingText(runWith(options).items[0], text, joined);

it('has options that change nothing unless they are set', () => {
	expect(textOptions.map(({ name, type, default: usual }) => [name, type, usual])).toEqual([
		['smartEncoding', 'boolean', false],
		['maxSegments', 'number', 0],
	]);
	expect(textOptions[1].typeOptions).toEqual({ minValue: 0 });
});

it.each([
	[{}, 'a “b” – c'],
	[{ smartEncoding: false }, 'a “b” – c'],
	[{ smartEncoding: true }, 'a "b" - c'],
])('with %j goes out as %j', (options, text) => {
	expect(out(options, 'a “b” – c')).toBe(text);
});

it('with half a character does not go out', () => {
	expect(() => out({}, 'a\ud83d')).toThrow(/^The message holds half a character/);
});

describe('Max Segments', () => {
	it.each<[number | undefined, string, boolean | undefined]>([
		[undefined, 'a'.repeat(2_000), undefined],
		[0, 'a'.repeat(2_000), undefined],
		[-1, 'a'.repeat(2_000), undefined],
		[1, 'a'.repeat(160), undefined],
		[2, 'a'.repeat(306), undefined],
		[2, 'a'.repeat(320), false],
		[1, 'ж'.repeat(70), undefined],
		[3, 'a'.repeat(161), undefined],
	])('of %s lets a text through', (maxSegments, text, joined) => {
		expect(out({ maxSegments }, text, joined)).toBe(text);
	});

	it.each<[number, string, boolean | undefined, string]>([
		[1, 'a'.repeat(161), undefined, '2 segments in GSM-7, and Max Segments allows 1'],
		[2, 'a'.repeat(307), undefined, '3 segments in GSM-7, and Max Segments allows 2'],
		[2, 'a'.repeat(320), true, '3 segments in GSM-7, and Max Segments allows 2'],
		[2, 'a'.repeat(321), false, '3 segments in GSM-7, and Max Segments allows 2'],
		[1, 'ж'.repeat(71), undefined, '2 segments in UCS-2, and Max Segments allows 1'],
	])('of %s refuses a longer one', (maxSegments, text, joined, words) => {
		expect(() => out({ maxSegments }, text, joined)).toThrow(
			expect.objectContaining({
				kind: 'rejected',
				message: `The message takes ${words}`,
				nothingAccepted: true,
			}),
		);
	});

	it('counts the text as it goes out', () => {
		const options = { maxSegments: 1, smartEncoding: true };
		expect(out(options, '“'.repeat(160))).toBe('"'.repeat(160));
	});
});

describe('a text that costs twice as much', () => {
	const WHY =
		'the text goes out as Unicode (UCS-2), which leaves 70 characters to a segment instead of 160, because of';

	it('is told once in a run, with its characters', () => {
		const { hints, items } = runWith();
		outgoingText(items[0], 'plain');
		expect(hints).toEqual([]);
		outgoingText(items[1], 'a “b” “c”');
		outgoingText(items[2], 'ж');
		expect(hints).toEqual([`Item 1: ${WHY} "“", "”".`]);
		const another = runWith();
		outgoingText(another.items[0], 'ж');
		expect(another.hints).toEqual([`Item 0: ${WHY} "ж".`]);
	});

	it.each([
		['абвгдежзий', ''],
		['абвгдежзийк', ' and others'],
	])('names no more than ten of %s', (text, more) => {
		const { hints, items } = runWith();
		outgoingText(items[0], text);
		const ten = [...'абвгдежзий'].map((character) => `"${character}"`).join(', ');
		expect(hints).toEqual([`Item 0: ${WHY} ${ten}${more}.`]);
	});

	it('is not told of one that becomes plain, or that does not go out', () => {
		const { hints, items } = runWith({ smartEncoding: true, maxSegments: 1 });
		outgoingText(items[0], '“b”');
		expect(() => outgoingText(items[0], 'ж'.repeat(71))).toThrow();
		expect(hints).toEqual([]);
	});
});

describe('a text that says nothing', () => {
	it.each(['', ' ', '\n\t\u00a0'])('is refused: %j', (text) => {
		expect(() => requireWords(text)).toThrow('The message is empty');
		expect(() => requireMessage(runWith({}, text).items[0])).toThrow('The message is empty');
	});

	it('is no other', () => {
		expect(requireWords(' a ')).toBe(' a ');
	});
});

it('the message of an item goes out as any text does', () => {
	const long = 'a'.repeat(320);
	expect(requireMessage(runWith({ smartEncoding: true }, '“a”').items[0])).toBe('"a"');
	expect(requireMessage(runWith({ maxSegments: 2 }, long).items[0], false)).toBe(long);
	expect(() => requireMessage(runWith({ maxSegments: 2 }, long).items[0])).toThrow('3 segments');
});
