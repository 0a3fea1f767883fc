import { badRequest, Refusal } from './answer';
import type { WooxySettings } from './settings';

/** A request body that has been parsed; unknown fields are ignored. */
export type Fields = Record<string, unknown>;

const E164 = /^\+[1-9]\d{6,14}$/;
const SENDER_NAME = /^[A-Za-z0-9 ]{1,11}$/;
const LONGEST_TAG = 50;

/** The most ids, contacts or records in one request. */
export const MOST_PER_REQUEST = 100;

/** @throws Refusal where the body is no JSON object; no body at all is one without fields */
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

/** @throws Refusal for the first of the fields that is absent */
export function demand(fields: Fields, ...names: string[]): void {
	for (const name of names) {
		if (!(name in fields)) throw new Refusal(`Argument ${name} required`);
	}
}

/** @throws Refusal */
export function readText(fields: Fields, name: string): string {
	const value = fields[name];
	if (typeof value !== 'string' || value === '') {
		throw new Refusal(`Argument ${name} must be a non-empty string`);
	}
	return value;
}

/** As `readText`, but absent and null are nothing: the documented default of optional fields. */
export function readOptionalText(fields: Fields, name: string): string | undefined {
	return fields[name] === undefined || fields[name] === null ? undefined : readText(fields, name);
}

/** @throws Refusal where one is neither absent nor null nor true or false */
export function readOptionalBoolean(fields: Fields, name: string): boolean | undefined {
	const value = fields[name] ?? undefined;
	if (value !== undefined && typeof value !== 'boolean') throw badRequest();
	return value;
}

/** A list of objects, as contacts and records come. @throws Refusal */
export function readObjects(fields: Fields, name: string): Fields[] {
	const value = fields[name];
	if (!Array.isArray(value) || value.length === 0 || !value.every(isFields)) throw badRequest();
	if (value.length > MOST_PER_REQUEST) {
		throw new Refusal(
			`Maximum count of records per transaction is ${MOST_PER_REQUEST}, current ${value.length}`,
		);
	}
	return value;
}

/** `ids` of sms/info and request/find. @throws Refusal */
export function readIds(fields: Fields): string[] {
	demand(fields, 'ids');
	const { ids } = fields;
	if (!isStrings(ids)) throw new Refusal('Argument ids must be an array of strings');
	if (ids.length === 0) throw new Refusal('Argument ids can not be empty');
	if (ids.includes('')) throw new Refusal('each id must be a non-empty string');
	if (ids.length > MOST_PER_REQUEST) {
		throw new Refusal(`ids count must be less or equal ${MOST_PER_REQUEST}`);
	}
	return ids;
}

/** Type and emptiness of `tags` in a send; `checkTags` does the rest. @throws Refusal */
export function readTags(fields: Fields): string[] {
	const tags = fields.tags ?? [];
	if (!Array.isArray(tags)) throw new Refusal('Argument tags must be an array');
	if (!isStrings(tags) || tags.includes('')) {
		throw new Refusal('Tag name must be a non-empty string');
	}
	return tags;
}

/** @throws Refusal */
export function checkTags(tags: string[]): void {
	for (const tag of tags) {
		if (tag.length > LONGEST_TAG) {
			throw new Refusal(`Tags should be ${LONGEST_TAG} characters or less`);
		}
		checkReserved(tag);
	}
}

/** @throws Refusal */
export function checkReserved(tag: string): void {
	if (!tag.startsWith('_')) return;
	throw new Refusal(
		'Any tags starting with an underscore are reserved for internal use and will cause errors',
	);
}

/** @throws Refusal */
export function checkNumber(number: string): void {
	if (!E164.test(number)) throw new Refusal(`${number} is not a valid E.164 phone number`);
}

export function isNumber(text: string): boolean {
	return E164.test(text);
}

/** @throws Refusal */
export function checkSender(fromName: string | undefined): void {
	if (fromName === undefined || SENDER_NAME.test(fromName) || E164.test(fromName)) return;
	throw new Refusal(
		'Argument fromName must contain 11 and less A-Z, a-z, 0-9 symbols and spaces or be a valid phoneNumber',
	);
}

/** One page of a list, with what stands beside it in the answer. @throws Refusal */
export function page<T>(fields: Fields, all: T[], settings: WooxySettings) {
	const offset = readCount(fields, 'offset', 0);
	const limit = Math.min(readCount(fields, 'limit', 20), settings.maximumLimit);
	return { data: all.slice(offset, offset + limit), totalCount: all.length, offset, limit };
}

function readCount(fields: Fields, name: string, otherwise: number): number {
	const value = fields[name] ?? otherwise;
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw badRequest();
	return value;
}

export function isStrings(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((element) => typeof element === 'string');
}
