/* eslint-disable @n8n/community-nodes/require-node-api-error -- a local server, not a node */
import { SCALAR_NS, type ListType, type RecordType, type Type } from './schema';
import { parseXml, type XmlElement } from './xml';

/** The request is invalid: CDYNE responds with 400 and an HTML page. */
export class UnreadableRequest extends Error {}

/** A received date. CDYNE rejects schedules that are not of the kind `utc`. */
export interface ReadDate {
	time: Date;
	kind: 'utc' | 'local' | 'unspecified';
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Parses a request body by its content type. @throws UnreadableRequest */
export function readBody(type: Type, body: Buffer, contentType: string): unknown {
	const format = contentType.split(';')[0].trim().toLowerCase();
	if (format === 'application/json' || format === 'text/json') {
		return fromJson(type, parseJson(body.toString()), 'The body');
	}
	if (format === 'application/xml' || format === 'text/xml') {
		return fromXml(type, body.toString());
	}
	throw new UnreadableRequest(`The content type "${contentType}" is not supported.`);
}

/** Returns a GUID in lower case. @throws UnreadableRequest */
export function readGuid(text: string): string {
	if (!GUID.test(text.trim())) throw new UnreadableRequest(`"${text}" is not a GUID.`);
	return text.trim().toLowerCase();
}

/** @throws UnreadableRequest */
export function readBoolean(text: string): boolean {
	const word = text.trim().toLowerCase();
	if (word !== 'true' && word !== 'false')
		throw new UnreadableRequest(`"${text}" is not a boolean.`);
	return word === 'true';
}

/** @throws UnreadableRequest */
export function readInteger(text: string): number {
	if (!/^-?\d{1,19}$/.test(text.trim())) throw new UnreadableRequest(`"${text}" is not a number.`);
	return Number(text);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new UnreadableRequest('The body is not JSON.');
	}
}

function fromJson(type: Type, value: unknown, where: string): unknown {
	const invalid = () => new UnreadableRequest(`${where} has an invalid value.`);
	if (typeof type === 'string') {
		switch (type) {
			case 'string':
				if (value === null || typeof value === 'string') return value;
				throw invalid();
			case 'guid':
				if (typeof value === 'string') return readGuid(value);
				throw invalid();
			case 'boolean':
				if (typeof value === 'boolean') return value;
				throw invalid();
			case 'dateTime':
				if (typeof value === 'string') return jsonDate(value);
				throw invalid();
			default:
				if (Number.isInteger(value)) return value;
				throw invalid();
		}
	}
	if ('enumName' in type) throw invalid();
	if ('item' in type) {
		if (value === null) return null;
		if (!Array.isArray(value)) throw invalid();
		return value.map((item) => fromJson(type.of, item, where));
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid();
	const received = value as Record<string, unknown>;
	const read: Record<string, unknown> = {};
	for (const [name, member] of Object.entries(type.members)) {
		if (Object.hasOwn(received, name)) {
			read[name] = fromJson(member.type, received[name], name);
		}
	}
	return checkRequired(type, read);
}

/** `/Date(ms)/` is UTC, and local with an offset. Other formats are rejected. */
function jsonDate(text: string): ReadDate {
	const match = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/.exec(text);
	if (match === null) throw new UnreadableRequest(`"${text}" is not a date.`);
	return {
		time: new Date(Number(match[1])),
		kind: match[2] === undefined ? 'utc' : 'local',
	};
}

function fromXml(type: Type, text: string): unknown {
	let root: XmlElement;
	try {
		root = parseXml(text);
	} catch (error) {
		throw new UnreadableRequest(error instanceof Error ? error.message : String(error));
	}
	const expected =
		typeof type === 'string'
			? { name: type, ns: SCALAR_NS }
			: { name: (type as RecordType).recordName, ns: (type as RecordType).ns };
	if (root.name !== expected.name || root.ns !== expected.ns) {
		throw new UnreadableRequest(
			`The element {${expected.ns}}${expected.name} was expected, not {${root.ns}}${root.name}.`,
		);
	}
	return xmlValue(type, root);
}

function xmlValue(type: Type, element: XmlElement): unknown {
	if (typeof type === 'string') return xmlScalar(type, element);
	if ('enumName' in type) throw new UnreadableRequest(`${element.name} has an invalid value.`);
	if (element.nil) return null;
	return 'item' in type ? xmlList(type, element) : xmlRecord(type, element);
}

function xmlScalar(type: Type, element: XmlElement): unknown {
	if (type === 'string') return element.nil ? null : element.text;
	const text = element.text.trim();
	if (type === 'guid') return readGuid(text);
	if (type === 'boolean') return text === '1' || (text !== '0' && readBoolean(text));
	if (type === 'dateTime') return xmlDate(text);
	return readInteger(text);
}

function xmlList(type: ListType, element: XmlElement): unknown[] {
	return element.children
		.filter(({ name, ns }) => name === type.item && ns === type.ns)
		.map((item) => xmlValue(type.of, item));
}

/**
 * Reads members in alphabetical order. Like the real server, it skips elements that are unknown or
 * out of order (docs/providers/cdyne.md 2.5).
 */
function xmlRecord(type: RecordType, element: XmlElement): Record<string, unknown> {
	const names = Object.keys(type.members);
	const read: Record<string, unknown> = {};
	let next = 0;
	for (const child of element.children) {
		const index = child.ns === type.ns ? names.indexOf(child.name, next) : -1;
		if (index < 0) continue;
		read[child.name] = xmlValue(type.members[child.name].type, child);
		next = index + 1;
	}
	return checkRequired(type, read);
}

function xmlDate(text: string): ReadDate {
	const match = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/.exec(text);
	const time = new Date(match?.[1] === undefined ? `${text}Z` : text);
	if (match === null || Number.isNaN(time.getTime())) {
		throw new UnreadableRequest(`"${text}" is not a date.`);
	}
	const kinds: Record<string, ReadDate['kind']> = { Z: 'utc', '': 'unspecified' };
	return { time, kind: kinds[match[1] ?? ''] ?? 'local' };
}

function checkRequired(type: RecordType, read: Record<string, unknown>): Record<string, unknown> {
	for (const [name, { required }] of Object.entries(type.members)) {
		if (required && !(name in read)) {
			throw new UnreadableRequest(`${type.recordName} must have the member "${name}".`);
		}
	}
	return read;
}
