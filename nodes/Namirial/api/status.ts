import type { IDataObject } from 'n8n-workflow';
import { throwFailure, throwInvalidInput } from '../../shared/errors/failure';
import { isObject } from '../../shared/formats/values';
import {
	type ClockDifference,
	clockDifference,
	type HttpResponse,
	unexpectedResponse,
} from '../../shared/http/response';
import type { E164 } from '../../shared/formats/phoneNumber';
import type { Report } from '../../shared/model/output';
import { objectOf, readMessage } from '../wire';
import { type Api, statusServiceOf } from './connection';

/** The Message Status API (docs/providers/namirial.md 7). */

/** The maximum number of messages in the response to a list request (7.3). */
export const MAX_COUNT = 100;

/** The object in a response. @throws Failure for any other response */
function readLookUp(response: HttpResponse): IDataObject {
	const expected = 'a response from Namirial’s status API';
	if (response.status === 401 || response.status === 403) {
		throwFailure({
			kind: 'credential',
			message: `Namirial rejected the API key of the Namirial SMS Status API credential (HTTP ${response.status})`,
			description:
				'Check API Key in that credential, and that its Base URL belongs to the same environment.',
			httpStatus: response.status,
		});
	}
	return objectOf(response, expected);
}

/**
 * Whether a response means that Namirial does not know an ID: HTTP 404 (7.2). INFERRED: it is not a
 * web page, as a 404 for a wrong Base URL most likely is.
 */
function isUnknownId({ status, text }: HttpResponse): boolean {
	return status === 404 && !text.trimStart().startsWith('<');
}

/** GET by ID. @returns undefined if Namirial does not know the ID */
export async function getStatus(api: Api, messageId: string): Promise<Report | undefined> {
	const { root, headers } = statusServiceOf(api);
	const url = `${root}/messagestatus/${encodeURIComponent(messageId)}`;
	return await api.http.request({ kind: 'repeatable', method: 'GET', url, headers }, (response) => {
		if (isUnknownId(response)) return undefined;
		const raw = readLookUp(response);
		if (!isObject(raw.message))
			return throwFailure(unexpectedResponse(response, 'a message of Namirial'));
		return { message: readMessage(raw.message), raw };
	});
}

export type ListFilter = { phoneNumber: E164 } | { referenceKey: string };

interface Page {
	/** The latest first (INFERRED, 7.4). */
	reports: Report[];
	/** How far Namirial's clock is ahead. */
	clock?: ClockDifference;
	/** The number of elements, with empty ones. Fewer than requested means that there are no more. */
	size: number;
}

/** A percent-encoded path segment. @throws Failure for `.` and `..`, which mean folders */
export function toPathSegment(value: string): string {
	if (/^\.{1,2}$/.test(value)) {
		throwInvalidInput(
			`"${value}" cannot be looked up, because it means a folder in a URL`,
			'Use another reference key.',
		);
	}
	return encodeURIComponent(value);
}

/**
 * GET a list: the latest messages to a number, or with a reference key and any service and action.
 *
 * @param count up to 100
 * @param before only messages that were sent before (the parameter sendDate is an upper bound)
 */
export async function listMessages(
	api: Api,
	filter: ListFilter,
	count: number,
	before?: Date,
): Promise<Page> {
	const { root, headers } = statusServiceOf(api);
	const path =
		'phoneNumber' in filter
			? `phonenumber/${toPathSegment(filter.phoneNumber)}`
			: `reference/${toPathSegment(filter.referenceKey)}`;
	const query = {
		count: String(count),
		...(before && { sendDate: before.toISOString().replace('.000Z', 'Z') }),
	};
	const url = `${root}/messagestatus/${path}`;
	const request = { kind: 'repeatable', method: 'GET', url, query, headers } as const;
	return await api.http.request(request, (response) => {
		const { messages } = readLookUp(response);
		if (!Array.isArray(messages))
			return throwFailure(unexpectedResponse(response, 'a list of Namirial'));
		// each element wraps its message, and may be empty (7.1)
		const reports = messages.flatMap((raw): Report[] =>
			isObject(raw) && isObject(raw.message) ? [{ message: readMessage(raw.message), raw }] : [],
		);
		return { reports, size: messages.length, clock: clockDifference(response) };
	});
}
