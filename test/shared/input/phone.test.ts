import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import {
	getCountries,
	getCountryCallingCode,
	parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import type { INodeProperties } from 'n8n-workflow';
import { Cdyne } from '../../../nodes/Cdyne/Cdyne.node';
import {
	parseNumber as parseCdyneNumber,
	parseSender as parseCdyneSender,
	toCdyneForm,
} from '../../../nodes/Cdyne/number';
import { NamirialSms } from '../../../nodes/Namirial/NamirialSms.node';
import { toNamirialNumber } from '../../../nodes/Namirial/number';
import { Skycore } from '../../../nodes/Skycore/Skycore.node';
import {
	parseNumber as parseSkycoreNumber,
	parseSender as parseSkycoreSender,
	toSkycoreForm,
} from '../../../nodes/Skycore/number';
import { Wooxy } from '../../../nodes/Wooxy/Wooxy.node';
import { Failure } from '../../../nodes/shared/errors/failure';
import { parsePhone, splitList } from '../../../nodes/shared/input/phone';
import { getCountriesWithNumbers } from '../../../nodes/shared/panel/countries';
import { RUNS } from '../../runs';

const toCdyneNumber = (input: string, country?: string) =>
	toCdyneForm(parseCdyneNumber(input, country));
const toCdyneSender = (input: string, label: string, country?: string) =>
	toCdyneForm(parseCdyneSender(input, label, country));
const toSkycoreNumber = (input: string, country?: string) =>
	toSkycoreForm(parseSkycoreNumber(input, country));
const toSkycoreSender = parseSkycoreSender;

const IMPOSSIBLE = 'cannot be a phone number: its length or country code is wrong';
const NATIONAL = 'cannot be a phone number without a country';
const DECIMAL = 'a spreadsheet has turned the number into a decimal';
const SEVERAL = 'is more than one number';
const EXTENDED = 'has something after the number';

describe('a phone number', () => {
	it.each([
		['+1 (757) 544-9510', undefined, '+17575449510'],
		['17575449510', undefined, '+17575449510'],
		['0039 333 111 2233', undefined, '+393331112233'],
		['0039 333 111 2233', 'JP', '+393331112233'],
		['0039 333 111 2233', 'US', '+393331112233'],
		['(0039) 333 111 2233', undefined, '+393331112233'],
		['(+39) 333 111 2233', undefined, '+393331112233'],
		['333 111 2233', 'IT', '+393331112233'],
		['(757) 544-9510', 'us', '+17575449510'],
		['+44 20 7946 0018', 'US', '+442079460018'],
		['+44 (0)20 7946 0018', undefined, '+442079460018'],
		['+44(0)2079460018', 'IT', '+442079460018'],
		['011 44 20 7946 0018', 'US', '+442079460018'],
		['020 7946 0018', 'GB', '+442079460018'],
		['447911123456', 'IT', '+447911123456'],
		['447911123456', 'GB', '+447911123456'],
		['393331112233', 'IT', '+393331112233'],
		['757.544.9510', 'US', '+17575449510'],
		['06.12.34.56.78', 'FR', '+33612345678'],
		['030/1234567', 'DE', '+49301234567'],
		['  +37255512345 ', undefined, '+37255512345'],
		['7575449510.0', 'US', '+17575449510'],
		['17575449510.00', undefined, '+17575449510'],
		['17575449510,0', undefined, '+17575449510'],
		['+17575449510.0', undefined, '+17575449510'],
		// without its plus, it is also a landline of the default country
		['4917655550123', 'DE', '+4917655550123'],
		['49 176 55550123', 'DE', '+4917655550123'],
		['38344123456', 'XK', '+38344123456'],
		['447911123456', 'DE', '+447911123456'],
		// also valid mobile numbers of Vanuatu, Belize and the Seychelles
		['6785551234', 'US', '+16785551234'],
		['5016225555', 'US', '+15016225555'],
		['2482555012', 'US', '+12482555012'],
		// numbers of machines
		['+337000000000123', undefined, '+337000000000123'],
		['+34590000000000', undefined, '+34590000000000'],
		['0032 467 12 345 6789', undefined, '+32467123456789'],
		['467190000000000', undefined, '+467190000000000'],
		['337000000000123', 'FR', '+337000000000123'],
		['4759000000000', 'US', '+4759000000000'],
	])('%s with the default country %s is %s', (input, country, expected) => {
		expect(parsePhone(input, country)).toBe(expected);
	});

	const N = '+393331112233';
	it.each([
		`\u200e${N}`,
		`\u202a${N}\u202c`,
		`\u2066${N}\u2069`,
		`\ufeff${N}`,
		'\u200b+39\u200b333\u200b1112233',
		'+39\u00a0333\u00a0111\u00a02233',
		'+39\u2009333\u202f111\u30002233',
		'＋３９３３３１１１２２３３',
		'+39‐333‑111–2233',
		'+39−333—1112233',
		'+39 333 111 2233\ufe0f',
		"'+393331112233",
		'’+393331112233',
		'"+393331112233"',
		'“+39 333 111 2233”',
		'="+393331112233"',
		'tel:+39-333-111-2233',
		'TEL:+393331112233',
		'sms:+393331112233',
		'+39\u00ad3331112233',
		'+٣٩٣٣٣١١١٢٢٣٣',
		'+۳۹۳۳۳۱۱۱۲۲۳۳',
		'\t+393331112233\r\n',
	])('%j is read without what is invisible', (input) => {
		expect(parsePhone(input)).toBe(N);
		expect(parsePhone(input, 'US')).toBe(N);
	});

	it.each<readonly [string, string]>([
		...['12', '+1 757 544', '+999 12345678', 'call me', '+1757544951012345'].map(
			(input): [string, string] => [input, IMPOSSIBLE],
		),
		['call +17575449510 please', IMPOSSIBLE],
		['12345678901234567', IMPOSSIBLE],
		...[
			'+393331112233;393334445556',
			'+393331112233,393334445556',
			'+393331112233,,393334445556',
			'+393331112233 / +393334445556',
			'+393331112233 +393334445556',
			'+393331112233 and +393334445556',
			'+393331112233|+393334445556',
			'+393331112233\n+393334445556',
			'+393331112233 & 393334445556',
			'+393331112233 393334445556',
			'393331112233 393334445556',
			'+39 333 111 2233 und 39 333 444 5556',
			'+393331112233 oder +393334445556',
			'393331112233 e 393334445556',
			'393331112233 / 393334445556',
			'393331112233 или 393334445556',
		].map((input) => [input, SEVERAL] as const),
		...[
			'+393331112233;ext=12',
			'+17575449510 x123',
			'7575449510 ext5',
			'+17575449510x123',
			'+17575449510 ext. 12',
			'+17575449510 extension 12',
			'+17575449510,12',
			'+17575449510,,12#',
			'+17575449510 #12',
			'tel:+17575449510;ext=12',
		].map((input) => [input, EXTENDED] as const),
		...['4.4207946E+11', '4,4207946e11', '7.57545E9', '1e21', '17575449510.5', '7575449510.25'].map(
			(input) => [input, DECIMAL] as const,
		),
		...['31.12.2029', '31/12/29', '12-31-2029', '2029-12-31', '31. 12. 2029', '(31.12.2029)'].map(
			(input) => [input, 'is a date, not a phone number'] as const,
		),
		...['2029-12-31 10.30', '31 12 2029'].map(
			(input) => [input, 'is a date, not a phone number'] as const,
		),
		...['39.333.111', '12.500.000'].map(
			(input) => [input, 'is an amount, not a phone number'] as const,
		),
		...['+39 333 1112233 - 4', '+39 333 1112233-4', '+44 7911 123456 - 12'].map(
			(input) => [input, EXTENDED] as const,
		),
		['+1757544951012', IMPOSSIBLE],
		['+3370000000001234', IMPOSSIBLE],
		...['(774)-319-9144', '020 7946 0018', '0333 111 2233', '(02) 1234 5678'].map(
			(input) => [input, NATIONAL] as const,
		),
	])('%j is rejected: it %s', (input, message) => {
		expect(() => parsePhone(input)).toThrow(message);
		expect(() => parsePhone(input)).toThrow(Failure);
	});

	const ENDINGS = ['ext5', 'ext.5', 'extn 5', 'extension: 5', 'x5', 'int. 5', 'e5', '#5', '*5'];
	const MORE_ENDINGS = ['p5', 'w5', 'poste 5', 'DW 5', 'anexo 5', '~5', '=5', '@5', '_5', 'доб. 5'];
	it.each([...ENDINGS, ...MORE_ENDINGS])('with %j after it is rejected in all countries', (end) => {
		const numbers = [
			'+393331112233',
			'7575449510',
			'447911123456',
			'011 39 333 1112233',
			'333111223',
		];
		for (const number of numbers) {
			for (const input of [`${number}${end}`, `${number} ${end}`]) {
				for (const country of [undefined, 'IT', 'GB', 'US', 'DE', 'RU']) {
					expect(() => parsePhone(input, country)).toThrow(Failure);
					expect(() => parsePhone(input, country, 'US')).toThrow(Failure);
				}
			}
		}
	});

	it('that has two readings which can be texted is rejected', () => {
		expect(() => parsePhone('15752234567', 'DE')).toThrow(
			'"15752234567" can be +49 1575 2234567 or +1 575 223 4567',
		);
		expect(parsePhone('01575 2234567', 'DE')).toBe('+4915752234567');
		expect(parsePhone('+1 575 223 4567', 'DE')).toBe('+15752234567');
	});

	it('keeps the extension of a landline, which is a part of the number', () => {
		expect(parsePhone('+49 30 1234567-89')).toBe('+4930123456789');
		expect(parsePhone('030 1234567-0', 'DE')).toBe('+493012345670');
	});

	it('that is empty is rejected', () => {
		for (const input of ['  ', '\u200b', '""', "'", 'tel:']) {
			expect(() => parsePhone(input)).toThrow('The phone number is empty');
		}
	});

	it.each([
		['Utopia', '"Utopia" is not a country code'],
		['XX', '"XX" is not a country code'],
		['UK', 'UK is not a country code; the United Kingdom is GB'],
		['uk', 'UK is not a country code; the United Kingdom is GB'],
		['39', '"39" is not a country code'],
		['constructor', '"constructor" is not a country code'],
	])('with the default country %s is rejected: %s', (country, message) => {
		expect(() => parsePhone('757 544 9510', country)).toThrow(message);
	});

	it('that is too long is not repeated in the error', () => {
		expect(() => parsePhone('9'.repeat(1_000))).toThrow('a text of 1000 characters');
	});

	it('is the same when its result is read again, at every provider', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\+?[\d ().,;x/-]{4,20}$/)), (input) => {
				for (const read of [parsePhone, toCdyneNumber, toNamirialNumber, toSkycoreNumber]) {
					let once: string;
					try {
						once = read(input);
					} catch (error) {
						expect(error).toBeInstanceOf(Failure);
						continue;
					}
					expect(once).toMatch(/^\+?\d{5,18}$/);
					expect(read(once)).toBe(once);
				}
			}),
			RUNS,
		);
	});
});

