/* eslint-disable @n8n/community-nodes/require-node-api-error -- a local server, not a node */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { ProviderRequest } from '../simulator';
import { Rejection } from './codes';
import { readMultipart } from './multipart';

type Tree = Record<string, unknown>;

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** Any entity that XML does not predefine. */
const UNKNOWN_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;
/** Characters that XML 1.0 does not allow, even escaped. */
const FORBIDDEN = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/u;
const CDATA = /<!\[CDATA\[[\s\S]*?\]\]>/g;

const parser = new XMLParser({
	ignoreAttributes: true,
	parseTagValue: false,
	trimValues: false,
	htmlEntities: true,
	ignoreDeclaration: true,
});

/** The fields of a request in any encoding, with their names in XML. */
export class Fields {
	constructor(private readonly tree: Tree) {}

	/** Returns the text of a field with its white space; '' if it is missing or has children. */
	text(name: string): string {
		const [value] = this.values(name);
		return typeof value === 'string' ? value : '';
	}

	/** Returns every element of this name that has children. */
	all(name: string): Fields[] {
		return this.values(name)
			.filter((value): value is Tree => typeof value === 'object' && value !== null)
			.map((value) => new Fields(value));
	}

	/** Returns the first element of this name that has children, or one without fields. */
	child(name: string): Fields {
		return this.all(name)[0] ?? new Fields({});
	}

	/** Returns whether the element is present, even if it is empty. */
	has(name: string): boolean {
		return this.values(name).length > 0;
	}

	/** Returns how often the element is present. */
	count(name: string): number {
		return this.values(name).length;
	}

	/** Names of the children that are elements. */
	names(): string[] {
		return Object.keys(this.tree).filter((name) => name !== '#text');
	}

	private values(name: string): unknown[] {
		const value = this.tree[name];
		if (value === undefined) return [];
		return Array.isArray(value) ? value : [value];
	}
}

/**
 * Reads a request in any of the encodings of docs/providers/skycore.md 1.2: GET, a document in the
 * form field `xml` or `XML`, or a document as the whole body with any content type.
 * @throws Rejection E100 if there are no fields, E108 if the document is not well-formed
 */
export function readRequest(request: ProviderRequest, formFields: boolean): Fields {
	if (request.method === 'GET') return fromPairs([...request.query]);
	if (request.method !== 'POST') throw new Rejection('E100');
	const body = decode(request.body);
	// checked before the content type, because some clients send a document with the type of a form
	if (/^\uFEFF?\s*</.test(body)) return fromDocument(body);
	const type = (request.headers['content-type'] ?? '').trim();
	const pairs = readForm(type, body, request.body);
	const document = pairs.find(([name, value]) => /^(?:xml|XML)$/.test(name) && value !== '');
	if (document !== undefined) return fromDocument(document[1]);
	if (!formFields) throw new Rejection('E100');
	return fromPairs(pairs);
}

function readForm(type: string, text: string, bytes: Buffer): Array<[string, string]> {
	const [name] = type.toLowerCase().split(';');
	if (name === FORM) return [...new URLSearchParams(text)];
	if (name === MULTIPART) return readMultipart(type, bytes);
	return [];
}

function decode(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw new Rejection('E108', 'XML parse error: Input is not proper UTF-8');
	}
}

function fromDocument(document: string): Fields {
	const text = document.replace(/^\uFEFF/, '').trim();
	const result = XMLValidator.validate(text);
	if (result !== true) throw new Rejection('E108', `XML parse error: ${result.err.msg}`);
	if (UNKNOWN_ENTITY.test(text.replace(CDATA, ''))) {
		throw new Rejection('E108', 'XML parse error: Entity not defined');
	}
	if (FORBIDDEN.test(text) || /<!DOCTYPE/i.test(text)) {
		throw new Rejection('E108', 'XML parse error: Not allowed here');
	}
	const tree = parser.parse(text) as Tree;
	// the validator accepts a second root
	if (Object.keys(tree).length !== 1 || Array.isArray(Object.values(tree)[0])) {
		throw new Rejection('E108', 'XML parse error: Extra content at the end of the document');
	}
	const { REQUEST: root } = tree;
	// element names are upper case, so <request> is not accepted
	if (typeof root !== 'object' || root === null) throw new Rejection('E100');
	return new Fields(root as Tree);
}

/** In a query, nested elements are written as `data_age=7` and `customtext_2=x`. */
function fromPairs(pairs: Array<[string, string]>): Fields {
	if (pairs.length === 0) throw new Rejection('E100');
	const tree: Tree = {};
	const data: Tree = {};
	const customTexts: Tree[] = [];
	for (const [name, value] of pairs) {
		const [, prefix, rest] = /^(data|customtext)_(.+)$/.exec(name) ?? [];
		if (prefix === 'data') data[rest.toUpperCase()] ??= value;
		else if (prefix === 'customtext') customTexts.push({ SLIDE: rest, VALUE: value });
		// names must be lower case here, and upper case in XML
		else if (name === name.toLowerCase()) tree[name.toUpperCase()] ??= value;
	}
	if (Object.keys(data).length > 0) tree.DATA = data;
	if (customTexts.length > 0) tree.CUSTOMTEXT = customTexts;
	return new Fields(tree);
}
