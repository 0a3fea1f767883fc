import { choiceOf, withInstructions } from '../../nodes/shared/replyWords';

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
