import { failInput } from '../shared/errors';
import { quoted } from '../shared/pasted';
import { parsePhone } from '../shared/phone';
import type { E164 } from '../shared/phone';

/** Namirial's own rule (docs/providers/namirial.md 4.1). */
const DESTINATION = /^\+[1-9]\d{6,14}$/;

/** A number in Namirial's form, E.164 with the plus. @throws Failure where it cannot be one */
export function toNamirialNumber(input: string, defaultCountry?: string): E164 {
	const number = parsePhone(input, defaultCountry);
	if (!DESTINATION.test(number)) {
		failInput(
			`${quoted(input)} is not a number that Namirial takes: ${number} has not 7 to 15 digits`,
			'Give a whole number in international form, such as +39 333 111 2233.',
		);
	}
	return number;
}
