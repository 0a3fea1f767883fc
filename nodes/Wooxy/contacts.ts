import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { failInput } from '../shared/errors';
import type { Item } from '../shared/item';
import { asTyped, quoted } from '../shared/pasted';
import { required } from '../shared/required';
import { labelOf, readBoolean, readText } from '../shared/typed';
import { text } from '../shared/values';
import type { ContactName } from './api/contacts';
import { contactFields } from './contactFields';
import { contactKind, plainNumber } from './number';

/** Contacts and how they are named (docs/providers/wooxy.md 2.2, 4.4). */

/**
 * INFERRED: whether contacts/update creates a contact that only `contact` names, or needs its
 * address among the fields too, is not published. With true, the address is sent along.
 */
const NAME_NEW_CONTACT_TWICE = true;

/** The list and the contact of an item, neither checked further. @throws Failure where one is empty */
export function contactOf(item: Item): ContactName {
	const contactListId = required(
		item.chosen('contactListId'),
		'contact list',
		'Choose a contact list, or give its ID.',
	);
	const contact = required(
		item.text('contact'),
		'contact',
		'Give the e-mail address, the phone number or the user ID that the contact has in the list.',
	);
	return { contactListId, contact: plainNumber(contact) };
}

/** Fields that may be numbers; elsewhere a number of an expression is meant as text. */
const NUMBERS: ReadonlySet<string> = new Set(['contactGender', 'contactScore']);

/** Fields that are true or false. */
const FLAGS: ReadonlySet<string> = new Set(
	(contactFields.options as INodeProperties[])
		.filter(({ type }) => type === 'boolean')
		.map(({ name }) => name),
);

/** A field as Wooxy takes it, whatever type an expression gave it. */
function fieldOf(name: string, value: unknown): unknown {
	if (FLAGS.has(name)) return readBoolean(value, false, labelOf(name));
	return NUMBERS.has(name) && typeof value === 'number' ? value : readText(value, labelOf(name));
}

/** Fields that hold a number. */
const PHONES = ['phoneNumber'];

/** The fields of a contact to store: what the user gave, without what was left empty. */
export function fieldsOf(item: Item, contact: string): IDataObject {
	const { contactBirthday, ...others } = item.parameter<IDataObject>('fields', {});
	const fields = Object.fromEntries(
		Object.entries(others)
			.filter(([, value]) => value !== '' && value !== null)
			.map(([name, value]) => [name, fieldOf(name, value)]),
	) as IDataObject;
	const birthday = text(contactBirthday);
	if (birthday !== null) fields.contactBirthday = dateOf(birthday);
	for (const name of PHONES) {
		if (typeof fields[name] === 'string') fields[name] = plainNumber(fields[name]);
	}
	const kind = contactKind(contact);
	if (NAME_NEW_CONTACT_TWICE && kind !== 'userId' && !Object.hasOwn(fields, kind))
		fields[kind] = contact;
	return fields;
}

/** `YYYY-MM-DD`, also of the date and time that n8n's picker gives. */
function dateOf(value: string): string {
	const [date] = /^\d{4}-\d\d-\d\d(?=$|[T ])/.exec(asTyped(value)) ?? [];
	// a day that does not exist rolls over to another one
	const day = date === undefined ? NaN : Date.parse(date);
	const isDay = !Number.isNaN(day) && new Date(day).toISOString().slice(0, 10) === date;
	return (
		(isDay ? date : undefined) ??
		failInput(
			`Contact Birthday ${quoted(value)} is not a date`,
			'Give it as 1990-01-31, without a time.',
		)
	);
}
