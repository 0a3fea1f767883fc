import {
	contactKind,
	normalizeContact,
	normalizeContactNumber,
	toWooxyNumber,
	toWooxySender,
} from '../../nodes/Wooxy/number';
import { thrownBy } from '../engine/harness/canned';

/** Numbers, senders and contacts in Wooxy's format. */

describe('a number', () => {
	it.each([
		['+372 5551 2345', undefined, '+37255512345'],
		['5551 2345', 'EE', '+37255512345'],
	])('%s in the country %s is %s', (input, country, number) => {
		expect(toWooxyNumber(input, country)).toBe(number);
	});
});

describe('a sender', () => {
	it.each([
		['', undefined, undefined],
		['  ', undefined, undefined],
		[' Shop 24 ', undefined, 'Shop 24'],
		['Shop1234567', undefined, 'Shop1234567'],
		['A', undefined, 'A'],
		['+372 5551 2345', undefined, '+37255512345'],
		["'+37255512345", undefined, '+37255512345'],
		["'37255512345", undefined, '37255512345'],
		['5551-2345', 'EE', '+37255512345'],
		['37255512345.0', undefined, '37255512345'],
	])('"%s" in the country %s is %s', (input, country, sender) => {
		expect(toWooxySender(input, country)).toBe(sender);
	});

	it.each([
		'Shop12345678',
		'Café',
		'My-Shop',
		'-Shop',
		'Shop-',
		"'Shop",
		"Shop'1",
		'3.7255512E1',
		'12345.5',
		'5E10',
	])('cannot be "%s"', async (input) => {
		expect(await thrownBy(() => toWooxySender(input))).toEqual({
			kind: 'rejected',
			message: `From "${input}" is neither a name of at most 11 letters, digits and spaces nor a phone number`,
			description: 'Shorten the name, and remove accents, hyphens and other special characters.',
			nothingAccepted: true,
		});
	});
});

describe('a contact', () => {
	it.each([
		['a@b', 'email'],
		['anna@example.com', 'email'],
		['@b', 'userId'],
		['a@', 'userId'],
		['a@b@c', 'userId'],
		['a b@c', 'userId'],
		['a@b c', 'userId'],
		['@a@b', 'userId'],
		['a@b@', 'userId'],
		[' a@b', 'userId'],
		['a@b ', 'userId'],
		['+1234567', 'phoneNumber'],
		['+123456', 'userId'],
		['+123456789012345', 'phoneNumber'],
		['+1234567890123456', 'userId'],
		['x+1234567', 'userId'],
		['+1234567x', 'userId'],
		['1234567', 'userId'],
		['001234567', 'userId'],
		['0037255512345', 'userId'],
	])('"%s" is identified by its %s', (contact, kind) => {
		expect(contactKind(contact)).toBe(kind);
	});

	it.each([
		['+372 5551 2345', '+37255512345'],
		['(+372) 5551-2345', '+37255512345'],
		['( +372) 5551.2345', '+37255512345'],
		['tel:+37255512345', '+37255512345'],
		['+999 123 4567', '+9991234567'],
		['+999-123.45/67', '+9991234567'],
		['+999 (123) 4567', '+9991234567'],
		['+999 12', '+999 12'],
		['00 999 12345678', '00 999 12345678'],
		['u-17', 'u-17'],
		['37255512345', '37255512345'],
		['x +372 5551 2345', 'x +372 5551 2345'],
		['+372 5551 2345 x', '+372 5551 2345 x'],
		['+', '+'],
		['00', '00'],
		['0012345678901', '0012345678901'],
		['0037255512345', '0037255512345'],
		['(00372) 5551-2345', '(00372) 5551-2345'],
		['00372 5551 2345', '00372 5551 2345'],
		['12345678901', '12345678901'],
		['((+372 5551 2345', '((+372 5551 2345'],
		[' anna@example.com ', ' anna@example.com '],
	])('"%s" is normalized to "%s"', (contact, expected) => {
		expect(normalizeContact(contact)).toBe(expected);
	});

	it.each([
		['00372 5551 2345', '+37255512345'],
		['+372 5551 2345', '+37255512345'],
		['5551 2345', '5551 2345'],
		['unknown', 'unknown'],
	])('has a phone number, in which "%s" is normalized to "%s"', (number, expected) => {
		expect(normalizeContactNumber(number)).toBe(expected);
	});
});
