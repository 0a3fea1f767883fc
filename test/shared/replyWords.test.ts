import type { IDataObject } from 'n8n-workflow';
import {
	answersOf,
	choiceOf,
	listed,
	messageToAnswer,
	readAnswers,
	withInstructions,
} from '../../nodes/shared/replyWords';
import { itemWith } from './contexts';

describe('the word that an answer is', () => {
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
		['STRASSE', ['Straße', 'Platz'], undefined],
		['okay', ['OK', 'NO'], undefined],
		['  a \t b ', ['AB', 'B'], 'AB'],
	])('%j, of %j: %j', (text, words, word) => {
		expect(choiceOf(text, words)).toBe(word);
	});
});

describe('what people are told to answer with', () => {
	it.each<[string[], string]>([
		[['OK'], 'Go?\n\nReply OK.'],
		[['YES', 'NO'], 'Go?\n\nReply YES or NO.'],
		[['A', 'B', 'C'], 'Go?\n\nReply A, B or C.'],
		[[], 'Go?'],
	])('%j', (words, told) => {
		expect(withInstructions('Go?', { words, approval: false, append: true })).toBe(told);
	});

	it('nothing, where the message says it itself', () => {
		const answers = { words: ['YES', 'NO'], approval: true, append: false };
		expect(withInstructions('Go?', answers)).toBe('Go?');
	});
});

describe('the answers that count', () => {
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
	])('of %j are %j', (parameters, answers) => {
		expect(readAnswers(itemWith(parameters))).toEqual(answers);
		expect(answersOf(itemWith(parameters), new Set(['STOP']))).toEqual(answers);
	});

	it.each<[IDataObject, string]>([
		[{ approveWord: 'Go', declineWord: 'GO!' }, '"Go" cannot both approve and decline'],
		[{ responseType: 'choices', choices: ' , ' }, 'There are no choices'],
		[{ responseType: 'choices' }, 'There are no choices'],
		[{ declineWord: 'Stop.' }, '"Stop." cannot be an answer: the provider acts on STOP itself'],
		[{ responseType: 'choices', choices: 'A, S t o p' }, '"S t o p" cannot be an answer'],
	])('are none of %j', (parameters, words) => {
		const item = itemWith({ responseType: 'approval', ...parameters });
		expect(() => answersOf(item, new Set(['STOP', 'END']))).toThrow(
			expect.objectContaining({
				message: expect.stringContaining(words),
				description: expect.any(String),
			}),
		);
	});

	it('may be a word that holds one of the provider', () => {
		const item = itemWith({ responseType: 'approval', approveWord: 'Stopped' });
		expect(answersOf(item, new Set(['STOP'])).words).toEqual(['Stopped', 'NO']);
	});
});

it.each([
	[[], ''],
	[['A'], 'A'],
	[['A', 'B'], 'A or B'],
	[['A', 'B', 'C', 'D'], 'A, B, C or D'],
])('%j as people list them: %j', (words, text) => {
	expect(listed(words)).toBe(text);
});

describe('the message to answer', () => {
	const REVIEW = 'Call [object Object]? [object Object]';
	const of = (message: unknown, raw = '', parameters?: unknown) => {
		const reads: unknown[] = [];
		const item = itemWith(
			{},
			{
				getNodeParameter: (name: string, index: number, _fallback: unknown, how?: object) => {
					if (how) reads.push([name, index, how]);
					return how ? raw : message;
				},
				evaluateExpression: (text: string, index: number) => {
					reads.push([text, index]);
					return parameters;
				},
			},
			2,
		);
		return { text: () => messageToAnswer(item), reads };
	};
	const RAW = '=Call {{ $tool.parameters }}?';

	it.each([
		['Go?', 'Go?'],
		[5, '5'],
		[true, 'true'],
	])('%j is %j', (message, text) => {
		const { text: read, reads } = of(message);
		expect(read()).toBe(text);
		expect(reads).toEqual([]);
	});

	it.each([
		['', 'The message is empty'],
		[' \n', 'The message is empty'],
		[undefined, 'The message is empty'],
		[{}, 'The message is an object'],
	])('%j is none', (message, words) => {
		expect(of(message).text).toThrow(words);
	});

	it('has what is in the parameters of a tool, a line for each', () => {
		const { text, reads } = of(REVIEW, RAW, { to: '$&', count: 2, list: ['a'], none: null });
		const lines = 'to: $&\ncount: 2\nlist: ["a"]\nnone: null';
		expect(text()).toBe(`Call ${lines}? ${lines}`);
		expect(reads).toEqual([
			['message', 2, { rawExpressions: true }],
			['{{ $tool.parameters }}', 2],
		]);
	});

	it.each<[string, string, unknown]>([
		['are of something else', '=Call {{ $json }}?', { to: '1' }],
		['are no object', RAW, ['a']],
		['are nothing', RAW, undefined],
	])('is refused where the objects in it %s', (_, raw, parameters) => {
		expect(of(REVIEW, raw, parameters).text).toThrow('The message holds "[object Object]"');
	});
});
