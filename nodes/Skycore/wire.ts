import type { IDataObject } from 'n8n-workflow';
import { fail, Failure } from '../shared/errors';
import { unreadable } from '../shared/answer';
import type { HttpAnswer } from '../shared/answer';
import { own } from '../shared/values';
import { childText, escapeXml, parseXml } from '../shared/xml';
import type { XmlElement } from '../shared/xml';
import { API_CODES } from './codes';

/** Skycore's XML: requests, and answers in the order of decisions of docs/providers/skycore.md 2. */

/** An element to write: its name, and its text or the elements inside; undefined leaves it out. */
export type Field = readonly [name: string, content: string | readonly Field[] | undefined];

function writeField([name, content]: Field): string {
	if (content === undefined) return '';
	const inside =
		typeof content === 'string' ? escapeXml(content) : content.map(writeField).join('');
	return `<${name}>${inside}</${name}>`;
}

/** The document of a request (1.2). White space in texts is kept. */
export function writeRequest(fields: readonly Field[]): string {
	return writeField(['REQUEST', fields]);
}

/** The trimmed text of a child, or null where it is missing or empty. Never a number. */
export function word(element: XmlElement, name: string): string | null {
	return childText(element, name)?.trim() || null;
}

/** Whether an answer, or the part about one recipient, says that it was refused. */
export function isRefused(element: XmlElement): boolean {
	const status = word(element, 'STATUS')?.toLowerCase() ?? '';
	const saysSo = ['failure', 'failed', 'error'].includes(status);
	const told = word(element, 'ERRORINFO') !== null && word(element, 'TRACKINGID') === null;
	return saysSo || told || word(element, 'ERRORCODE') !== null;
}

/** The code and the words of a refusal. */
export function refusalOf(element: XmlElement): { code: string | null; words: string } {
	const code = word(element, 'ERRORCODE')?.toUpperCase() ?? null;
	const known = code === null ? undefined : own(API_CODES, code);
	return { code, words: word(element, 'ERRORINFO') ?? known?.meaning ?? 'no reason was given' };
}

/** Whether something may have been accepted in spite of what the answer says. */
export function isDoubtful(element: XmlElement): boolean {
	const { code } = refusalOf(element);
	return code !== null && own(API_CODES, code)?.doubtful === true;
}

/** The failure that a refusal stands for, with its kind, its wait and what to do. */
export function failureOf(element: XmlElement): Failure {
	const { code, words } = refusalOf(element);
	const known = code === null ? undefined : own(API_CODES, code);
	return new Failure({
		kind: known?.kind ?? 'rejected',
		message: code === null ? `Skycore refused: ${words}` : `Skycore answered ${code}: ${words}`,
		description:
			known?.advice ?? 'The code is not one that this node knows. Ask Skycore what it stands for.',
		code: code ?? undefined,
		retryAfter: waitOf(code, words),
		// a code that no list names says nothing for certain
		nothingAccepted: known !== undefined && !known.doubtful,
		lasting: known?.lasting,
	});
}

/** Milliseconds of the units in which a wait may be named. */
const UNITS: ReadonlyArray<[RegExp, number]> = [
	[/^m(?:illi)?s/i, 1],
	[/^min/i, 60_000],
	[/^h/i, 3_600_000],
	[/^/, 1_000],
];

/** E106 names the time to wait (5.1): "Can access API only in every X seconds". */
function waitOf(code: string | null, words: string): number | undefined {
	const named = code === 'E106' ? /(\d{1,6}(?:[.,]\d{1,3})?)\s{0,3}([a-z]*)/i.exec(words) : null;
	if (named) {
		const [, amount, unit] = named;
		const milliseconds = UNITS.find(([name]) => name.test(unit))?.[1] ?? 1_000;
		// a part of a second counts as a whole one
		const pause = Math.ceil((Number(amount.replace(',', '.')) * milliseconds) / 1_000) * 1_000;
		if (pause > 0) return pause;
	}
	return code === null ? undefined : own(API_CODES, code)?.pause;
}

/**
 * The root of an answer that is one of the API and no refusal of the whole call. A refusal comes
 * with HTTP 200 like a success; whatever the HTTP status, what the RESPONSE says counts.
 *
 * @param nothing a code that means an empty list; then the answer is undefined
 * @throws Failure for a refusal, and for anything but a RESPONSE: error pages, cut-off bodies
 */
export function readResponse(answer: HttpAnswer): XmlElement;
export function readResponse(answer: HttpAnswer, nothing: string): XmlElement | undefined;
export function readResponse(answer: HttpAnswer, nothing?: string): XmlElement | undefined {
	const root = parseXml(answer.text);
	if (root?.name !== 'RESPONSE') return fail(unreadable(answer, 'a RESPONSE of Skycore'));
	if (!isRefused(root)) return root;
	if (nothing !== undefined && word(root, 'ERRORCODE') === nothing) return undefined;
	throw failureOf(root);
}

/**
 * An element as a JSON value: a text where it holds nothing else, otherwise an object of its
 * attributes and children; what stands there several times becomes a list.
 */
export function valueOf(element: XmlElement): unknown {
	const { attributes, children, text } = element;
	if (children.length === 0 && Object.keys(attributes).length === 0) return text;
	const value: IDataObject = { ...attributes };
	for (const member of children) {
		const inside = valueOf(member) as IDataObject;
		const before = value[member.name];
		if (before === undefined) value[member.name] = inside;
		else if (Array.isArray(before)) (before as IDataObject[]).push(inside);
		else value[member.name] = [before as IDataObject, inside];
	}
	if (text.trim() !== '') value.text = text;
	return value;
}
