import { newId } from './ids';
import { listId, type ContactLists } from './lists';
import {
	isFields,
	isPhoneNumber,
	readOptionalBoolean,
	readOptionalText,
	type Fields,
} from './read';
import { badRequest, Rejection, formatTime } from './responses';
import type { ListSeed, WooxySettings } from './settings';

const TEXT_FIELDS = [
	...['name', 'email', 'phoneNumber', 'userId', 'firstName', 'lastName', 'contactBirthday'],
	...['contactLanguage', 'contactTimezone', 'avatarLink', 'sourceId', 'customerSourceId'],
] as const;

const BOOLEAN_FIELDS = [
	...['active', 'emailSubscribe', 'smsSubscribe', 'desktopWebPushSubscribe'],
	...['mobileWebPushSubscribe', 'telegramSubscribe', 'viberSubscribe'],
] as const;

/** Accepted without validation. contact/get returns them as text. */
const UNCHECKED_FIELDS = ['contactGender', 'contactScore'] as const;

/** The fields that identify a contact. */
export const IDENTIFIERS = ['email', 'phoneNumber', 'userId'] as const;

export interface Contact {
	id: string;
	contactListId: string;
	/** The fields that were set, by API name. */
	fields: Fields;
	variables: Record<string, unknown>;
	createdAt: string;
	updatedAt: string;
}

/** A validated change to a contact. */
interface ContactChange {
	fields: Fields;
	variables: Record<string, unknown>;
}

/** The contacts of all lists. One of them is preset. */
export class Contacts {
	private contacts: Contact[] = [];

	constructor(
		private readonly settings: WooxySettings,
		private readonly lists: ContactLists,
	) {
		this.clear();
	}

	/** contact/get */
	get(fields: Fields, list: ListSeed, contactListId: string) {
		const criteria = IDENTIFIERS.filter((name) => readOptionalText(fields, name) !== undefined);
		if (criteria.length === 0) throw badRequest();
		const contact = this.inList(contactListId).find((candidate) =>
			criteria.every((name) => candidate.fields[name] === fields[name]),
		);
		if (contact === undefined) throw this.notFound();
		return { contact: toResponse(contact, list), errors: [] };
	}

	/** Finds a contact by e-mail address, phone number or userId. */
	find(contactListId: string, key: string): Contact | undefined {
		return this.inList(contactListId).find(({ fields }) =>
			IDENTIFIERS.some((name) => fields[name] === key),
		);
	}

	/** @throws Rejection if the list or the contact does not exist */
	require(contactListId: string, key: string): Contact {
		this.lists.require(contactListId);
		const contact = this.find(contactListId, key);
		if (contact === undefined) throw this.notFound();
		return contact;
	}

	/** @throws Rejection with the error of this contact */
	add(contactListId: string, record: Fields): Contact {
		const change = readContact(record);
		const keys = IDENTIFIERS.flatMap((name) => change.fields[name] ?? []) as string[];
		if (keys.length === 0) throw new Rejection('Contact has no email, phoneNumber or userId');
		const existing = keys.map((key) => this.find(contactListId, key)).find(Boolean);
		if (existing !== undefined) {
			if (this.settings.addExisting === 'error') throw new Rejection('Contact already exists');
			return apply(existing, change);
		}
		const now = formatTime(new Date());
		const contact: Contact = {
			id: newId(),
			contactListId,
			...change,
			createdAt: now,
			updatedAt: now,
		};
		this.contacts.push(contact);
		return contact;
	}

	/** @throws Rejection with the error of this contact */
	update(contactListId: string, record: Fields, upsert: boolean): Contact {
		const key = record.contact;
		if (typeof key !== 'string' || key === '') {
			throw new Rejection('Argument contact must be a non-empty string');
		}
		const contact = this.find(contactListId, key);
		if (contact !== undefined) return apply(contact, readContact(record));
		if (!upsert) throw this.notFound();
		return this.add(contactListId, { [identifierOf(key)]: key, ...record });
	}

