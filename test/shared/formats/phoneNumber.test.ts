import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	isValidPhoneNumber,
} from 'libphonenumber-js/max';
import { fromCdyneForm, toCdyneForm } from '../../../nodes/Cdyne/number';
import { fromSkycoreForm, toSkycoreForm } from '../../../nodes/Skycore/number';
import { toE164 } from '../../../nodes/shared/formats/phoneNumber';
import { onTheWire } from '../../onTheWire';
import { RUNS } from '../../runs';

/** Numbers as providers write them, in E.164. */

const PERSON = '+17575550142';

describe('a number', () => {
	it.each([
		// of North America, in every form
		['17575550142', PERSON],
		['+17575550142', PERSON],
		['0017575550142', PERSON],
		['01117575550142', PERSON],
		['+1 (757) 555-0142', PERSON],
		['1-757-555-0142', PERSON],
		['1.757.555.0142', PERSON],
		[' 17575550142 ', PERSON],
		['1\u00a0757\u00a0555\u00a00142', PERSON],
		// of another country, in every form
		['447911123456', '+447911123456'],
		['+447911123456', '+447911123456'],
		['00447911123456', '+447911123456'],
		['011447911123456', '+447911123456'],
		['011 44 7911 123456', '+447911123456'],
		['+44 (7911) 123456', '+447911123456'],
		// with a leading zero, which belongs to numbers in Italy
		['390612345678', '+390612345678'],
		['+39 06 12345678', '+390612345678'],
		// as short as they are in some countries
		['+37255512', '+37255512'],
		['01137255512', '+37255512'],
		['2902212', '2902212'],
		// of machines, longer than the library knows
		['3459001234567', '+3459001234567'],
		['34590012345678', '+34590012345678'],
		['345900123456789', '+345900123456789'],
		['+33700001234567', '+33700001234567'],
		// that is not assigned
		['15555555555', '+15555555555'],
	])('%j is %s, whatever the country of the provider', (text, number) => {
		expect([toE164(text), toE164(text, 'US'), toE164(text, 'US', true)]).toEqual([
			number,
			number,
			number,
		]);
	});

	it.each([
		['7575550142', PERSON],
		['(757) 555-0142', PERSON],
		['757 555 0142', PERSON],
		['9999999999', '+19999999999'],
	])('%j of a North American provider is %s', (text, number) => {
		expect(toE164(text, 'US')).toBe(number);
		expect(toE164(text, 'US', true)).toBe(number);
	});

	it.each([
		['4520123456', '+4520123456', '+14520123456'],
		['6591234567', '+6591234567', '+16591234567'],
		['3725551234', '+3725551234', '+13725551234'],
	])('%j is %s with country codes, and else %s', (text, abroad, home) => {
		expect(toE164(text, 'US', true)).toBe(abroad);
		expect(toE164(text, 'US')).toBe(home);
		expect(toE164(abroad, 'US')).toBe(abroad);
	});
});

it.each([
	// short codes
	...[
		'911',
		'0000',
		'00000',
		'60856',
		'55512',
		'123456',
		'011222',
		'001234',
		'1234567',
		'12345678',
	],
	'+60856',
	// names
	...['Shop', 'Shop 24', 'A1', '1-800-FLOWERS', 'tel:+17575550142', '١٢٣٤٥٦٧٨٩٠'],
	// withheld senders
	...['anonymous', 'Unavailable', 'Restricted', 'PRIVATE', '+', '()', '-'],
	...['', ' '],
	// too long, too short or impossible
	...['+447911123456789012', '4479111234567890', '+1', '+1757555', '1757555014', '175755501422'],
	// national numbers of an unknown country
	...['0447911123456', '0123456789', '00', '011', '0110', '01144'],
	...['0000000000', '0000000000000', '+0447911123456'],
	// several numbers
	...['17575550142,17575550143', '17575550142 17575550143'],
])('%j stays as it is', (text) => {
	expect([toE164(text), toE164(text, 'US'), toE164(text, 'US', true)]).toEqual([text, text, text]);
});

it('null stays null', () => {
	expect([toE164(null), toE164(null, 'US'), fromSkycoreForm(null)]).toEqual([null, null, null]);
	expect([null, undefined, '', ' '].map(fromCdyneForm)).toEqual([null, null, null, null]);
	expect(fromCdyneForm(17575550142)).toBe(PERSON);
});

const FORMS = {
	cdyne: { write: toCdyneForm, read: fromCdyneForm },
	namirial: { write: (number: string) => number, read: (text: string) => toE164(text) },
	skycore: { write: toSkycoreForm, read: (text: string) => fromSkycoreForm(text) },
	wooxy: { write: (number: string) => number, read: (text: string) => toE164(text) },
};

/** Every form in which a provider may write a number. */
const formsOf = (number: string) => {
	const digits = number.slice(1);
	return [
		number,
		digits,
		`00${digits}`,
		`011${digits}`,
		`+${digits.replace(/(?=(?:\d{4})+$)/g, ' ')}`,
	];
};

describe.each(Object.entries(FORMS))('%s', (provider, { write, read }) => {
	const wire = onTheWire[provider as keyof typeof onTheWire];

	it('reads back the example of every country', () => {
		const numbers = getCountries().flatMap(
			(country) => getExampleNumber(country, examples)?.number ?? [],
		);
		expect(numbers.length).toBeGreaterThan(200);
		expect(numbers.map((number) => read(write(number)))).toEqual(numbers);
		expect(numbers.map(write)).toEqual(numbers.map(wire));
	});

	it('reads back every valid number', () => {
		const countries = getCountries().filter((country) => getExampleNumber(country, examples));
		const valid = fc
			.record({ country: fc.constantFrom(...countries), tail: fc.integer({ min: 0, max: 9_999 }) })
			.map(({ country, tail }) => {
				const example = String(getExampleNumber(country, examples)?.number);
				return `${example.slice(0, -4)}${String(tail).padStart(4, '0')}`;
			})
			.filter((number) => isValidPhoneNumber(number));
		fc.assert(
			fc.property(valid, (number) => {
				expect(read(write(number))).toBe(number);
				// what is in E.164 already stays so
				expect(read(number)).toBe(number);
			}),
			RUNS,
		);
	});
});

it('a number abroad is the same in every form, unless its digits alone can be national', () => {
	const abroad = getCountries().filter((country) => getCountryCallingCode(country) !== '1');
	for (const country of abroad) {
		const number = getExampleNumber(country, examples)?.number;
		if (number === undefined) continue;
		const forms = formsOf(number);
		// ten digits can be North American, and fewer a short code
		const certain = number.length > 11 ? forms : forms.filter((form) => form !== number.slice(1));
		expect(certain.map((form) => toE164(form, 'US'))).toEqual(certain.map(() => number));
	}
});

it('any other text, and what was read once, stays as it is', () => {
	fc.assert(
		fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+\d ().-]{0,20}$/)), (text) => {
			const read = toE164(text, 'US');
			expect(toE164(read, 'US')).toBe(read);
			expect(read === text || /^\+[1-9]\d{6,14}$/.test(read)).toBe(true);
		}),
		RUNS,
	);
});
