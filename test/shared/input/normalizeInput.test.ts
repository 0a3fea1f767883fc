import {
	normalizeInput,
	stripWrapping,
	repairSpreadsheetNumber,
} from '../../../nodes/shared/input/normalizeInput';

describe('a normalized value', () => {
	it.each([
		['', ''],
		['a', 'a'],
		['  a b~ ', 'a b~'],
		['\ta\n', 'a'],
		['é', 'é'],
		['e\u0301', 'é'],
		['ＡＢ１', 'AB1'],
		['a\u200b\u200eb\u00ad', 'ab'],
		['a\ufe0f\ufe00b\u034f', 'ab'],
		['a\u{e0100}\u{e01ef}b', 'ab'],
		['a\u00a0b\u3000c\u2009d', 'a b c d'],
		['\u00a0é\u00a0', 'é'],
		['1‐2–3—4−5⁃6˗7', '1-2-3-4-5-6-7'],
		['٠١٢٣٤٥٦٧٨٩', '0123456789'],
		['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
		['०१२३४५६७८९', '0123456789'],
		['0é9', '0é9'],
		// digits of scripts that are not supported
		['০৯', '০৯'],
		['߀߉', '߀߉'],
		['๐', '๐'],
	])('of %j is %j', (input, normalized) => {
		expect(normalizeInput(input)).toBe(normalized);
	});
});

describe('a value without its wrapping', () => {
	it.each([
		['a', 'a'],
		[' "a" ', 'a'],
		["'a", 'a'],
		['«a»', 'a'],
		['“‘a’”', 'a'],
		['a"b', 'a"b'],
		['="a"', 'a'],
		["='a'", 'a'],
		['=a', '=a'],
		['a="b', 'a="b'],
		['tel:5', '5'],
		['TEL: 5', '5'],
		['sms:5', '5'],
		['smsto:5', '5'],
		['callto:5', '5'],
		['tel://5', '5'],
		['tel:/5', '/5'],
		['"tel:5"', '5'],
		['x tel:5', 'x tel:5'],
		['tel5', 'tel5'],
		['fax:5', 'fax:5'],
		['""', ''],
	])('of %j is %j', (input, value) => {
		expect(stripWrapping(input)).toBe(value);
	});
});

describe('a number that a spreadsheet has turned into a decimal', () => {
	it.each([
		['55512.0', '55512'],
		['55512,0', '55512'],
		['55512.000', '55512'],
		['+55512.0', '+55512'],
		['12345678901234567.00', '12345678901234567'],
	])('is repaired: %s is %s', (value, whole) => {
		expect(repairSpreadsheetNumber(value)).toEqual({ value: whole });
	});

	it.each([
		['1e5', 'exponent'],
		['+1e5', 'exponent'],
		['-1E5', 'exponent'],
		['12e12', 'exponent'],
		['1.25e5', 'exponent'],
		['1,25E+5', 'exponent'],
		['1.e-5', 'exponent'],
		['55512.5', 'fraction'],
		['55512.05', 'fraction'],
		['55512.50', 'fraction'],
		['+55512.25', 'fraction'],
	])('cannot be repaired: %s has the problem %s', (value, spoilt) => {
		expect(repairSpreadsheetNumber(value)).toEqual({ value, spoilt });
	});

	it.each([
		'55512',
		'5551.0',
		'055512.0',
		'-55512.0',
		'55512.',
		'55512.0x',
		'x55512.0',
		'55512.0.0',
		'55512,05',
		'1e5x',
		'x1e5',
		'1e12345',
		'e5',
		'1e',
		'1;5e5',
		'757.544.9510',
		'',
	])('is not %j', (value) => {
		expect(repairSpreadsheetNumber(value)).toEqual({ value });
	});
});
