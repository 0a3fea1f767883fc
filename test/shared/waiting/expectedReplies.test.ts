import type { IDataObject } from 'n8n-workflow';
import { Item } from '../../../nodes/shared/input/item';
import {
	requireExpectedReplies,
	matchReply,
	joinWithOr,
	requireQuestion,
	readExpectedReplies,
	withInstructions,
} from '../../../nodes/shared/waiting/expectedReplies';
import { contextWith, itemWith } from '../../engine/harness/contexts';

/** The replies that end a wait, and the message that asks for them. */

describe('the word that a reply matches', () => {
	it.each<[string, string[], string | undefined]>([
		['YES', ['YES', 'NO'], 'YES'],
		[' yes! ', ['YES', 'NO'], 'YES'],
		['“Yes.”', ['YES', 'NO'], 'YES'],
		['y e s', ['YES', 'NO'], 'YES'],
		['ok   now', ['OK NOW', 'LATER'], 'OK NOW'],
		['👍 no', ['YES', 'NO'], 'NO'],
		['yes please', ['YES', 'NO'], undefined],
		['', ['YES', 'NO'], undefined],
		['   ', ['YES', 'NO'], undefined],
		['👍', ['YES', 'NO'], undefined],
		['👍', ['👍', '👎'], '👍'],
		['a +', ['A+', 'A-'], 'A+'],
		['a-', ['A+', 'A-'], 'A-'],
		['a', ['A+', 'A-'], undefined],
		['A.', ['A', 'B'], 'A'],
		['ДА', ['да', 'нет'], 'да'],
		['ｙｅｓ', ['YES', 'NO'], 'YES'],
		['👍', ['👎', 'YES'], undefined],
		['', ['\u200B', 'YES'], undefined],
		['o.k.', ['OK', 'O K'], undefined],
		['ok', ['OK', 'O K'], 'OK'],
		['no', ['YES', 'No', 'NO'], 'No'],
		['2.', ['1', '2'], '2'],
		['ह', ['हाँ', 'नहीं'], undefined],
		['STRASSE', ['Straße', 'Platz'], 'Straße'],
		['1️⃣', ['1', '2'], '1'],
		['2⃣', ['1️⃣', '2️⃣'], '2️⃣'],
		['si', ['SÍ', 'NO'], 'SÍ'],
		['Sí', ['SI', 'NO'], 'SI'],
		['hayır', ['EVET', 'HAYIR'], 'HAYIR'],
		['HAYIR', ['evet', 'hayır'], 'hayır'],
		['IPTAL', ['İptal', 'Tamam'], 'İptal'],
		['iptal', ['İPTAL', 'TAMAM'], 'İPTAL'],
		['ΟΔΟΣ', ['οδος', 'αλλο'], 'οδος'],
		['ναι', ['ΝΑΊ', 'ΌΧΙ'], 'ΝΑΊ'],
		['si', ['SI', 'SÍ'], 'SI'],
		['sì', ['SI', 'SÍ'], undefined],
		['1️⃣', ['1', '1️⃣'], '1️⃣'],
		['okay', ['OK', 'NO'], undefined],
		['  a \t b ', ['AB', 'B'], 'AB'],
	])('for %j among %j is %j', (text, words, word) => {
		expect(matchReply(text, words)).toBe(word);
	});
});

describe('the instructions in the message', () => {
	it.each<[string[], string | undefined, string]>([
		[['OK'], undefined, 'Go?'],
		[['YES', 'NO'], undefined, 'Go?\n\nReply YES or NO.'],
		[['A', 'B', 'C'], undefined, 'Go?\n\nReply A, B or C.'],
		[[], undefined, 'Go?'],
		[['YES', 'NO'], '372', 'Go?\n\nReply YES or NO, followed by 372.'],
		[['OK'], '372', 'Go?\n\nReply with the number 372.'],
		[[], '372', 'Go?\n\nReply with the number 372.'],
	])('for the words %j and the code %s', (words, code, text) => {
		expect(withInstructions('Go?', { words, approval: false, append: true, code })).toBe(text);
	});

	it('say what no reply means', () => {
		const expected = { words: ['YES', 'NO'], approval: true, append: true };
		const text = 'Go?\n\nReply YES or NO. No reply within 1 day counts as NO.';
		expect(withInstructions('Go?', expected, 'within 1 day')).toBe(text);
		expect(withInstructions('Go?', { ...expected, append: false }, 'within 1 day')).toBe('Go?');
	});

	it('are only the code if Append Instructions is off', () => {
		const expected = { words: ['YES', 'NO'], approval: true, append: false, code: '372' };
		expect(withInstructions('Go?', expected)).toBe('Go?\n\nReply with the number 372.');
	});

	it('are missing if Append Instructions is off', () => {
		const expected = { words: ['YES', 'NO'], approval: true, append: false };
		expect(withInstructions('Go?', expected)).toBe('Go?');
	});
});