/** Ways in which people write a number. */
const SPELLINGS: Array<[string, (number: { e164: string; international: string }) => string]> = [
	['E.164', ({ e164 }) => e164],
	['digits', ({ e164 }) => e164.slice(1)],
	['00', ({ e164 }) => `00${e164.slice(1)}`],
	['with spaces', ({ international }) => international],
	['with hyphens', ({ international }) => international.replace(/ /g, '-')],
	['with dots', ({ international }) => international.replace(/ /g, '.')],
	['pasted', ({ international }) => `\u202a${international.replace(/ /g, '\u00a0')}\u202c`],
	[
		'full width',
		({ e164 }) => e164.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
	],
];

describe('the mobile numbers of all countries', () => {
	const numbers = getCountries().flatMap((country) => {
		const example = (examples as Partial<Record<CountryCode, string>>)[country];
		const number = example && parsePhoneNumberFromString(example, country);
		return number
			? [{ country, e164: number.number, international: number.formatInternational() }]
			: [];
	});

	it('are 240 or more', () => {
		expect(numbers.length).toBeGreaterThanOrEqual(240);
	});

	it.each(SPELLINGS)('written as %s are read with any default country', (_, spell) => {
		for (const number of numbers) {
			const written = spell(number);
			const hasPlus = /^[\u202a]?[+＋]|^00/.test(written);
			for (const country of hasPlus ? [undefined, 'US', 'IT', number.country] : [undefined]) {
				expect([written, parsePhone(written, country)]).toEqual([written, number.e164]);
			}
			expect(toNamirialNumber(written)).toBe(number.e164);
			const digits = number.e164.slice(1);
			const cdyne = digits.startsWith('1') ? digits : `011${digits}`;
			// CDYNE and Skycore read ten digits as a North American number
			const isReadAsNorthAmerican = !hasPlus && digits.length === 10;
			if (isReadAsNorthAmerican) continue;
			expect(toCdyneNumber(written)).toBe(cdyne);
			expect(toSkycoreNumber(written)).toBe(digits);
		}
	});

	it('in national format are read with their country', () => {
		for (const { country, e164 } of numbers) {
			const national = parsePhoneNumberFromString(e164)?.formatNational() ?? '';
			expect([country, parsePhone(national, country)]).toEqual([country, e164]);
		}
	});

	it('with their country, and with its code but without the plus, are the same', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...numbers),
				fc.integer({ min: 2, max: 4 }),
				fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 }),
				({ country, e164 }, kept, digits) => {
					const code = getCountryCallingCode(country);
					const { length } = e164.slice(code.length + 1 + kept);
					const written = `${e164.slice(1, code.length + 1 + kept)}${digits.slice(0, length).join('')}`;
					const number = parsePhoneNumberFromString(`+${written}`);
					fc.pre(number?.isValid() === true && /MOBILE/.test(String(number.getType())));
					expect(parsePhone(written, country)).toBe(`+${written}`);
					expect(parsePhone(number.formatNational(), country)).toBe(`+${written}`);
				},
			),
			RUNS,
		);
	});

	it('begin with the code of their country', () => {
		for (const { country, e164 } of numbers) {
			expect(e164.startsWith(`+${getCountryCallingCode(country)}`)).toBe(true);
		}
	});
});

