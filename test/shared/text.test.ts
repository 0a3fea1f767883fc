import fc from 'fast-check';
import { Failure } from '../../nodes/shared/errors';
import { countSegments, encodingOf, unicodeCharacters } from '../../nodes/shared/segments';
import { withTwins } from '../../nodes/shared/twins';
import { wellFormed } from '../../nodes/shared/wellFormed';
import { labelOf, readBoolean, readChoice, readNumber, readText } from '../../nodes/shared/typed';
import { RUNS } from '../runs';

describe('segments', () => {
	it.each([
		['153 ] are not 2', ']'.repeat(153), 3],
		['80 ] fit into one', ']'.repeat(80), 1],
		['81 ] do not', ']'.repeat(81), 2],
		['152 ] fill two parts', ']'.repeat(152), 2],
		['100 emoji', '😀'.repeat(100), 4],
		['35 emoji', '😀'.repeat(35), 1],
		['36 emoji', '😀'.repeat(36), 2],
		['67 emoji', '😀'.repeat(67), 3],
		['160 letters', 'a'.repeat(160), 1],
		['161 letters', 'a'.repeat(161), 2],
		['a pair at the end of a part', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
		['nothing', '', 1],
	])('%s: %#', (_, text, segments) => {
		expect(countSegments(text).segments).toBe(segments);
	});

	/** The same count made otherwise: parts as lists of code units, cut as a handset would. */
	function parts(text: string): number {
		const gsm = encodingOf(text) === 'GSM-7';
		const atoms = gsm
			? [...text].map((c) => ('\f^{}\\[~]|€'.includes(c) ? ['ESC', c] : [c]))
			: [...text].map((c) => c.split(''));
		const [single, joined] = gsm ? [160, 153] : [70, 67];
		if (atoms.flat().length <= single) return 1;
		const all: string[][] = [];
		while (atoms.length > 0) {
			const part: string[] = [];
			while (atoms[0] && part.length + atoms[0].length <= joined)
				part.push(...(atoms.shift() ?? []));
			all.push(part);
		}
		return all.length;
	}

	it('are as many as an independent count says', () => {
		const letter = fc.constantFrom('a', ']', '€', 'é', '😀', 'ж', '\n');
		const gsm = fc.constantFrom('a', ']', '€', 'é', '\n');
		const long = (one: fc.Arbitrary<string>) =>
			fc.array(one, { maxLength: 700 }).map((all) => all.join(''));
		fc.assert(
			fc.property(fc.oneof(long(letter), long(gsm), fc.string()), (text) => {
				expect(countSegments(text).segments).toBe(parts(text));
			}),
			RUNS,
		);
	});

	it('the characters that make a text Unicode are named once', () => {
		expect(unicodeCharacters('“Hi” — 😀 “again”')).toEqual(['“', '”', '—', '😀']);
		expect(unicodeCharacters('Grüße 5€')).toEqual([]);
	});
});

describe('plain twins', () => {
	it.each([
		['“Hello” — it’s 5…', '"Hello" - it\'s 5...'],
		['a\u00a0b\u2009c\u202fd\u3000e', 'a b c d e'],
		['• one ‣ two', '* one * two'],
		['oﬃce ﬁne', 'office fine'],
		['Ｃａｌｌ １２３！', 'Call 123!'],
		['«Ciao»', '"Ciao"'],
		['line\u2028next', 'line\nnext'],
		['e\u0301t\u00e9', 'été'],
		['zero\u200bwidth\u00adsoft', 'zerowidthsoft'],
		['a‑b−c', 'a-b-c'],
	])('%j goes out as %j', (text, twin) => {
		expect(withTwins(text)).toBe(twin);
		expect(encodingOf(withTwins(text))).toBe('GSM-7');
	});

	it.each(['Привет', '你好', '😀', 'ħello', 'coûte', '👨‍👩‍👧', '→', '½', '™', 'ñ'])(
		'%s has none and stays',
		(text) => {
			expect(withTwins(text)).toBe(text);
		},
	);

	it('never make a text longer on the air, nor other than it was without need', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const twin = withTwins(text);
				expect(withTwins(twin)).toBe(twin);
				if (encodingOf(text.normalize('NFC')) === 'GSM-7') expect(twin).toBe(text.normalize('NFC'));
			}),
			RUNS,
		);
	});
});

