import { toNamirialNumber } from '../../nodes/Namirial/number';
import { thrownBy } from '../engine/harness/canned';

/** Numbers in Namirial's form. */

describe('a number', () => {
	it('of six digits is too short', async () => {
		expect(await thrownBy(() => toNamirialNumber('+49 1234'))).toEqual({
			kind: 'rejected',
			message:
				'"+49 1234" is not a number that Namirial accepts: +491234 does not have 7 to 15 digits',
			description: 'Enter a complete number in international form, such as +39 333 111 2233.',
			nothingAccepted: true,
		});
	});

	it.each([
		['+683 4000', undefined, '+6834000'],
		['+49 69 12345678901', undefined, '+496912345678901'],
		['333 111 2233', 'IT', '+393331112233'],
	])('%s (%s) is accepted', (input, country, number) => {
		expect(toNamirialNumber(input, country)).toBe(number);
	});

	it.each([
		['+39 333 111 2233', undefined, '+393331112233'],
		['0039 (333) 111-2233', undefined, '+393331112233'],
		['333 111 2233', 'IT', '+393331112233'],
		['+1 (757) 544-9510', undefined, '+17575449510'],
	])('%s (%s) is sent as %s', (input, country, number) => {
		expect(toNamirialNumber(input, country)).toBe(number);
	});

	it.each([['12'], ['+39 12'], ['hello']])('"%s" is rejected', (input) => {
		expect(() => toNamirialNumber(input)).toThrow(`"${input}" cannot be a phone number`);
	});
});
