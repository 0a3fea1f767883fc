import { decodeComponent, parseForm } from '../../../nodes/shared/formats/form';

it.each([
	['', ''],
	['plain', 'plain'],
	['é', 'é'],
	['a+b', 'a b'],
	['+', ' '],
	['+a++b+', ' a  b '],
	['%41', 'A'],
	['x%41y%42z', 'xAyBz'],
	['%41%42', 'AB'],
	['a%2', 'a%2'],
	['%2B+%25', '+ %'],
	['%c3%A9+é', 'é é'],
	['%E9+x', 'é x'],
	['%4g%41', '%4gA'],
	['%', '%'],
])('the component %j is decoded to %j', (component, text) => {
	expect(decodeComponent(component)).toBe(text);
});

it.each<[string, Array<[string, string]>]>([
	['', []],
	['&', []],
	['a', [['a', '']]],
	['a=', [['a', '']]],
	['=', [['', '']]],
	['=b', [['', 'b']]],
	['a=b=', [['a', 'b=']]],
	[
		'a%3Db=c%26d&e+f=+',
		[
			['a=b', 'c&d'],
			['e f', ' '],
		],
	],
])('the form %j has the fields %j', (body, fields) => {
	expect(parseForm(body)).toEqual(fields);
});