describe('at CDYNE and Skycore', () => {
	it.each([
		'(774)-319-9144',
		'774-319-9144',
		'7743199144',
		'774.319.9144',
		'1 774 319 9144',
		'+1 774 319 9144',
		'7743199144.0',
	])('%s is a North American number', (input) => {
		expect(toCdyneNumber(input)).toBe('17743199144');
		expect(toSkycoreNumber(input)).toBe('17743199144');
	});

	it('numbers of other countries have the prefix 011 at CDYNE only', () => {
		for (const input of [
			'+39 333 111 2233',
			'011 39 333 111 2233',
			'0039 333 111 2233',
			'393331112233',
		]) {
			expect(toCdyneNumber(input)).toBe('011393331112233');
			expect(toSkycoreNumber(input)).toBe('393331112233');
		}
	});
});

it('two national numbers are rejected', () => {
	expect(() => parsePhone('333 111 2233 333 444 5556', 'IT')).toThrow(SEVERAL);
	expect(() => toCdyneNumber('757 544 9510 757 544 9511')).toThrow(SEVERAL);
	expect(() => toSkycoreNumber('(757) 544-9510 or (757) 544-9511')).toThrow(SEVERAL);
});

describe('the drop-down of countries', () => {
	it('has every country once, by its name and its code, and each is accepted', async () => {
		const [none, ...countries] = await getCountriesWithNumbers();
		expect(none.value).toBe('');
		const codes = countries.map(({ value }) => String(value));
		expect([...codes].sort()).toEqual([...getCountries()].sort());
		expect(countries).toContainEqual({ name: 'United Kingdom (GB)', value: 'GB' });
		expect(countries).toContainEqual({ name: 'Italy (IT)', value: 'IT' });
		for (const code of codes) expect(parsePhone('+393331112233', code)).toBe('+393331112233');
	});

	it.each([new Cdyne(), new NamirialSms(), new Wooxy(), new Skycore()])(
		'is used by each Default Country of $description.name',
		(node) => {
			const fields = node.description.properties.flatMap(({ name, options = [] }) =>
				name === 'options' ? (options as INodeProperties[]) : [],
			);
			const countries = fields.filter(({ name }) => name === 'defaultCountry');
			expect(countries.length).toBeGreaterThan(0);
			for (const { type, typeOptions } of countries) {
				expect([type, typeOptions?.loadOptionsMethod]).toEqual(['options', 'getCountries']);
			}
			expect(node.methods.loadOptions.getCountries).toBe(getCountriesWithNumbers);
		},
	);
});

