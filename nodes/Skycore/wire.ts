import { throwFailure, Failure } from '../shared/errors/failure';
import { getOwn } from '../shared/formats/values';
import { childText, escapeXml, parseXml, type XmlElement } from '../shared/formats/xml';
import { type HttpResponse, unexpectedResponse } from '../shared/http/response';
import { API_CODES } from './codes';
import { fromSkycoreForm } from './number';

/** Skycore's XML requests and responses (docs/providers/skycore.md 1.2, 2). */

/** An element to write: its name, and its text or child elements; with undefined it is left out. */
export type Field = readonly [name: string, content: string | readonly Field[] | undefined];

function writeField([name, content]: Field): string {
	if (content === undefined) return '';
	const inside =
		typeof content === 'string' ? escapeXml(content) : content.map(writeField).join('');
	return `<${name}>${inside}</${name}>`;
}

/** The XML document of a request. White space in texts is kept. */
export function writeRequest(fields: readonly Field[]): string {
	return writeField(['REQUEST', fields]);
}

/** The trimmed text of a child, or null if it is missing or empty. */
export function trimmedText(element: XmlElement, name: string): string | null {
	return childText(element, name)?.trim() || null;
}

/**
 * Whether a response, or its part about one recipient, is a rejection. INFERRED
 * (docs/providers/skycore.md 2): the status `Error` or `Failed`, and an error text without a code
 * or tracking ID, are rejections too.
 */
export function isRejected(element: XmlElement): boolean {
	const status = trimmedText(element, 'STATUS')?.toLowerCase() ?? '';
	const hasErrorText =
		trimmedText(element, 'ERRORINFO') !== null && trimmedText(element, 'TRACKINGID') === null;
	return (
		['failure', 'failed', 'error'].includes(status) ||
		hasErrorText ||
		trimmedText(element, 'ERRORCODE') !== null
	);
}

/** The code and the reason in a rejection. */
export function readRejection(element: XmlElement) {
	const code = trimmedText(element, 'ERRORCODE')?.toUpperCase() ?? null;
	const listed = getOwn(API_CODES, code ?? '');
	const reason =
		trimmedText(element, 'ERRORINFO') ??
		trimmedText(element, 'STATUSDETAILS') ??
		listed?.meaning ??
		'no reason was given';
	return { code, reason };
}

/** @param namesRecipient whether the message names the number, of which the user has entered none */
export function toSkycoreFailure(element: XmlElement, namesRecipient = false): Failure {
	const { code, reason } = readRejection(element);
	const listed = getOwn(API_CODES, code ?? '');
	const to = namesRecipient ? fromSkycoreForm(trimmedText(element, 'TO')) : null;
	const recipient = to === null ? '' : ` (to ${to})`;
	return new Failure({
		kind: listed?.kind ?? 'rejected',
		message:
			code === null
				? `Skycore rejected the request: ${reason}${recipient}`
				: `Skycore responded with ${code}: ${reason}${recipient}`,
		description: listed?.advice ?? 'This node does not know the code. Ask Skycore what it means.',
		code: code ?? undefined,
		retryAfter: delayOf(code, reason),
		// INFERRED: after E503 or an unlisted code, the request may have been accepted
		nothingAccepted: listed !== undefined && !listed.mayBeAccepted,
		persistent: listed?.persistent,
		holdsForAccount: code === 'E106',
	});
}

/** The units in which E106 may name a delay, in milliseconds. All others count as seconds. */
const TIME_UNITS: ReadonlyArray<[RegExp, number]> = [
	[/^m(?:illi)?s/i, 1],
	[/^min/i, 60_000],
	[/^h/i, 3_600_000],
];

/** E106 names the delay in its text (5.1): "Can access API only in every X seconds". */
function delayOf(code: string | null, reason: string): number | undefined {
	const match = code === 'E106' ? /(\d{1,6}(?:[.,]\d{1,3})?)\s{0,3}([a-z]*)/i.exec(reason) : null;
	if (match) {
		const [, amount, unit] = match;
		const unitMs = TIME_UNITS.find(([name]) => name.test(unit))?.[1] ?? 1_000;
		const delayMs = Number(amount.replace(',', '.')) * unitMs;
		// rounded up to whole seconds
		if (delayMs > 0) return Math.ceil(delayMs / 1_000) * 1_000;
	}
	return getOwn(API_CODES, code ?? '')?.delayMs;
}

/**
 * The root element of a response, which may be a rejection.
 *
 * @throws Failure for anything but a RESPONSE: error pages, truncated bodies
 */
export function readRoot(response: HttpResponse): XmlElement {
	const root = parseXml(response.text);
	if (root?.name === 'RESPONSE') return root;
	return throwFailure(unexpectedResponse(response, 'a RESPONSE from Skycore'));
}

/**
 * The root element of a success. The RESPONSE decides, not the HTTP status. INFERRED: rejections
 * have HTTP status 200 too.
 *
 * @param emptyCode a code that means an empty list, for which undefined is returned
 * @throws Failure for a rejection, and for anything but a RESPONSE
 */
export function readResponse(response: HttpResponse): XmlElement;
export function readResponse(response: HttpResponse, emptyCode: string): XmlElement | undefined;
export function readResponse(response: HttpResponse, emptyCode?: string): XmlElement | undefined {
	const root = readRoot(response);
	if (!isRejected(root)) return root;
	if (emptyCode !== undefined && trimmedText(root, 'ERRORCODE') === emptyCode) return undefined;
	throw toSkycoreFailure(root);
}

/**
 * An element as a JSON value: its text if it has nothing else, otherwise an object of its
 * attributes and children. Elements with the same name become a list.
 */
export function toJsonValue(element: XmlElement): unknown {
	const { attributes, children, text } = element;
	if (children.length === 0 && Object.keys(attributes).length === 0) return text;
	// a map, because an object has members such as `constructor` before any is added
	const members = new Map<string, unknown[]>();
	const add = (name: string, value: unknown) => {
		const values = members.get(name);
		if (values) values.push(value);
		else members.set(name, [value]);
	};
	for (const [name, value] of Object.entries(attributes)) add(name, value);
	for (const child of children) add(child.name, toJsonValue(child));
	if (text.trim() !== '') add('text', text);
	return Object.fromEntries(
		[...members].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
	);
}
