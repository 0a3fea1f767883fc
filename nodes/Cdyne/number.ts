import { parsePhone } from '../shared/phone';

/**
 * A number in CDYNE's form (providers/cdyne.md 8): North American ones as 11 digits with the
 * leading 1, others with the prefix 011. Ten digits alone are North American.
 *
 * @throws Failure where the number cannot be one
 */
export function toCdyneNumber(input: string, defaultCountry?: string): string {
	const digits = input.replace(/[\s().\-/]/g, '');
	const bare = !defaultCountry && /^\d{10}$/.test(digits);
	const dialled = !defaultCountry && /^011\d+$/.test(digits);
	const text = dialled ? `+${digits.slice(3)}` : input;
	const [, ...number] = parsePhone(text, bare ? 'US' : defaultCountry);
	return number[0] === '1' ? number.join('') : `011${number.join('')}`;
}
