import fc from 'fast-check';
import { parsePhone, splitList } from '../../nodes/shared/phone';

describe('a phone number', () => {
	it.each([
		['+1 (757) 544-9510', undefined, '+17575449510'],
		['17575449510', undefined, '+17575449510'],
		['0039 333 111 2233', undefined, '+393331112233'],
		['333 111 2233', 'IT', '+393331112233'],
		['(757) 544-9510', 'us', '+17575449510'],
		['+44 20 7946 0018', 'US', '+442079460018'],
		['011 44 20 7946 0018', 'US', '+442079460018'],
		['  +37255512345 ', undefined, '+37255512345'],
	])('%s, read in %s, is %s', (input, country, expected) => {
		expect(parsePhone(input, country)).toBe(expected);
	});

	it.each([
		['12', undefined],
		['+1 757 544', undefined],
		['+999 12345678', undefined],
		['call me', undefined],
		['+1757544951012345', undefined],
		['call +17575449510 please', undefined],
	])('%s is refused with what came and what was expected', (input, country) => {
		expect(() => parsePhone(input, country)).toThrow(
			`"${input}" cannot be a phone number: its length or country code is impossible`,
		);
	});

	it('that is empty says so', () => {
		expect(() => parsePhone('  ')).toThrow('The phone number is empty');
	});

	it('read in something that is no country says so', () => {
		expect(() => parsePhone('757 544 9510', 'Utopia')).toThrow('"Utopia" is not a country code');
	});

	it('stays the same when its E.164 form is read again', () => {
		const number = fc.tuple(
			fc.constantFrom('+1757', '+39333', '+372555'),
			fc.integer({ min: 1e6, max: 9999999 }),
		);
		fc.assert(
			fc.property(number, ([prefix, rest]) => {
				let once: string;
				try {
					once = parsePhone(`${prefix}${rest}`);
				} catch {
					return; // an impossible length
				}
				expect(parsePhone(once)).toBe(once);
			}),
		);
	});
});

describe('a list', () => {
	it.each([
		['a, b;c\nd', ['a', 'b', 'c', 'd']],
		[
			['a,b', ' c '],
			['a,b', 'c'],
		],
		[undefined, []],
		[17575449510, ['17575449510']],
		[' , ,', []],
	])('%j has the parts %j', (value, parts) => {
		expect(splitList(value)).toEqual(parts);
	});
});