describe('a text of whole characters', () => {
	it('is taken as it is', () => {
		for (const text of ['', 'a', '😀', 'a😀b', '👨‍👩‍👧']) expect(wellFormed(text, 'X')).toBe(text);
	});

	it.each([
		['Hello \ud83d', 'The message holds half a character, such as half of an emoji, at position 7'],
		['\ude00 Hello', 'at position 1'],
		['a\ud83db', 'at position 2, behind "a"'],
		['😀\ud83d', 'at position 3'],
	])('%j is refused, and says where it was cut', (text, words) => {
		expect(() => wellFormed(text, 'The message')).toThrow(words);
	});
});

describe('values of expressions', () => {
	it.each([
		...[true, 'true', 'TRUE', ' True ', '1', 1, 'yes', 'on', 'Y'].map(
			(value) => [value, true] as const,
		),
		...[false, 'false', 'False', '0', 0, 'no', 'off', 'n'].map((value) => [value, false] as const),
	])('%p is %s', (value, expected) => {
		expect(readBoolean(value, !expected, 'X')).toBe(expected);
	});

	it('nothing is what it is usually', () => {
		for (const value of [undefined, null, '', ' ']) {
			expect(readBoolean(value, true, 'X')).toBe(true);
			expect(readBoolean(value, false, 'X')).toBe(false);
		}
	});

	it.each([2, 'maybe', {}, [], [true], NaN])('%p is neither true nor false', (value) => {
		expect(() => readBoolean(value, true, 'Dry Run')).toThrow(
			/^Dry Run is .*neither true nor false/,
		);
	});

	it('numbers may be texts, and nothing else', () => {
		expect([5, '5', ' 7 ', '', ' ', null, '1.5'].map((v) => readNumber(v, 3, 'X'))).toEqual([
			5, 5, 7, 3, 3, 3, 1.5,
		]);
		for (const value of ['five', {}, [], true, NaN, Infinity, '1e999', '1e3', '0x10', '1,5']) {
			expect(() => readNumber(value, 3, 'X')).toThrow('which is not a number');
		}
	});

	it('a choice is one of its words, in any case', () => {
		const read = (value: unknown) => readChoice(value, ['afterTime', 'atTime'], 'afterTime', 'X');
		expect([undefined, null, '', ' '].map(read)).toEqual(Array(4).fill('afterTime'));
		expect(['atTime', ' attime\n', 'AtTime'].map(read)).toEqual(Array(3).fill('atTime'));
		for (const value of ['at', 'atTime,afterTime', 5, true, {}, ['atTime'], '__proto__']) {
			expect(() => read(value)).toThrow(/^X is .*, which is none of its choices$/);
		}
	});

	it('texts may be numbers and booleans, and nothing with an object in it', () => {
		expect(['a', 5, true, null, undefined, 0].map((v) => readText(v, 'X'))).toEqual([
			'a',
			'5',
			'true',
			'',
			'',
			'0',
		]);
		expect(() => readText({ a: 1 }, 'The message')).toThrow(
			'The message is an object, not a text; use {{ $json.field.name }}',
		);
		expect(() => readText(['a'], 'The message')).toThrow('The message is a list, not a text');
		expect(() => readText('Hi [object Object]!', 'The message')).toThrow(
			'an expression in it gives an object, not a text; use {{ $json.field.name }}',
		);
	});

	it('half a character is refused in every text', () => {
		expect(() => readText('a\ud83d', 'Subject')).toThrow(/^Subject holds half a character/);
	});

	it('nothing but a Failure comes of any value', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				for (const read of [
					() => readBoolean(value, true, 'X'),
					() => readNumber(value, 1, 'X'),
					() => readText(value, 'X'),
					() => readChoice(value, ['url', 'none'], 'none', 'X'),
				]) {
					try {
						expect(['boolean', 'number', 'string']).toContain(typeof read());
					} catch (error) {
						expect(error).toBeInstanceOf(Failure);
					}
				}
			}),
			RUNS,
		);
	});

	it('parameters are named as the panel shows them', () => {
		expect(['message', 'referenceId', 'statusUrl', 'to'].map(labelOf)).toEqual([
			'Message',
			'Reference ID',
			'Status URL',
			'To',
		]);
	});
});
