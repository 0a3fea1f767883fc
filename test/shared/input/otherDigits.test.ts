import { describeOtherDigits } from '../../../nodes/shared/input/otherDigits';

/** Digits that are no phone number. */

it.each<[string, boolean, string | undefined]>([
	['31.12.2029', false, 'a date'],
	['31.12.2029', true, 'a date'],
	['12/31/29', true, 'a date'],
	['2029-12-31 10.30', true, 'a date'],
	['31 12 2029', true, 'a date'],
	['31 12 29', true, undefined],
	['32.12.2029', true, undefined],
	['31.13.2029', true, undefined],
	['20-12-3456', true, undefined],
	['06.12.34.56.78', true, undefined],
	['+49 31.12.2029', false, undefined],
	['39.333.111', false, 'an amount'],
	['39.333.111', true, undefined],
	['39.333.111.223', false, undefined],
])('%s, with a known country: %s, is %s', (text, isNational, expected) => {
	expect(describeOtherDigits(text, isNational)).toBe(expected);
});
