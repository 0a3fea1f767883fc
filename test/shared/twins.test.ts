import { isGsm } from '../../nodes/shared/segments';
import { withTwins } from '../../nodes/shared/twins';

/** Typographic signs as the plain ones they look like. */

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
])('%j is %j', (text, plain) => {
	expect(withTwins(text)).toBe(plain);
});

it('all full-width forms that have a plain one are that', () => {
	const forms = Array.from({ length: 0x5e }, (_, index) => String.fromCharCode(0xff01 + index));
	const plain = forms.map((_, index) => String.fromCharCode(0x21 + index));
	const expected = plain.map((sign) => (isGsm(sign) ? sign : sign === '`' ? '｀' : sign));
	expect(forms.map(withTwins)).toEqual(expected);
});
