import { throwInvalidInput } from '../shared/errors/failure';
import { quoted } from '../shared/errors/quoted';
import type { E164 } from '../shared/formats/phoneNumber';
import { parsePhone } from '../shared/input/phone';

/** Namirial's rule for destinations (docs/providers/namirial.md 4.1). */
const DESTINATION = /^\+[1-9]\d{6,14}$/;

/** A number in Namirial's form, E.164 with the plus. @throws Failure if it cannot be one */
export function toNamirialNumber(input: string, defaultCountry?: string): E164 {
	const number = parsePhone(input, defaultCountry);
	if (!DESTINATION.test(number)) {
		throwInvalidInput(
			`${quoted(input)} is not a number that Namirial accepts: ${number} does not have 7 to 15 digits`,
			'Enter a complete number in international form, such as +39 333 111 2233.',
		);
	}
	return number;
}
