import { failInput } from '../shared/errors';
import { asTyped, bare, quoted, withoutFraction } from '../shared/pasted';
import { parsePhone } from '../shared/phone';
import type { E164 } from '../shared/phone';

/** A number in Wooxy's form, E.164 (docs/providers/wooxy.md 2.1). @throws Failure where it cannot be one */
export function toWooxyNumber(input: string, defaultCountry?: string): E164 {
	return parsePhone(input, defaultCountry);
}

/** Letters, digits and spaces that a sender's name may have (docs/providers/wooxy.md 2.1). */
const SENDER_NAME = /^[A-Za-z0-9 ]{1,11}$/;

/**
 * The sender's name or number; undefined, so that it is left out, where none was given.
 *
 * @throws Failure where it is neither
 */
export function toWooxySender(input: string, defaultCountry?: string): string | undefined {
	const given = asTyped(input);
	const { value: from, spoilt } = withoutFraction(given.replace(/^'(?=\+?\d)/, ''));
	if (from === '') return undefined;
	if (!spoilt && SENDER_NAME.test(from)) return from;
	try {
		return parsePhone(from, defaultCountry);
	} catch {
		return failInput(
			`From ${quoted(given)} is neither a name of at most 11 letters, digits and spaces nor a phone number`,
			'Shorten the name, and leave out accents, hyphens and other signs.',
		);
	}
}

/** What a contact is named by: anything but an e-mail address or E.164 number is a user id. */
export function contactKind(contact: string): 'email' | 'phoneNumber' | 'userId' {
	if (/^[^\s@]+@[^\s@]+$/.test(contact)) return 'email';
	return /^\+\d{7,15}$/.test(contact) ? 'phoneNumber' : 'userId';
}

/**
 * A number written for people in the form in which contacts have it, E.164. What is not clearly
 * one, as an e-mail address or a user id, stays as it is: contacts are never checked as numbers.
 */
export function plainNumber(contact: string): string {
	const typed = bare(contact);
	if (!/^\(?\s*(?:\+|00)[\d\s().\-/]+$/.test(typed)) return contact;
	try {
		return parsePhone(typed);
	} catch {
		const digits = typed.replace(/[\s().\-/]/g, '');
		return contactKind(digits) === 'phoneNumber' ? digits : contact;
	}
}
