import { decodeText } from './charset';

/** Decodes a component as UTF-8, or as windows-1252 if it is not valid UTF-8. */
export function decodeComponent(component: string): string {
	if (!/[%+]/.test(component)) return component;
	const plain = component.replace(/\+/g, ' ');
	if (!plain.includes('%')) return plain;
	const bytes: Buffer[] = [];
	let from = 0;
	for (const match of plain.matchAll(/(?:%[\da-f]{2})+/gi)) {
		bytes.push(Buffer.from(plain.slice(from, match.index)));
		bytes.push(Buffer.from(match[0].replace(/%/g, ''), 'hex'));
		from = match.index + match[0].length;
	}
	bytes.push(Buffer.from(plain.slice(from)));
	return decodeText(Buffer.concat(bytes));
}

/** The names and values of a form (application/x-www-form-urlencoded), in order. */
export function parseForm(body: string): Array<[string, string]> {
	return body
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => {
			const at = pair.indexOf('=');
			const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
			return [decodeComponent(name), decodeComponent(value)];
		});
}
