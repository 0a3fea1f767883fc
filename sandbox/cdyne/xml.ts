import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An XML element with its resolved namespace. */
export interface XmlElement {
	name: string;
	ns: string;
	nil: boolean;
	/** The text directly inside. */
	text: string;
	children: XmlElement[];
}

const NIL_NS = 'http://www.w3.org/2001/XMLSchema-instance';

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: '',
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	// without this the parser ignores numeric character references
	htmlEntities: true,
});

type Node = Record<string, unknown> & { ':@'?: Record<string, string> };

/** Parses a document. @throws Error if it is not well-formed or declares a DTD */
export function parseXml(text: string): XmlElement {
	if (/<!DOCTYPE/i.test(text)) throw new Error('A document type is not allowed.');
	const result = XMLValidator.validate(text);
	if (result !== true) throw new Error(`The body is not XML: ${result.err.msg}`);
	const nodes = parser.parse(text) as Node[];
	const root = nodes.find((node) => isElement(node));
	if (root === undefined) throw new Error('The body is not XML: it contains no element.');
	return resolve(root, {});
}

function tagOf(node: Node): string {
	return Object.keys(node).find((key) => key !== ':@') ?? '';
}

function isElement(node: Node): boolean {
	return !/^[#?]/.test(tagOf(node));
}

function resolve(node: Node, outer: Record<string, string>): XmlElement {
	const attributes = node[':@'] ?? {};
	const scope = { ...outer };
	for (const [name, value] of Object.entries(attributes)) {
		if (name === 'xmlns') scope[''] = value;
		else if (name.startsWith('xmlns:')) scope[name.slice(6)] = value;
	}
	const tag = tagOf(node);
	const [prefix, name] = tag.includes(':') ? tag.split(':', 2) : ['', tag];
	if (prefix !== '' && scope[prefix] === undefined) {
		throw new Error(`The prefix "${prefix}" is not declared.`);
	}
	const inner = node[tag] as Node[];
	return {
		name,
		ns: scope[prefix] ?? '',
		nil: Object.entries(attributes).some(
			([key, value]) =>
				/:nil$/.test(key) && scope[key.split(':')[0]] === NIL_NS && value === 'true',
		),
		text: inner
			.filter((child) => '#text' in child)
			.map((child) => String(child['#text']))
			.join(''),
		children: inner.filter(isElement).map((child) => resolve(child, scope)),
	};
}
