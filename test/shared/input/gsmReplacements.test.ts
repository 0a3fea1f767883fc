import fc from 'fast-check';
import { withGsmReplacements } from '../../../nodes/shared/input/gsmReplacements';
import { encodingOf, isGsm } from '../../../nodes/shared/model/segments';
import { RUNS } from '../../runs';

it.each([
	['plain @£é€', 'plain @£é€'],
	['“It’s” ‚so‘ «good» ‹too›', "\"It's\" 'so' \"good\" 'too'"],
	['1–2—3‐4−5', '1-2-3-4-5'],
	['wait… • point', 'wait... * point'],
	['¿½?', '¿½?'],
	['ﬁne ﬄ Ĳ', 'fine ffl IJ'],
	['№ 5 KΩÅ', 'No 5 KΩÅ'],
	['‼⁇⁈⁉', '!!???!!?'],
	['a\tb\u2028c\u0085d', 'a b\nc\nd'],
	['a\u00A0b\u2009c\u3000d', 'a b c d'],
	['a\u200Bb\u2060c\uFEFFd\u00ADe\u200Ef\u202Ag\u202Eh\u2066i\u2069j', 'abcdefghij'],
	['\u202F\u2065\u206A', ' \u2065\u206A'],
	['ＡＢ！～', 'AB!~'],
	['￡￥', '£¥'],
	['￠', '￠'],
	['e\u0301 n\u0303', 'é ñ'],
	['ê ж 中', 'ê ж 中'],
	['² ① ㎏', '² ① ㎏'],
	['ｱ', 'ｱ'],
	['👨\u200D👩 👍', '👨\u200D👩 👍'],
	['\u{1D400}', '\u{1D400}'],
])('%j becomes %j', (text, replaced) => {
	expect(withGsmReplacements(text)).toBe(replaced);
});

it('all full-width forms with a GSM character are replaced with it', () => {
	const fullWidth = Array.from({ length: 0x5e }, (_, index) => String.fromCharCode(0xff01 + index));
	const halfWidth = fullWidth.map((_, index) => String.fromCharCode(0x21 + index));
	const expected = halfWidth.map((sign) => (isGsm(sign) ? sign : sign === '`' ? '｀' : sign));
	expect(fullWidth.map(withGsmReplacements)).toEqual(expected);
});

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
])('%j becomes GSM-7 as %j', (text, replaced) => {
	expect(withGsmReplacements(text)).toBe(replaced);
	expect(encodingOf(withGsmReplacements(text))).toBe('GSM-7');
});

it.each(['Привет', '你好', '😀', 'ħello', 'coûte', '👨‍👩‍👧', '→', '½', '™', 'ñ'])(
	'%s has no replacement',
	(text) => {
		expect(withGsmReplacements(text)).toBe(text);
	},
);

it('a replaced text is not changed again, and a GSM text is not changed at all', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			const replaced = withGsmReplacements(text);
			expect(withGsmReplacements(replaced)).toBe(replaced);
			const composed = text.normalize('NFC');
			if (encodingOf(composed) === 'GSM-7') expect(replaced).toBe(composed);
		}),
		RUNS,
	);
});
