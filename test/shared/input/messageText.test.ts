import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Item } from '../../../nodes/shared/input/item';
import {
	outgoingText,
	requireMessage,
	requireText,
	textOptions,
} from '../../../nodes/shared/input/messageText';

/** Three items of a run with these options, and the hints that the run has shown. */
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

const textWith = (options: IDataObject, text: string, joined?: boolean) =>
	outgoingText(runWith(options).items[0], text, joined);

it('the options change nothing by default', () => {
	expect(textOptions.map((option) => [option.name, option.type, option.default])).toEqual([
		['smartEncoding', 'boolean', false],
		['maxSegments', 'number', 0],
	]);
	expect(textOptions[1].typeOptions).toEqual({ minValue: 0 });
});

it.each([
	[{}, 'a “b” – c'],
	[{ smartEncoding: false }, 'a “b” – c'],
	[{ smartEncoding: true }, 'a "b" - c'],
])('with the options %j the text is sent as %j', (options, text) => {
	expect(textWith(options, 'a “b” – c')).toBe(text);
});

it('a text with half a character is not sent', () => {
	expect(() => textWith({}, 'a\ud83d')).toThrow(/^The message contains half a character/);
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
	])('%s allows a text with as many segments', (maxSegments, text, joined) => {
		expect(textWith({ maxSegments }, text, joined)).toBe(text);
	});

	it.each<[number, string, boolean | undefined, string]>([
		[1, 'a'.repeat(161), undefined, '2 segments in GSM-7, and Max Segments allows 1'],
		[2, 'a'.repeat(307), undefined, '3 segments in GSM-7, and Max Segments allows 2'],
		[2, 'a'.repeat(320), true, '3 segments in GSM-7, and Max Segments allows 2'],
		[2, 'a'.repeat(321), false, '3 segments in GSM-7, and Max Segments allows 2'],
		[1, 'ж'.repeat(71), undefined, '2 segments in UCS-2, and Max Segments allows 1'],
	])('%s rejects a longer text', (maxSegments, text, joined, message) => {
		expect(() => textWith({ maxSegments }, text, joined)).toThrow(
			expect.objectContaining({
				kind: 'rejected',
				message: `The message takes ${message}`,
				nothingAccepted: true,
			}),
		);
	});

	it('applies to the text after Smart Encoding', () => {
		const options = { maxSegments: 1, smartEncoding: true };
		expect(textWith(options, '“'.repeat(160))).toBe('"'.repeat(160));
	});
});

describe('the hint for a Unicode text', () => {
	const HINT =
		'the text is sent as Unicode (UCS-2), with 70 characters per segment instead of 160, because of';

	it('is shown once in a run, with the characters', () => {
		const { hints, items } = runWith();
		outgoingText(items[0], 'plain');
		expect(hints).toEqual([]);
		outgoingText(items[1], 'a “b” “c”');
		outgoingText(items[2], 'ж');
		expect(hints).toEqual([
			`Item 2: ${HINT} "“", "”". Smart Encoding in the options replaces them.`,
		]);
		const nextRun = runWith();
		outgoingText(nextRun.items[0], 'ж');
		expect(nextRun.hints).toEqual([`Item 1: ${HINT} "ж".`]);
	});

	it.each([
		['абвгдежзий', ''],
		['абвгдежзийк', ' and others'],
	])('names no more than ten characters of %s', (text, suffix) => {
		const { hints, items } = runWith();
		outgoingText(items[0], text);
		const listed = [...'абвгдежзий'].map((character) => `"${character}"`).join(', ');
		expect(hints).toEqual([`Item 1: ${HINT} ${listed}${suffix}.`]);
	});

	it('is not shown for a text that becomes GSM-7 or is not sent', () => {
		const { hints, items } = runWith({ smartEncoding: true, maxSegments: 1 });
		outgoingText(items[0], '“b”');
		expect(() => outgoingText(items[0], 'ж'.repeat(71))).toThrow();
		expect(hints).toEqual([]);
	});
});

describe('an empty text', () => {
	it.each(['', ' ', '\n\t\u00a0'])('is rejected: %j', (text) => {
		expect(() => requireText(text)).toThrow('The message is empty');
		expect(() => requireMessage(runWith({}, text).items[0])).toThrow('The message is empty');
	});

	it('is not one with spaces around a character', () => {
		expect(requireText(' a ')).toBe(' a ');
	});
});

it('the options apply to the message of an item', () => {
	const long = 'a'.repeat(320);
	expect(requireMessage(runWith({ smartEncoding: true }, '“a”').items[0])).toBe('"a"');
	expect(requireMessage(runWith({ maxSegments: 2 }, long).items[0], false)).toBe(long);
	expect(() => requireMessage(runWith({ maxSegments: 2 }, long).items[0])).toThrow('3 segments');
});
