import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: attributes, then child elements in order. */
export interface XmlElement {
	name: string;
	/** Names without their namespace prefix. */
	attributes: Record<string, string>;
	/** All text directly inside, white space kept, entities resolved. */
	text: string;
	children: XmlElement[];
}

const TEXT = '#text';
const ATTRIBUTES = ':@';

// numbers stay text (leading zeros), white space stays, and no entity is ever fetched
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
	const inside = node[name] as Ordered;
	return {
		name,
		attributes: (node[ATTRIBUTES] ?? {}) as Record<string, string>,
		text: inside.map((part) => (TEXT in part ? String(part[TEXT]) : '')).join(''),
		children: inside.map(toElement).filter((child) => child !== undefined),
	};
}

/**
 * The root element of a document, or undefined where the text is no well-formed XML (the parser
 * alone would accept much that is not).
 */
export function parseXml(text: string): XmlElement | undefined {
	const body = joinSurrogates(text.replace(/^\uFEFF/, '').trim());
	if (!body.startsWith('<') || isTooDeep(body)) return undefined;
	try {
		if (XMLValidator.validate(body) !== true) return undefined;
		const nodes = parser.parse(body) as Ordered;
		const [root, ...others] = nodes.map(toElement).filter((element) => element !== undefined);
		return others.length > 0 ? undefined : root;
	} catch {
		// a document type that tries more than the parser allows
		return undefined;
	}
}

/** Elements inside elements; no answer and no postback has more than a few. */
const DEEPEST = 100;

/** Whether a document nests deeper than any of these providers', which costs a parser its time. */
function isTooDeep(body: string): boolean {
	let depth = 0;
	for (let at = body.indexOf('<'); at >= 0; at = body.indexOf('<', at)) {
		const end = body.indexOf('>', at);
		if (end < 0) return false;
		const next = body[at + 1];
		if (next === '/') depth -= 1;
		else if (next !== '!' && next !== '?' && body[end - 1] !== '/') depth += 1;
		if (depth > DEEPEST) return true;
		at = end;
	}
	return false;
}

const REFERENCES = /(?:&#(?:x[\da-f]{1,8}|\d{1,10});)+/gi;
const REFERENCE = /&#(x?)([\da-f]{1,10});/gi;

function unitsOf(references: string): number[] {
	return [...references.matchAll(REFERENCE)].map(([, isHex, digits]) =>
		Number.parseInt(digits, isHex ? 16 : 10),
	);
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/**
 * References to the two halves of a character (`&#55357;&#56838;`), which XML does not know, as one
 * to the whole character; a half alone as the sign for what cannot be read.
 */
function joinSurrogates(body: string): string {
	if (!body.includes('&#')) return body;
	return body.replace(REFERENCES, (run) => {
		const units = unitsOf(run);
		if (!units.some((unit) => isHigh(unit) || isLow(unit))) return run;
		let joined = '';
		for (let at = 0; at < units.length; at++) {
			const unit = units[at];
			if (isHigh(unit) && isLow(units[at + 1] ?? 0)) {
				joined += `&#${(unit - 0xd800) * 0x400 + (units[++at] - 0xdc00) + 0x10000};`;
			} else {
				joined += isHigh(unit) || isLow(unit) ? '&#65533;' : `&#${unit};`;
			}
		}
		return joined;
	});
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
	['amp', '&'],
	['lt', '<'],
	['gt', '>'],
	['quot', '"'],
	['apos', "'"],
]);

/** A text with the entities that every XML has resolved, where the document cannot be parsed. */
export function unescapeXml(text: string): string {
	return joinSurrogates(text).replace(
		/&(?:#(x?)([\da-f]{1,8})|(amp|lt|gt|quot|apos));/gi,
		(whole, isHex: string, digits: string | undefined, name: string | undefined) => {
			if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole;
			const code = Number.parseInt(digits ?? '', isHex ? 16 : 10);
			return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		},
	);
}

/** The first child of that name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
	return element?.children.find((candidate) => candidate.name === name);
}

/** All children of that name; none, one or many. */
export function children(element: XmlElement | undefined, name: string): XmlElement[] {
	return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** The text of the first child of that name, or undefined. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
	return child(element, name)?.text;
}

/** Text made safe as the content of an element. Characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
	return (
		text
			// eslint-disable-next-line no-control-regex -- just these are forbidden in XML 1.0
			.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			// a reader of XML takes a bare one as part of a line end
			.replace(/\r/g, '&#13;')
	);
}
