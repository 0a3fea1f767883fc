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
	const body = text.replace(/^\uFEFF/, '').trim();
	if (!body.startsWith('<') || XMLValidator.validate(body) !== true) return undefined;
	try {
		const nodes = parser.parse(body) as Ordered;
		return nodes.map(toElement).find((element) => element !== undefined);
	} catch {
		// a document type that tries more than the parser allows
		return undefined;
	}
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
	);
}
