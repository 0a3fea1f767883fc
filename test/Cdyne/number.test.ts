import {
	parseNumber as parseCdyneNumber,
	parseSender as parseCdyneSender,
	fromCdyneForm,
	toCdyneForm,
} from '../../nodes/Cdyne/number';
import { thrownBy } from '../engine/harness/canned';

const toCdyneNumber = (input: string, country?: string) =>
	toCdyneForm(parseCdyneNumber(input, country));
const toCdyneSender = (input: string, label: string, country?: string) =>
	toCdyneForm(parseCdyneSender(input, label, country));

/** Numbers of recipients, and senders: numbers and short codes of the account. */

it.each([
	['+1 757 544 9510', undefined, '17575449510'],
	['757 544 9510', undefined, '17575449510'],
	['+39 333 111 2233', undefined, '011393331112233'],
	['333 111 2233', 'IT', '011393331112233'],
])('%s (%s) becomes %s, as a recipient and as a sender', (input, country, expected) => {
	expect(toCdyneNumber(input, country)).toBe(expected);
	expect(toCdyneSender(input, 'From', country)).toBe(expected);
});

it.each([
	['123', '123'],
	['12345678', '12345678'],
	[' 755-77 ', '75577'],
	['"7 5 5 7 7"', '75577'],
	['75577.0', '75577'],
])('%s is read as the short code %s', (input, expected) => {
	expect(toCdyneSender(input, 'From')).toBe(expected);
});

it.each([
	['Pizza', '"Pizza"'],
	['x75577', '"x75577"'],
	['75577x', '"75577x"'],
	['Ψ', '"Ψ"'],
])('%s is rejected as a sender', async (input, shown) => {
	expect(await thrownBy(() => toCdyneSender(input, 'The number', 'US'))).toEqual({
		kind: 'rejected',
		message: `The number ${shown} is neither a phone number nor a short code`,
		description:
			'CDYNE sends from numbers only. Enter one of your numbers or short codes in digits.',
		nothingAccepted: true,
	});
});

it.each(['12', '+', '1.7575E+10', '75577.5', '7E3'])(
	'%s is rejected as a phone number, not as a short code',
	async (input) => {
		expect(await thrownBy(() => toCdyneSender(input, 'From'))).toMatchObject({
			kind: 'rejected',
			message: expect.stringContaining('phone number'),
			nothingAccepted: true,
		});
		expect(await thrownBy(() => toCdyneSender(input, 'From'))).not.toMatchObject({
			message: expect.stringContaining('short code'),
		});
	},
);

it.each([
	['17575550142', '+17575550142'],
	['01139333111222', '+39333111222'],
])('the number %s in E.164 is %s', (number, e164) => {
	expect(fromCdyneForm(number)).toBe(e164);
});