describe('ten digits that are not a North American number', () => {
	it.each(['0612345678', '06.12.34.56.78', '(020) 794 6001', '1234567890', '0000000000'])(
		'%s are rejected by CDYNE and Skycore',
		(input) => {
			expect(() => toCdyneNumber(input)).toThrow(/cannot be a phone number/);
			expect(() => toSkycoreNumber(input)).toThrow(/cannot be a phone number/);
		},
	);
});

describe('a slash', () => {
	it.each([
		['+39 333 111 2233/4', undefined],
		['+39 333 1112233/34', undefined],
		['+4930123456/57', undefined],
		['393331112233/4', undefined],
		['333 111 2233/4', 'IT'],
	])('before an alternative ending is rejected: %s', (input, country) => {
		expect(() => parsePhone(input, country)).toThrow(SEVERAL);
	});

	it.each([
		['+49 30/123456', undefined, '+4930123456'],
		['030/123456', 'DE', '+4930123456'],
		['0171/1234567', 'DE', '+491711234567'],
		['06/12/34/56/78', 'FR', '+33612345678'],
		['+43/664/1234567', undefined, '+436641234567'],
		['757/544-9510', 'US', '+17575449510'],
	])('after an area code is ignored: %s', (input, country, expected) => {
		expect(parsePhone(input, country)).toBe(expected);
	});
});

