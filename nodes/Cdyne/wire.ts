import type { IDataObject } from 'n8n-workflow';
import { throwFailure } from '../shared/errors/failure';
import { isoTime, readIsoTime } from '../shared/formats/providerTime';
import { isObject, textOrNull, toText } from '../shared/formats/values';
import { parseXml, type XmlElement } from '../shared/formats/xml';
import { type HttpResponse, readJson, unexpectedResponse } from '../shared/http/response';

/** Reads CDYNE's two formats, JSON and XML, into the same values (docs/providers/cdyne.md 2). */

/**
 * INFERRED (docs/providers/cdyne.md 2.3): dates in JSON are UTC times that are written like the
 * server's local time, so the offset has to be added. Set this to false if CDYNE fixes it.
 */
const JSON_CLOCK_IS_SHIFTED = true;

/** An element that contains one of these is a list, even if it contains only one. */
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

/** The ID of a message in JSON or XML, but not the empty GUID. */
const SENT_MESSAGE = /MessageID\W{1,5}(?!0{8})[0-9a-f]{8}-/i;

/**
 * The object, array or scalar of a response. Scalars in XML become text.
 *
 * @throws Failure for anything but a response of the API: error pages, empty or truncated bodies
 */
export function readValue(response: HttpResponse): unknown {
	const expected = 'a response from CDYNE';
	if (response.status < 200 || response.status >= 300) {
		const failure = unexpectedResponse(response, expected);
		const isSent = SENT_MESSAGE.test(response.text);
		return throwFailure(isSent ? failure.with({ nothingAccepted: false }) : failure);
	}
	// trimStart also removes a byte order mark
	if (!response.text.trimStart().startsWith('<')) return readJson(response);
	const root = parseXml(response.text);
	if (!root || root.name.toLowerCase() === 'html')
		return throwFailure(unexpectedResponse(response, expected));
	return valueOf(root);
}

/** A list of objects. Null and an empty element are an empty list, an object is a list of one. */
export function toObjects(value: unknown): IDataObject[] {
	if (Array.isArray(value)) return value.filter(isObject);
	return isObject(value) ? [value] : [];
}

/** A GUID, or null for the empty one, which CDYNE writes with 11 or 12 zeros at the end. */
export function readGuid(value: unknown): string | null {
	const id = textOrNull(value)?.trim() ?? '';
	return /^[{(]?[0-]*[)}]?$/.test(id) ? null : id;
}

export function readBoolean(value: unknown): boolean {
	return value === true || toText(value).trim().toLowerCase() === 'true';
}

const JSON_DATE = /^\\?\/Date\((-?\d{1,17})(?:([+-])(\d{2})(\d{2}))?\)\\?\/$/;

/** A date of a response as ISO 8601 in UTC; null for "never" and for anything else. */
export function readDate(value: unknown, shifted = JSON_CLOCK_IS_SHIFTED): string | null {
	const text = textOrNull(value)?.trim() ?? '';
	const json = JSON_DATE.exec(text);
	if (json) {
		const [, ms, sign, hours, minutes] = json;
		const offset = sign ? (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
		return isoTime(Number(ms) + (shifted ? (sign === '-' ? -offset : offset) : 0));
	}
	// dates in XML are in UTC, without a zone
	return readIsoTime(text);
}

/** A date for a request. INFERRED (2.3): with an offset CDYNE would reject it as not UTC. */
export function writeDate(date: Date): string {
	return `/Date(${date.getTime()})/`;
}
