import { badRequest, Refusal, timeText } from './answer';
import { newId } from './ids';
import { listId, type ContactLists } from './lists';
import { isFields, isNumber, readOptionalBoolean, readOptionalText, type Fields } from './read';
import type { ListSeed, WooxySettings } from './settings';

const TEXTS = [
	...['name', 'email', 'phoneNumber', 'userId', 'firstName', 'lastName', 'contactBirthday'],
	...['contactLanguage', 'contactTimezone', 'avatarLink', 'sourceId', 'customerSourceId'],
] as const;

const SWITCHES = [
	...['active', 'emailSubscribe', 'smsSubscribe', 'desktopWebPushSubscribe'],
	...['mobileWebPushSubscribe', 'telegramSubscribe', 'viberSubscribe'],
] as const;

/** Taken as they come; the answer of contact/get has them as text. */
const LOOSE = ['contactGender', 'contactScore'] as const;

/** What a contact is found by. */
export const IDENTIFIERS = ['email', 'phoneNumber', 'userId'] as const;

export interface Contact {
	id: string;
	contactListId: string;
	/** Fields of the API by name, those that were given. */
	fields: Fields;
	variables: Record<string, unknown>;
	createdAt: string;
	updatedAt: string;
}

/** A change to a contact that has been read: what to put in. */
interface ContactChange {
	fields: Fields;
	variables: Record<string, unknown>;
}

/** The contacts of all lists. One is there from the start. */
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
		const wanted = IDENTIFIERS.filter((name) => readOptionalText(fields, name) !== undefined);
		if (wanted.length === 0) throw badRequest();
		const contact = this.inList(contactListId).find(({ fields: own }) =>
			wanted.every((name) => own[name] === fields[name]),
		);
		if (contact === undefined) throw this.unknown();
		return { contact: shown(contact, list), errors: [] };
	}

	/** By e-mail address, phone number or userId. */
	find(contactListId: string, key: string): Contact | undefined {
		return this.inList(contactListId).find(({ fields }) =>
			IDENTIFIERS.some((name) => fields[name] === key),
		);
	}

	/** @throws Refusal */
	named(contactListId: string, key: string): Contact {
		this.lists.named(contactListId);
		const contact = this.find(contactListId, key);
		if (contact === undefined) throw this.unknown();
		return contact;
	}

	/** @throws Refusal with what is said of this one contact */
	add(contactListId: string, wish: Fields): Contact {
		const change = readContact(wish);
		const keys = IDENTIFIERS.flatMap((name) => change.fields[name] ?? []) as string[];
		if (keys.length === 0) throw new Refusal('Contact has no email, phoneNumber or userId');
		const there = keys.map((key) => this.find(contactListId, key)).find(Boolean);
		if (there !== undefined) {
			if (this.settings.addExisting === 'error') throw new Refusal('Contact already exists');
			return apply(there, change);
		}
		const now = timeText(new Date());
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

	/** @throws Refusal with what is said of this one contact */
	update(contactListId: string, wish: Fields, upsert: boolean): Contact {
		const key = wish.contact;
		if (typeof key !== 'string' || key === '') {
			throw new Refusal('Argument contact must be a non-empty string');
		}
		const contact = this.find(contactListId, key);
		if (contact !== undefined) return apply(contact, readContact(wish));
		if (!upsert) throw this.unknown();
		return this.add(contactListId, { [identifierOf(key)]: key, ...wish });
	}

	/** @throws Refusal with what is said of this one contact */
	remove(contactListId: string, name: (typeof IDENTIFIERS)[number], value: string): Contact {
		const contact = this.inList(contactListId).find(({ fields }) => fields[name] === value);
		if (contact === undefined) throw this.unknown();
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

	private unknown(): Refusal {
		return new Refusal(this.settings.contactNotFoundText, 'notFound');
	}
}

/** How request/find shows a contact, there is one or not. */
export function brief(contact: Contact | undefined, wish: Fields = {}) {
	const fields = contact?.fields ?? wish;
	return {
		id: contact?.id ?? null,
		email: fields.email ?? null,
		// `phone` in this one place
		phone: fields.phoneNumber ?? null,
		userId: fields.userId ?? null,
	};
}

function shown({ id, fields, variables, createdAt, updatedAt }: Contact, list: ListSeed) {
	const text = (value: unknown) =>
		value === undefined || value === null ? null : String(value as string | number);
	const cac = isFields(fields.cac) ? fields.cac : {};
	return {
		id,
		...Object.fromEntries(TEXTS.map((name) => [name, fields[name] ?? null])),
		...Object.fromEntries(SWITCHES.map((name) => [name, fields[name] ?? false])),
		...Object.fromEntries(LOOSE.map((name) => [name, text(fields[name])])),
		cac: { value: text(cac.value), currency: cac.currency ?? null },
		variables: list.customVariables.map(({ name }) => ({ name, value: variables[name] ?? null })),
		createdAt,
		updatedAt,
	};
}

function apply(contact: Contact, { fields, variables }: ContactChange): Contact {
	Object.assign(contact.fields, fields);
	Object.assign(contact.variables, variables);
	contact.updatedAt = timeText(new Date());
	return contact;
}

/** @throws Refusal */
function readContact(wish: Fields): ContactChange {
	const fields: Fields = {};
	for (const name of TEXTS) {
		const value = wish[name];
		if (value === undefined || value === null) continue;
		if (typeof value !== 'string') throw new Refusal(`Argument ${name} must be a string`);
		fields[name] = value;
	}
	const number = fields.phoneNumber as string | undefined;
	if (number !== undefined && !isNumber(number)) {
		throw new Refusal(`${number} is not a valid E.164 phone number`);
	}
	for (const name of SWITCHES) {
		const value = readOptionalBoolean(wish, name);
		if (value !== undefined) fields[name] = value;
	}
	for (const name of [...LOOSE, 'cac']) {
		if (wish[name] !== undefined) fields[name] = wish[name];
	}
	return { fields, variables: readVariables(wish) };
}

/** `variables`, an array of `{name, value}`, by name. @throws Refusal */
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
	return isNumber(key) ? 'phoneNumber' : 'userId';
}
