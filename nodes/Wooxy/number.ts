import { throwInvalidInput } from '../shared/errors/failure';
import { quoted } from '../shared/errors/quoted';
import type { E164 } from '../shared/formats/phoneNumber';
import {
	normalizeInput,
	stripWrapping,
	repairSpreadsheetNumber,
} from '../shared/input/normalizeInput';
import { parsePhone } from '../shared/input/phone';

/** A number in E.164 (docs/providers/wooxy.md 2.1). @throws Failure if it is not valid */
export function toWooxyNumber(input: string, defaultCountry?: string): E164 {
	return parsePhone(input, defaultCountry);
}

/** docs/providers/wooxy.md 2.1. INFERRED: sms/trigger has the same rule (2.2). */
const SENDER_NAME = /^[A-Za-z0-9 ]{1,11}$/;

/** The sender's name or number; undefined if empty. @throws Failure if it is neither */
export function toWooxySender(input: string, defaultCountry?: string): string | undefined {
	const typed = normalizeInput(input);
	const { value: from, spoilt } = repairSpreadsheetNumber(typed.replace(/^'(?=\+?\d)/, ''));
	if (from === '') return undefined;
	if (!spoilt && SENDER_NAME.test(from)) return from;
	try {
		return parsePhone(from, defaultCountry);
	} catch {
		return throwInvalidInput(
			`From ${quoted(typed)} is neither a name of at most 11 letters, digits and spaces nor a phone number`,
			'Shorten the name, and remove accents, hyphens and other special characters.',
		);
	}
}

/** What identifies a contact. Anything but an e-mail address or an E.164 number is a user ID. */
export function contactKind(contact: string): 'email' | 'phoneNumber' | 'userId' {
	if (/^[^\s@]+@[^\s@]+$/.test(contact)) return 'email';
	return /^\+\d{7,15}$/.test(contact) ? 'phoneNumber' : 'userId';
}

/**
 * A contact, in E.164 if it is a phone number, which begins with a plus (docs/providers/wooxy.md
 * 4.4). An e-mail address or a user ID is returned unchanged, even one that begins with 00. So is a
 * number that is not possible: contacts are never rejected.
 */
export function normalizeContact(contact: string): string {
	return normalizeNumber(contact, /^\(?\s*\+[\d\s().\-/]+$/);
}

/** The phone number of a contact; any other text is returned unchanged. */
export function normalizeContactNumber(number: string): string {
	return normalizeNumber(number, /^\(?\s*(?:\+|00)[\d\s().\-/]+$/);
}

function normalizeNumber(text: string, international: RegExp): string {
	const typed = stripWrapping(text);
	if (!international.test(typed)) return text;
	try {
		return parsePhone(typed);
	} catch {
		const digits = typed.replace(/[\s().\-/]/g, '');
		return contactKind(digits) === 'phoneNumber' ? digits : text;
	}
}
