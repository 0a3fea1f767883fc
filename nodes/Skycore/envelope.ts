import { parseForm } from '../shared/formats/form';
import { parseJson } from '../shared/formats/json';
import { isObject } from '../shared/formats/values';
import { children, parseXml, unescapeXml, type XmlElement } from '../shared/formats/xml';
import type { RawPostback } from '../shared/model/event';
import { toJsonValue } from './wire';

/** Reads notifications in all documented forms (docs/providers/skycore.md 6.1, 6.7, 8). */

/** Texts by normalized name: the `tracking-id` of JSON is the `TRACKINGID` of XML. */
export type Fields = Readonly<Record<string, string>>;

export interface Notice {
	fields: Fields;
	/** The attributes that STATUS has in the oldest form. */
	statusAttributes: Fields;
	/** All fields as received. */
	raw: unknown;
}

/** The form field that may hold the document; its case is ignored. */
const FORM_FIELD = 'xml';

function normalizeName(name: string): string {
	return name.toUpperCase().replace(/[-_]/g, '');
}

/**
 * The document of a postback: the body itself, or the value of the form field `xml`. INFERRED:
 * neither the content type nor the place of the document is published, so the body decides.
 */
export function documentOf({ text, contentType, headers }: RawPostback): string {
	const body = text.replace(/^\uFEFF/, '').trim();
	if (/^[<{[]/.test(body)) return body;
	const isMultipart = contentType === 'multipart/form-data' || body.startsWith('--');
	const value = isMultipart
		? multipartValue(body, String(headers['content-type'] ?? ''))
		: formValue(body);
	return (value ?? body).replace(/^\uFEFF/, '').trim();
}

function formValue(body: string): string | undefined {
	// a document that is not URL-encoded would be split at its entities
	if (/^xml=\s*</i.test(body)) return body.slice(FORM_FIELD.length + 1);
	return parseForm(body).find(([name]) => name.trim().toLowerCase() === FORM_FIELD)?.[1];
}

/** The field in a multipart form (RFC 7578): each part has headers, an empty line and a value. */
function multipartValue(body: string, contentType: string): string | undefined {
	const [, quoted, plain] = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
	const boundary = quoted ?? plain ?? /^--([^\r\n]+)/.exec(body)?.[1].trimEnd();
	if (!boundary) return undefined;
	const parts = `\n${body}`.split(`\n--${boundary}`).slice(1);
	for (const part of parts) {
		const emptyLine = /\r?\n\r?\n/.exec(part);
		if (!emptyLine) continue;
		const head = part.slice(0, emptyLine.index);
		const name = /^content-disposition:.*?;\s*name\s*=\s*"?([^";\r\n]*)/im.exec(head)?.[1];
		if (name?.trim().toLowerCase() !== FORM_FIELD) continue;
		return part.slice(emptyLine.index + emptyLine[0].length).replace(/\r?\n?$/, '');
	}
	return undefined;
}

/** The notifications in a document, or undefined if it is neither XML nor JSON of Skycore. */
export function noticesOf(document: string): Notice[] | undefined {
	if (/^[{[]/.test(document)) return jsonNotices(document);
	const root = parseXml(document);
	const name = root?.name.toUpperCase();
	if (!root || (name !== 'POSTBACK' && name !== 'NOTIFICATION')) return undefined;
	const nested = name === 'POSTBACK' ? children(root, 'NOTIFICATION') : [];
	return (nested.length > 0 ? nested : [root]).map(xmlNotice);
}

/** A notification in XML. Older ones have attributes, and their fields in a BODY. */
function xmlNotice(element: XmlElement): Notice {
	const members = element.children.flatMap((child) =>
		normalizeName(child.name) === 'BODY' && child.children.length > 0 ? child.children : [child],
	);
	const fields = normalizeNames(element.attributes);
	for (const { name, text } of members) fields[normalizeName(name)] ??= text;
	const status = members.find(({ name }) => normalizeName(name) === 'STATUS');
	return {
		fields,
		statusAttributes: normalizeNames(status?.attributes ?? {}),
		raw: toJsonValue(element),
	};
}

function normalizeNames(attributes: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(attributes).map(([name, value]) => [normalizeName(name), value]),
	);
}

/** Notifications in the JSON of API v2: a single one or a list. */
function jsonNotices(document: string): Notice[] | undefined {
	let value: unknown;
	try {
		value = parseJson(document);
	} catch {
		return undefined;
	}
	const notices = (Array.isArray(value) ? value : [value]).filter(isObject);
	if (notices.length === 0) return undefined;
	return notices.map((raw) => {
		const fields: Record<string, string> = {};
		for (const [name, member] of Object.entries(raw)) {
			if (member !== null && typeof member !== 'object')
				fields[normalizeName(name)] = String(member);
		}
		return { fields, statusAttributes: {}, raw };
	});
}

/** Characters to search; a notification is much shorter. */
const SALVAGE_LENGTH = 100_000;

/** The fields of XML that is not well-formed: elements that contain only text. */
export function salvage(document: string): Fields {
	const fields = new Map<string, string>();
	const start = document.slice(0, SALVAGE_LENGTH);
	for (const [, name, text] of start.matchAll(/<([\w-]{1,40})>([^<>]*)<\/\1>/g)) {
		if (!fields.has(normalizeName(name))) fields.set(normalizeName(name), unescapeXml(text));
	}
	return Object.fromEntries(fields);
}
