/** An element: name, then text or children, then attributes. */
export type Element = readonly [
	name: string,
	content: string | readonly Element[],
	attributes?: Readonly<Record<string, string>>,
];

export interface XmlStyle {
	/** The text before the root; '' for none. */
	prolog: string;
	/** Whether to write each element on a separate, indented line. */
	pretty: boolean;
}

/** Writes a document, escaping only the characters that require it. */
export function writeXml(root: Element, { prolog, pretty }: XmlStyle): string {
	const body = write(root, pretty ? '\n' : '');
	if (prolog === '') return body;
	return `${prolog}${pretty ? '\n' : ''}${body}`;
}

function write([name, content, attributes = {}]: Element, line: string): string {
	const opening = Object.entries(attributes).reduce(
		(tag, [attribute, value]) => `${tag} ${attribute}="${escape(value).replace(/"/g, '&quot;')}"`,
		name,
	);
	if (typeof content === 'string') return `<${opening}>${escape(content)}</${name}>`;
	if (content.length === 0) return `<${opening}/>`;
	const inner = line === '' ? '' : `${line}\t`;
	const children = content.map((child) => `${inner}${write(child, inner)}`).join('');
	return `<${opening}>${children}${line}</${name}>`;
}

function escape(text: string): string {
	return (
		text
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			// a parser would convert an unescaped one to a line feed
			.replace(/\r/g, '&#13;')
	);
}
