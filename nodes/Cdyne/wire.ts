import type { IDataObject } from 'n8n-workflow';
import { fail } from '../shared/errors';
import { readJson, unreadable } from '../shared/answer';
import type { HttpAnswer } from '../shared/answer';
import { isoTime, readIsoTime } from '../shared/clock';
import { isObject, text, written } from '../shared/values';
import { parseXml } from '../shared/xml';
import type { XmlElement } from '../shared/xml';

/** CDYNE's two formats, JSON and XML, as one kind of value (docs/providers/cdyne.md 2). */

/**
 * INFERRED (docs/providers/cdyne.md 2.3): dates in JSON are a UTC clock written as if it were the
 * server's local time, so that the offset has to be added. Switch off here should CDYNE mend it.
 */
const JSON_CLOCK_IS_SHIFTED = true;

/** Names of list entries; an element that holds one of them is a list even if it holds just one. */
const ENTRY_NAMES = new Set([
	'SMSResponse',
	'SMSIncomingMessage',
	'OutgoingMessageResponse',
	'IncomingMessageResponse',
	'UnsubscribedNumber',
	'PostbackSettingsResponse',
	'KeywordResponseInfo',
	'MediaMetadata',
	'string',
	'long',
]);

function valueOf(element: XmlElement): unknown {
	if (element.attributes.nil === 'true') return null;
	const { children } = element;
	if (element.name.startsWith('ArrayOf') || children.some(({ name }) => ENTRY_NAMES.has(name))) {
		return children.map(valueOf);
	}
	if (children.length === 0) return element.text;
	return Object.fromEntries(children.map((member) => [member.name, valueOf(member)]));
}

/**
 * The object, array or scalar of an answer. XML scalars come as text, JSON ones as they are.
 *
 * @throws Failure for anything but an answer of the API: error pages, empty or cut-off bodies
 */
export function readValue(answer: HttpAnswer): unknown {
	const expected = 'an answer of CDYNE';
	if (answer.status < 200 || answer.status >= 300) return fail(unreadable(answer, expected));
	if (
		!answer.text
			.replace(/^\uFEFF/, '')
			.trimStart()
			.startsWith('<')
	)
		return readJson(answer);
	const root = parseXml(answer.text);
	if (!root || root.name.toLowerCase() === 'html') return fail(unreadable(answer, expected));
	return valueOf(root);
}

/** A list of objects; null and the empty element mean none, an object alone is a list of one. */
export function objects(value: unknown): IDataObject[] {
	if (Array.isArray(value)) return value.filter(isObject);
	return isObject(value) ? [value] : [];
}

/** A GUID, or null for the empty one, which stands for none (printed with 11 or 12 zeros). */
export function guid(value: unknown): string | null {
	const id = text(value)?.trim() ?? '';
	return /^[{(]?[0-]*[)}]?$/.test(id) ? null : id;
}

export function bool(value: unknown): boolean {
	return value === true || written(value).trim().toLowerCase() === 'true';
}

const JSON_DATE = /^\\?\/Date\((-?\d{1,17})(?:([+-])(\d{2})(\d{2}))?\)\\?\/$/;

/** A date of an answer as ISO 8601 UTC; null for "never" and for what is none. */
export function readDate(value: unknown, shifted = JSON_CLOCK_IS_SHIFTED): string | null {
	const written = text(value)?.trim() ?? '';
	const json = JSON_DATE.exec(written);
	if (json) {
		const [, ms, sign, hours, minutes] = json;
		const offset = sign ? (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
		return isoTime(Number(ms) + (shifted ? (sign === '-' ? -offset : offset) : 0));
	}
	// in XML a clock reading in UTC, without a zone
	return readIsoTime(written);
}

/** A date of a request. With an offset CDYNE would take it for a local time and refuse it. */
export function writeDate(date: Date): string {
	return `/Date(${date.getTime()})/`;
}
