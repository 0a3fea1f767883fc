import { isObject } from '../shared/values';
import type { RawPostback } from '../shared/body';
import { parseForm } from '../shared/form';
import { parseJson } from '../shared/json';
import { children, parseXml, unescapeXml } from '../shared/xml';
import type { XmlElement } from '../shared/xml';
import { valueOf } from './wire';

/** The ways in which notifications travel (docs/providers/skycore.md 6.1, 6.7, 8), down to their fields. */

/** Trimmed texts by name, the name in one form for both dialects: `tracking-id` is `TRACKINGID`. */
export type Fields = Readonly<Record<string, string>>;

export interface Notice {
	fields: Fields;
	/** Attributes of STATUS in the oldest form; empty elsewhere. */
	statusAttributes: Fields;
	/** All fields as they came. */
	raw: unknown;
}

/** The form variable that may hold the document, in any case. */
const VARIABLE = 'xml';

function normalName(name: string): string {
	return name.toUpperCase().replace(/[-_]/g, '');
}

/**
 * The document of a postback: the body itself, or the value of the form variable `xml`. What the
 * body looks like decides, as the content type is not documented.
 */
export function documentOf({ text, contentType, headers }: RawPostback): string {
	const body = text.replace(/^\uFEFF/, '').trim();
	if (/^[<{[]/.test(body)) return body;
	const multipart = contentType === 'multipart/form-data' || body.startsWith('--');
	const value = multipart
		? multipartValue(body, String(headers['content-type'] ?? ''))
		: formValue(body);
	return (value ?? body).replace(/^\uFEFF/, '').trim();
}

function formValue(body: string): string | undefined {
	// an unencoded document would fall apart at its entities
	if (/^xml=\s*</i.test(body)) return body.slice(VARIABLE.length + 1);
	return parseForm(body).find(([name]) => name.trim().toLowerCase() === VARIABLE)?.[1];
}

/** The one field of a multipart form (RFC 7578), each part being headers, an empty line, a value. */
function multipartValue(body: string, contentType: string): string | undefined {
	const named = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
	const boundary = named?.[1] ?? named?.[2] ?? /^--([^\r\n]+)/.exec(body)?.[1].trimEnd();
	if (!boundary) return undefined;
	const parts = `\n${body}`.split(`\n--${boundary}`).slice(1);
	for (const part of parts) {
		const gap = /\r?\n\r?\n/.exec(part);
		if (!gap) continue;
		const head = part.slice(0, gap.index);
		const name = /^content-disposition:.*?;\s*name\s*=\s*"?([^";\r\n]*)/im.exec(head)?.[1];
		if (name?.trim().toLowerCase() !== VARIABLE) continue;
		return part.slice(gap.index + gap[0].length).replace(/\r?\n?$/, '');
	}
	return undefined;
}

/** The notifications in a document, or undefined where it is neither XML nor JSON of theirs. */
export function noticesOf(document: string): Notice[] | undefined {
	if (/^[{[]/.test(document)) return jsonNotices(document);
	const root = parseXml(document);
	const name = root?.name.toUpperCase();
	if (!root || (name !== 'POSTBACK' && name !== 'NOTIFICATION')) return undefined;
	const inside = name === 'POSTBACK' ? children(root, 'NOTIFICATION') : [root];
	return (inside.length > 0 ? inside : [root]).map(xmlNotice);
}

/** A notification in XML; older ones have attributes, and their fields in a BODY. */
function xmlNotice(element: XmlElement): Notice {
	const members = element.children.flatMap((child) =>
		normalName(child.name) === 'BODY' && child.children.length > 0 ? child.children : [child],
	);
	const fields = named(element.attributes);
	for (const { name, text } of members) fields[normalName(name)] ??= text;
	const status = members.find(({ name }) => normalName(name) === 'STATUS');
	return { fields, statusAttributes: named(status?.attributes ?? {}), raw: valueOf(element) };
}

function named(attributes: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(attributes).map(([name, value]) => [normalName(name), value]),
	);
}

/** The JSON dialect of API v2; a list of notifications is read as well. */
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
			if (member !== null && typeof member !== 'object') fields[normalName(name)] = String(member);
		}
		return { fields, statusAttributes: {}, raw };
	});
}

/** A notification is much shorter than this many characters. */
const SALVAGED = 100_000;

/** What can be read of XML that is not well-formed: elements that hold just a text. */
export function salvage(document: string): Fields {
	const fields = new Map<string, string>();
	const start = document.slice(0, SALVAGED);
	for (const [, name, text] of start.matchAll(/<([\w-]{1,40})>([^<>]*)<\/\1>/g)) {
		if (!fields.has(normalName(name))) fields.set(normalName(name), unescapeXml(text));
	}
	return Object.fromEntries(fields);
}