describe('a sender', () => {
	it.each([
		['55512', '55512'],
		['55512.0', '55512'],
		["'55512", '55512'],
		['+1 (757) 555-0100', '17575550100'],
		['757-555-0100', '17575550100'],
		['１７５７５５５０１００', '17575550100'],
		['+44 7911 123456', '011447911123456'],
	])('%s is %s at CDYNE', (input, expected) => {
		expect(toCdyneSender(input, 'From')).toBe(expected);
	});

	it.each(['MyShop', 'My Shop 24', '555.12', '5.5512E4', '55512,55513'])(
		'%s is rejected by CDYNE',
		(input) => {
			expect(() => toCdyneSender(input, 'From')).toThrow(Failure);
		},
	);

	it('with leading zeros keeps them at Skycore, and loses the fraction of a spreadsheet', () => {
		expect(
			['00000', '60856.0', "'60856", '+1 757 555 0100', '６０８５６'].map(toSkycoreSender),
		).toEqual(['00000', '60856', '60856', '17575550100', '60856']);
		for (const input of ['60856.5', '6.0856E4', 'MyShop', '60856,60857']) {
			expect(() => toSkycoreSender(input)).toThrow(Failure);
		}
	});
});

/** The failure of a number that is rejected. */
function failureOf(input: string, country?: string, home?: CountryCode): Failure {
	try {
		parsePhone(input, country, home);
	} catch (error) {
		if (error instanceof Failure) return error;
	}
	throw new Error(`${input} was not rejected`);
}

