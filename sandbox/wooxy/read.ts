import { badRequest, Rejection } from './responses';
import type { WooxySettings } from './settings';

/** A parsed request body. Unknown fields are ignored. */
export type Fields = Record<string, unknown>;

const E164 = /^\+[1-9]\d{6,14}$/;
const SENDER_NAME = /^[A-Za-z0-9 ]{1,11}$/;
const MAX_TAG_LENGTH = 50;

/** The maximum number of ids, contacts or records per request. */
const MAX_PER_REQUEST = 100;

/** Parses a body; an empty one has no fields. @throws Rejection if it is not a JSON object */
export function readBody(body: Buffer, contentType: string, settings: WooxySettings): Fields {
	if (body.length === 0) return {};
	if (settings.demandJsonType && !/^application\/json\s*(?:;|$)/i.test(contentType)) {
		throw badRequest();
	}
	let value: unknown;
	try {
		value = JSON.parse(body.toString());
	} catch {
		throw badRequest();
	}
	if (!isFields(value)) throw badRequest();
	return value;
}

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws Rejection for the first absent field */
export function demand(fields: Fields, ...names: string[]): void {
	for (const name of names) {
		if (!(name in fields)) throw new Rejection(`Argument ${name} required`);
	}
}

/** @throws Rejection */
export function readText(fields: Fields, name: string): string {
	const value = fields[name];
	if (typeof value !== 'string' || value === '') {
		throw new Rejection(`Argument ${name} must be a non-empty string`);
	}
	return value;
}

/** Like `readText`, but returns undefined if the field is absent or null. */
export function readOptionalText(fields: Fields, name: string): string | undefined {
	return fields[name] === undefined || fields[name] === null ? undefined : readText(fields, name);
}

/** @throws Rejection if the field is set but not a boolean */
export function readOptionalBoolean(fields: Fields, name: string): boolean | undefined {
	const value = fields[name] ?? undefined;
	if (value !== undefined && typeof value !== 'boolean') throw badRequest();
	return value;
}

/** Reads a list of objects: contacts or records. @throws Rejection */
export function readObjects(fields: Fields, name: string): Fields[] {
	const value = fields[name];
	if (!Array.isArray(value) || value.length === 0 || !value.every(isFields)) throw badRequest();
	if (value.length > MAX_PER_REQUEST) {
		throw new Rejection(
			`Maximum count of records per transaction is ${MAX_PER_REQUEST}, current ${value.length}`,
		);
	}
	return value;
}

/** Reads `ids` of sms/info and request/find. @throws Rejection */
export function readIds(fields: Fields): string[] {
	demand(fields, 'ids');
	const { ids } = fields;
	if (!isStrings(ids)) throw new Rejection('Argument ids must be an array of strings');
	if (ids.length === 0) throw new Rejection('Argument ids can not be empty');
	if (ids.includes('')) throw new Rejection('each id must be a non-empty string');
	if (ids.length > MAX_PER_REQUEST) {
		throw new Rejection(`ids count must be less or equal ${MAX_PER_REQUEST}`);
	}
	return ids;
}

/** Reads `tags` of a send, whose contents `checkTags` checks. @throws Rejection */
export function readTags(fields: Fields): string[] {
	const tags = fields.tags ?? [];
	if (!Array.isArray(tags)) throw new Rejection('Argument tags must be an array');
	if (!isStrings(tags) || tags.includes('')) {
		throw new Rejection('Tag name must be a non-empty string');
	}
	return tags;
}

/** @throws Rejection */
export function checkTags(tags: string[]): void {
	for (const tag of tags) {
		if (tag.length > MAX_TAG_LENGTH) {
			throw new Rejection(`Tags should be ${MAX_TAG_LENGTH} characters or less`);
		}
		checkNotReserved(tag);
	}
}

/** @throws Rejection */
export function checkNotReserved(tag: string): void {
	if (!tag.startsWith('_')) return;
	throw new Rejection(
		'Any tags starting with an underscore are reserved for internal use and will cause errors',
	);
}

/** @throws Rejection */
export function checkNumber(number: string): void {
	if (!E164.test(number)) throw new Rejection(`${number} is not a valid E.164 phone number`);
}

export function isPhoneNumber(text: string): boolean {
	return E164.test(text);
}

/** @throws Rejection */
export function checkSender(fromName: string | undefined): void {
	if (fromName === undefined || SENDER_NAME.test(fromName) || E164.test(fromName)) return;
	throw new Rejection(
		'Argument fromName must contain 11 and less A-Z, a-z, 0-9 symbols and spaces or be a valid phoneNumber',
	);
}

/** Returns a page of a list, with the paging fields of the response. @throws Rejection */
export function page<T>(fields: Fields, all: T[], settings: WooxySettings) {
	const offset = readCount(fields, 'offset', 0);
	const limit = Math.min(readCount(fields, 'limit', 20), settings.maximumLimit);
	return { data: all.slice(offset, offset + limit), totalCount: all.length, offset, limit };
}

function readCount(fields: Fields, name: string, defaultValue: number): number {
	const value = fields[name] ?? defaultValue;
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw badRequest();
	return value;
}

export function isStrings(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