describe('the expected replies', () => {
	const NO_WORDS = { words: [], approval: false, append: false };

	it.each<[IDataObject, object]>([
		[{}, NO_WORDS],
		[{ responseType: 'freeText', appendInstructions: true, choices: 'A' }, NO_WORDS],
		[{ responseType: 'approval' }, { words: ['YES', 'NO'], approval: true, append: true }],
		[
			{ responseType: 'approval', approveWord: ' Ja ', declineWord: ' Nein ' },
			{ words: ['Ja', 'Nein'], approval: true, append: true },
		],
		[
			{ responseType: 'approval', approveWord: ' ', declineWord: ' ', appendInstructions: false },
			{ words: ['YES', 'NO'], approval: true, append: false },
		],
		[
			{ responseType: 'choices', choices: 'A, b ,,C' },
			{ words: ['A', 'b', 'C'], approval: false, append: true },
		],
		[
			{ responseType: 'choices', choices: ['A'], appendInstructions: false },
			{ words: ['A'], approval: false, append: false },
		],
	])('of %j are %j', (parameters, expected) => {
		expect(readExpectedReplies(itemWith(parameters))).toEqual(expected);
		expect(requireExpectedReplies(itemWith(parameters), new Set(['STOP']))).toEqual(expected);
	});

	it.each<[IDataObject, string]>([
		[{ approveWord: 'Go', declineWord: 'GO!' }, '"Go" cannot both approve and decline'],
		[{ responseType: 'choices', choices: ' , ' }, 'Choices is empty'],
		[{ responseType: 'choices' }, 'Choices is empty'],
		[{ declineWord: 'Stop.' }, '"Stop." cannot be a reply: the provider acts on STOP itself'],
		[{ responseType: 'choices', choices: 'A, S t o p' }, '"S t o p" cannot be a reply'],
	])('of %j are rejected', (parameters, message) => {
		const item = itemWith({ responseType: 'approval', ...parameters });
		expect(() => requireExpectedReplies(item, new Set(['STOP', 'END']))).toThrow(
			expect.objectContaining({
				message: expect.stringContaining(message),
				description: expect.any(String),
			}),
		);
	});

	it('may be a word that contains a reserved word', () => {
		const item = itemWith({ responseType: 'approval', approveWord: 'Stopped' });
		expect(requireExpectedReplies(item, new Set(['STOP'])).words).toEqual(['Stopped', 'NO']);
	});
});

it.each([
	[[], ''],
	[['A'], 'A'],
	[['A', 'B'], 'A or B'],
	[['A', 'B', 'C', 'D'], 'A, B, C or D'],
])('%j in a sentence: %j', (words, text) => {
	expect(joinWithOr(words)).toBe(text);
});

describe('the message to send', () => {
	const REVIEW = 'Call [object Object]? [object Object]';
	const read = (message: unknown, raw = '', parameters?: unknown) => {
		const reads: unknown[] = [];
		const members = {
			getNodeParameter: (name: string, index: number, _fallback: unknown, options?: object) => {
				if (options) reads.push([name, index, options]);
				return options ? raw : message;
			},
			evaluateExpression: (text: string, index: number) => {
				reads.push([text, index]);
				return parameters;
			},
		};
		const item = new Item(contextWith({}, members), 2, new Map([['message', 'Message']]));
		return { getText: () => requireQuestion(item), reads };
	};
	const RAW = '=Call {{ $tool.parameters }}?';

	it.each([
		['Go?', 'Go?'],
		[5, '5'],
		[true, 'true'],
	])('for %j is %j', (message, text) => {
		const { getText, reads } = read(message);
		expect(getText()).toBe(text);
		expect(reads).toEqual([]);
	});

	it.each([
		['', 'The message is empty'],
		[' \n', 'The message is empty'],
		[undefined, 'The message is empty'],
		[{}, 'Message is an object'],
	])('cannot be %j', (message, error) => {
		expect(read(message).getText).toThrow(error);
	});

	it('contains the parameters of a tool, one in each line', () => {
		const { getText, reads } = read(REVIEW, RAW, { to: '$&', count: 2, list: ['a'], none: null });
		const lines = 'to: $&\ncount: 2\nlist: ["a"]\nnone: null';
		expect(getText()).toBe(`Call ${lines}? ${lines}`);
		expect(reads).toEqual([
			['message', 2, { rawExpressions: true }],
			['{{ $tool.parameters }}', 2],
		]);
	});

	it.each<[string, string, unknown]>([
		['do not come from the tool', '=Call {{ $json }}?', { to: '1' }],
		['are a list', RAW, ['a']],
		['are undefined', RAW, undefined],
	])('is rejected if the objects in it %s', (_, raw, parameters) => {
		expect(read(REVIEW, raw, parameters).getText).toThrow('Message contains "[object Object]"');
	});
});