describe('a short text', () => {
	it.each([
		['12,13', SEVERAL],
		['1,a', SEVERAL],
		['a,1', SEVERAL],
		['12;a', SEVERAL],
		['12|13', SEVERAL],
		['12&13', SEVERAL],
		['12\t13', SEVERAL],
		['12\n13', SEVERAL],
		['12\r13', SEVERAL],
		['12 and 13', SEVERAL],
		['12 OR 13', SEVERAL],
		['12+13', SEVERAL],
		['12 +13', SEVERAL],
		['12/+13', SEVERAL],
		['12 / +13', SEVERAL],
		['1234,56', SEVERAL],
		['12345,67', EXTENDED],
		['1234,567', EXTENDED],
		['call,me', IMPOSSIBLE],
		['a+b', IMPOSSIBLE],
		['12 android 13', IMPOSSIBLE],
		['12 13', IMPOSSIBLE],
	])('%j is rejected: it %s', (input, message) => {
		expect(failureOf(input).message).toContain(message);
	});
});

describe('a country code', () => {
	it.each([
		['( + 39 ) 333 111 2233'],
		['(+39)3331112233'],
		['(00 39) 333 111 2233'],
		['( 00 39 ) 333 111 2233'],
		['(0039 333 111 2233'],
		['( 0039 333 111 2233'],
		['00 39 333 111 2233'],
	])('may be written as in %s', (input) => {
		expect(parsePhone(input)).toBe('+393331112233');
		expect(parsePhone(input, 'US', 'US')).toBe('+393331112233');
	});

	it.each([
		['(+1)7575449510', '+17575449510'],
		['(+358) 401234567', '+358401234567'],
		['393330011223', '+393330011223'],
	])('and nothing else is read as one in %s', (input, number) => {
		expect(parsePhone(input)).toBe(number);
	});

	it('is at the beginning', () => {
		expect(failureOf('12 (+39) 333 111 2233').message).toContain(IMPOSSIBLE);
	});
});

describe('a number without its country', () => {
	it.each<[string, string | undefined, CountryCode | undefined, string]>([
		['7575449510', undefined, 'US', '+17575449510'],
		['2575449510', undefined, 'US', '+12575449510'],
		['9575449510', undefined, 'US', '+19575449510'],
		['7575449510', 'IT', 'US', '+397575449510'],
		['447911123456', undefined, 'US', '+447911123456'],
		['39011123456', undefined, 'US', '+39011123456'],
		['39011123456', undefined, undefined, '+39011123456'],
		['01139 333 111 2233', undefined, 'US', '+393331112233'],
		['393331112233', 'US', 'US', '+393331112233'],
		['(44) 7911 123456', 'IT', undefined, '+447911123456'],
		['1 757 544 9510', 'GB', undefined, '+17575449510'],
		['8 800 555 35 35', 'RU', undefined, '+78005553535'],
		// possible in Italy, but not valid
		['1234567', 'IT', undefined, '+391234567'],
		['39 06 1234', 'US', undefined, '+39061234'],
		['7575449510', ' us ', undefined, '+17575449510'],
		['7575449510', '', 'US', '+17575449510'],
		['+493012345678901', undefined, undefined, '+493012345678901'],
	])('%s with the default country %s and the home country %s is %s', (...row) => {
		const [input, defaultCountry, homeCountry, number] = row;
		expect(parsePhone(input, defaultCountry, homeCountry)).toBe(number);
	});

	it.each<[string, string | undefined, CountryCode | undefined, string]>([
		['1575449510', undefined, 'US', IMPOSSIBLE],
		['0113', undefined, 'US', IMPOSSIBLE],
		['011', undefined, 'US', NATIONAL],
		['030/123456', undefined, 'US', NATIONAL],
		['(44) 7911 123456', undefined, undefined, NATIONAL],
		['0447911123456', 'IT', undefined, IMPOSSIBLE],
		['12345', 'IT', undefined, IMPOSSIBLE],
		['555 1234', 'US', undefined, IMPOSSIBLE],
		['+4930123456789012', undefined, undefined, IMPOSSIBLE],
		['757 544 9510/11', undefined, 'US', SEVERAL],
		['333 111 2233/4', 'IT', 'US', SEVERAL],
		['0039 333 1112233 / 34', 'US', 'US', SEVERAL],
		['757 544 9510 757 544 9511', undefined, 'US', SEVERAL],
		['757 544 9510 757 544 9511', undefined, undefined, IMPOSSIBLE],
		['757 544 9510 757', undefined, 'US', IMPOSSIBLE],
		['333 111 2233 und 333 444 5556', 'IT', undefined, SEVERAL],
		['+39 333 111 2233 757 544 9510', undefined, 'US', IMPOSSIBLE],
		['tel 333 1112233/4', 'IT', undefined, IMPOSSIBLE],
	])('%s with the default country %s and the home country %s is rejected: it %s', (...row) => {
		const [input, defaultCountry, homeCountry, message] = row;
		expect(failureOf(input, defaultCountry, homeCountry).message).toContain(message);
	});
});