	/** @throws Rejection with the error of this contact */
	remove(contactListId: string, name: (typeof IDENTIFIERS)[number], value: string): Contact {
		const contact = this.inList(contactListId).find(({ fields }) => fields[name] === value);
		if (contact === undefined) throw this.notFound();
		this.contacts = this.contacts.filter((other) => other !== contact);
		return contact;
	}

	clear(): void {
		this.contacts = [];
		this.contacts.push({
			id: '64f0000000000000000000c1',
			contactListId: listId('shop.example', 'Customers'),
			fields: {
				name: 'Anna',
				email: 'anna@example.com',
				phoneNumber: '+37255512345',
				userId: 'u-17',
				active: true,
				smsSubscribe: true,
			},
			variables: {},
			createdAt: '2024-05-01 10:20:30',
			updatedAt: '2024-05-01 10:20:30',
		});
	}

	private inList(contactListId: string): Contact[] {
		return this.contacts.filter((contact) => contact.contactListId === contactListId);
	}

	private notFound(): Rejection {
		return new Rejection(this.settings.contactNotFoundText, 'notFound');
	}
}

/** Returns a contact as in request/find. Without one, it consists of the requested fields. */
export function summarizeContact(contact: Contact | undefined, requested: Fields = {}) {
	const fields = contact?.fields ?? requested;
	return {
		id: contact?.id ?? null,
		email: fields.email ?? null,
		// only here it is named `phone`
		phone: fields.phoneNumber ?? null,
		userId: fields.userId ?? null,
	};
}

function toResponse({ id, fields, variables, createdAt, updatedAt }: Contact, list: ListSeed) {
	const text = (value: unknown) =>
		value === undefined || value === null ? null : String(value as string | number);
	const cac = isFields(fields.cac) ? fields.cac : {};
	return {
		id,
		...Object.fromEntries(TEXT_FIELDS.map((name) => [name, fields[name] ?? null])),
		...Object.fromEntries(BOOLEAN_FIELDS.map((name) => [name, fields[name] ?? false])),
		...Object.fromEntries(UNCHECKED_FIELDS.map((name) => [name, text(fields[name])])),
		cac: { value: text(cac.value), currency: cac.currency ?? null },
		variables: list.customVariables.map(({ name }) => ({ name, value: variables[name] ?? null })),
		createdAt,
		updatedAt,
	};
}

function apply(contact: Contact, { fields, variables }: ContactChange): Contact {
	Object.assign(contact.fields, fields);
	Object.assign(contact.variables, variables);
	contact.updatedAt = formatTime(new Date());
	return contact;
}

/** @throws Rejection */
function readContact(record: Fields): ContactChange {
	const fields: Fields = {};
	for (const name of TEXT_FIELDS) {
		const value = record[name];
		if (value === undefined || value === null) continue;
		if (typeof value !== 'string') throw new Rejection(`Argument ${name} must be a string`);
		fields[name] = value;
	}
	const number = fields.phoneNumber as string | undefined;
	if (number !== undefined && !isPhoneNumber(number)) {
		throw new Rejection(`${number} is not a valid E.164 phone number`);
	}
	for (const name of BOOLEAN_FIELDS) {
		const value = readOptionalBoolean(record, name);
		if (value !== undefined) fields[name] = value;
	}
	for (const name of [...UNCHECKED_FIELDS, 'cac']) {
		if (record[name] !== undefined) fields[name] = record[name];
	}
	return { fields, variables: readVariables(record) };
}

/** Reads `variables`, an array of `{name, value}`. @throws Rejection */
export function readVariables(fields: Fields): Record<string, unknown> {
	const variables = fields.variables ?? [];
	if (!Array.isArray(variables) || !variables.every(isFields)) throw badRequest();
	for (const { name, value } of variables) {
		if (typeof name !== 'string' || name === '' || typeof value !== 'string') throw badRequest();
	}
	return Object.fromEntries(variables.map(({ name, value }) => [name, value]));
}

function identifierOf(key: string): (typeof IDENTIFIERS)[number] {
	if (key.includes('@')) return 'email';
	return isPhoneNumber(key) ? 'phoneNumber' : 'userId';
}
