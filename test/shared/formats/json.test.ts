import { parseJson } from '../../../nodes/shared/formats/json';

describe('JSON of a provider', () => {
	it.each<[string, string, unknown]>([
		[
			'a whole number that JavaScript can represent',
			'{"id":123456789012345}',
			{ id: 123456789012345 },
		],
		['a longer number, as text', '{"id":12345678901234567890}', { id: '12345678901234567890' }],
		['a long negative number, as text', '[-12345678901234567890]', ['-12345678901234567890']],
		['a long number alone', '9007199254740993', '9007199254740993'],
		[
			'several long numbers',
			'[9007199254740993,1,9007199254740995]',
			['9007199254740993', 1, '9007199254740995'],
		],
		['a long decimal, as a number', '[0.1234567890123450]', [0.123456789012345]],
		['a long exponent, as a number', '[1234567890123456e2]', [1234567890123456e2]],
		[
			'a negative number of fifteen digits, as a number',
			'[-123456789012345,1234567890123456]',
			[-123456789012345, '1234567890123456'],
		],
		['digits in a string', '{"id":"12345678901234567890"}', { id: '12345678901234567890' }],
		[
			'digits between words',
			'{"text":"no 12345678901234567890, 1"}',
			{ text: 'no 12345678901234567890, 1' },
		],
		['digits in a name', '{"12345678901234567890":1}', { '12345678901234567890': 1 }],
		[
			'a long number after a quote in a string',
			'{"a":"\\"","id":12345678901234567890}',
			{ a: '"', id: '12345678901234567890' },
		],
		[
			'a long number after a backslash',
			'{"a":"\\\\","id":12345678901234567890}',
			{ a: '\\', id: '12345678901234567890' },
		],
		[
			'a long number after a line break',
			'{"a":"x\\ny",\n"id":12345678901234567890}',
			{ a: 'x\ny', id: '12345678901234567890' },
		],
		['a number of sixteen digits, as text', '[1234567890123456]', ['1234567890123456']],
		[
			'a number of fifteen digits beside it',
			'[123456789012345,1234567890123456]',
			[123456789012345, '1234567890123456'],
		],
		['a longer decimal', '[1.23456789012345678901]', [1.2345678901234567]],
		['a negative decimal', '[-1234567890123456.5]', [-1234567890123456.5]],
		[
			'an exponent with a sign',
			'[1234567890123456e+2,1234567890123456E-2]',
			[123456789012345600, 12345678901234.56],
		],
		['an exponent of several digits', '[1234567890123456e12]', [1234567890123456e12]],
		['an exponent as long as an id', '[1e-1234567890123456789]', [0]],
		[
			'other values beside it',
			'[true,null,{},1234567890123456]',
			[true, null, {}, '1234567890123456'],
		],
		['a byte order mark inside a string', '["a\uFEFFb"]', ['a\uFEFFb']],
		['a byte order mark at the beginning', '\uFEFF{"id":1}', { id: 1 }],
	])('is parsed with %s', (_, body, value) => {
		expect(parseJson(body)).toEqual(value);
	});

	it.each([
		'',
		'{',
		'x\uFEFF1',
		'\uFEFF\uFEFF1',
		'12345678901234567890 1',
		'{"id":12345678901234567890',
		'null1',
	])('is not %j', (body) => {
		expect(() => parseJson(body)).toThrow(SyntaxError);
	});
});