it.each(['447911123456', '-447911123456', '.447911123456', '[44] 7911 123456', '(44) 7911 123456'])(
	'%s is a British number with the default country Italy, whatever precedes its first digit',
	(input) => {
		expect(parsePhone(input, 'IT')).toBe('+447911123456');
	},
);

describe('a very long text', () => {
	const withEnding = (length: number) => `+393331112233${' '.repeat(length - 15)}/4`;
	const twoNumbers = (length: number) => `393331112233 e${' '.repeat(length - 26)}393334445556`;

	it('is searched for several numbers up to 100 characters, and rejected beyond', () => {
		expect(withEnding(100)).toHaveLength(100);
		expect(failureOf(withEnding(100)).message).toContain(SEVERAL);
		expect(failureOf(twoNumbers(100)).message).toContain(SEVERAL);
		for (const input of [withEnding(101), twoNumbers(101), `+39333${' '.repeat(100)}1112233`]) {
			expect(failureOf(input).message).toContain('is too long for a phone number');
		}
	});
});

describe('a rejection', () => {
	const EXAMPLE = 'Enter it in international format, such as +1 757 544 9510';
	it.each<[string, string | undefined, string]>([
		['', undefined, `${EXAMPLE}.`],
		['12', undefined, `${EXAMPLE}, or set Default Country Name or ID in the options.`],
		['12', 'it', `${EXAMPLE}, or as it is dialled in IT.`],
		['0333', undefined, `${EXAMPLE}, or set Default Country Name or ID in the options.`],
		['5', 'XX', 'Set Default Country Name or ID to two letters, such as US or IT.'],
	])('of %j with the default country %s says what to do', (input, country, description) => {
		expect(failureOf(input, country)).toMatchObject({ description, nothingAccepted: true });
	});

	it.each([
		['uk', 'the United Kingdom is GB'],
		['EN', 'the United Kingdom is GB'],
		['SU', 'Russia is RU'],
		['EL', 'Greece is GR'],
		['usa', 'the United States is US'],
	])('of the country %s names the right code', (country, message) => {
		expect(failureOf('5', country).message).toContain(message);
	});
});

describe('a list', () => {
	it.each<[unknown, string[]]>([
		['a,b;c\nd\re，f；g、h', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']],
		['a, b;c\nd', ['a', 'b', 'c', 'd']],
		[
			['a,b', ' c '],
			['a,b', 'c'],
		],
		[undefined, []],
		[17575449510, ['17575449510']],
		[' , ,', []],
		['a|b c', ['a|b c']],
		['', []],
		[[], []],
		[
			['', ' ', null, 5, ' a '],
			['5', 'a'],
		],
	])('%j has the parts %j', (value, parts) => {
		expect(splitList(value, 'To')).toEqual(parts);
	});

	it.each([
		[{}, /^To is an object/],
		[[{}], /^An entry of To is an object/],
	])('cannot be %j', (value, message) => {
		expect(() => splitList(value, 'To')).toThrow(message);
	});
});
