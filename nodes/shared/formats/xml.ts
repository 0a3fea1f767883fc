import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { getOwn } from './values';

export interface XmlElement {
	name: string;
	/** By their names without the namespace prefix. */
	attributes: Record<string, string>;
	/** All text directly inside the element, with white space kept and entities resolved. */
	text: string;
	children: XmlElement[];
}

const TEXT = '#text';
const ATTRIBUTES = ':@';

// numbers stay text because of leading zeros, white space is kept, and no entity is ever fetched
const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	removeNSPrefix: true,
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	htmlEntities: true,
	processEntities: true,
	ignoreDeclaration: true,
	ignorePiTags: true,
});

type Ordered = Array<Record<string, unknown>>;

function toElement(node: Record<string, unknown>): XmlElement | undefined {
	const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
	if (name === undefined || name === TEXT) return undefined;
	const content = node[name] as Ordered;
	return {
		name,
		attributes: (node[ATTRIBUTES] ?? {}) as Record<string, string>,
		text: content.map((part) => (TEXT in part ? String(part[TEXT]) : '')).join(''),
		children: content.map(toElement).filter((child) => child !== undefined),
	};
}

/**
 * The root element of a document, or undefined if the text is not well-formed XML. The validator is
 * needed because the parser accepts much that is not well-formed.
 */
export function parseXml(text: string): XmlElement | undefined {
	const body = joinSurrogates(text.replace(/^\uFEFF/, '').trim());
	if (!body.startsWith('<') || isTooDeep(body)) return undefined;
	try {
		if (XMLValidator.validate(body) !== true) return undefined;
		const nodes = parser.parse(body) as Ordered;
		const [root, ...rest] = nodes.map(toElement).filter((element) => element !== undefined);
		return rest.length > 0 ? undefined : root;
	} catch {
		// a document type definition that the parser does not allow
		return undefined;
	}
}

/** Responses and postbacks have only a few levels. */
const MAX_DEPTH = 100;

/** Whether a document is nested so deep that parsing it would take too long. */
function isTooDeep(body: string): boolean {
	let depth = 0;
	for (let at = body.indexOf('<'); at >= 0; at = body.indexOf('<', at)) {
		const end = body.indexOf('>', at);
		if (end < 0) return false;
		const next = body[at + 1];
		if (next === '/') depth -= 1;
		else if (next !== '!' && next !== '?' && body[end - 1] !== '/') depth += 1;
		if (depth > MAX_DEPTH) return true;
		at = end;
	}
	return false;
}

const REFERENCES = /(?:&#(?:x[\da-f]{1,8}|\d{1,10});)+/gi;
const REFERENCE = /&#(x?)([\da-f]{1,10});/gi;

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/**
 * Replaces references to the two surrogates of a character (`&#55357;&#56838;`), which are not
 * valid in XML, with a reference to the character; a lone surrogate with the replacement character.
 */
function joinSurrogates(body: string): string {
	if (!body.includes('&#')) return body;
	return body.replace(REFERENCES, (run) => {
		const units = [...run.matchAll(REFERENCE)].map(([, isHex, digits]) =>
			Number.parseInt(digits, isHex ? 16 : 10),
		);
		if (!units.some((unit) => isHighSurrogate(unit) || isLowSurrogate(unit))) return run;
		let joined = '';
		for (let at = 0; at < units.length; at++) {
			const unit = units[at];
			if (isHighSurrogate(unit) && isLowSurrogate(units[at + 1] ?? 0)) {
				joined += `&#${(unit - 0xd800) * 0x400 + (units[++at] - 0xdc00) + 0x10000};`;
			} else {
				joined += isHighSurrogate(unit) || isLowSurrogate(unit) ? '&#65533;' : `&#${unit};`;
			}
		}
		return joined;
	});
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves the predefined entities of XML in a text, for documents that cannot be parsed. */
export function unescapeXml(text: string): string {
	return joinSurrogates(text).replace(
		/&(?:#(x?)([\da-f]{1,8})|(amp|lt|gt|quot|apos));/gi,
		(match, isHex: string, digits: string | undefined, name: string | undefined) => {
			if (name !== undefined) return getOwn(ENTITIES, name.toLowerCase()) ?? match;
			const code = Number.parseInt(digits ?? '', isHex ? 16 : 10);
			return code <= 0x10ffff ? String.fromCodePoint(code) : match;
		},
	);
}

/** The first child with this name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find((candidate) => candidate.name === name);
}

export function children(element: XmlElement | undefined, name: string): XmlElement[] {
	return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

export function childText(element: XmlElement | undefined, name: string): string | undefined {
	return child(element, name)?.text;
}

/** Escapes a text for the content of an element. Removes characters that XML cannot contain. */
export function escapeXml(text: string): string {
	return (
		text
			// eslint-disable-next-line no-control-regex -- just these are forbidden in XML 1.0
			.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			// XML parsers turn an unescaped carriage return into a line feed
			.replace(/\r/g, '&#13;')
	);
}
