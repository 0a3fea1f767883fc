import type { IDataObject } from 'n8n-workflow';
import { throwFailure, Failure } from '../shared/errors/failure';
import { isObject, textOrNull, toText } from '../shared/formats/values';
import {
	type HttpResponse,
	parseRetryAfter,
	readJson,
	unexpectedResponse,
} from '../shared/http/response';
import { ERROR_TEXTS } from './codes';

/** Wooxy's envelope (docs/providers/wooxy.md 1.1). */

/** The texts in `errors`, which may be a list, a map or a single text. */
export function errorTexts(envelope: IDataObject): string[] {
	const { errors } = envelope;
	const list = Array.isArray(errors) ? errors : isObject(errors) ? Object.values(errors) : [errors];
	return list.map(toText).filter((text) => text !== '');
}

const UNLISTED_ADVICE =
	'Wooxy does not publish this text, so it is not certain that nothing was accepted. Check the values of this item, and Wooxy’s log before you send it again.';

/**
 * The failure for a rejected request. Only published texts make it certain that nothing was accepted,
 * and not if Wooxy had an internal error, or beside the ID of a message.
 */
function toWooxyFailure(envelope: IDataObject, response: HttpResponse): Failure {
	const texts = errorTexts(envelope);
	const matchOf = (text: string) => ERROR_TEXTS.find(({ pattern }) => pattern.test(text.trim()));
	const matches = texts.map(matchOf);
	const match = ERROR_TEXTS.find((listed) => matches.includes(listed));
	const isListed = texts.length > 0 && matches.every((one) => one && one.kind !== 'unavailable');
	const { status } = response;
	// INFERRED (docs/providers/wooxy.md 1): an eleventh request in flight gets 429
	const byStatus = status === 429 ? 'rateLimited' : status >= 500 ? 'unavailable' : undefined;
	const kind = match?.kind ?? byStatus ?? 'rejected';
	return new Failure({
		kind,
		message:
			texts.length > 0
				? `Wooxy responded: ${texts.join('; ')}`
				: 'Wooxy rejected the request and gave no reason',
		description: match?.advice ?? UNLISTED_ADVICE,
		...(status >= 400 && { httpStatus: status }),
		retryAfter: parseRetryAfter(response.headers),
		nothingAccepted:
			status < 500 && (isListed || status === 429) && textOrNull(envelope.sms_id) === null,
	});
}

/**
 * Reads the envelope of a success. Only `result: true` is a success: HTTP statuses are not
 * published, and a partial success has errors too (docs/providers/wooxy.md 1.1, 1.2).
 *
 * @param isSuccess whether errors say only that there is nothing to return
 * @throws Failure if the request was rejected, or if something other than the API responded
 */
export function readEnvelope(
	response: HttpResponse,
	isSuccess: (errors: string[]) => boolean = () => false,
): IDataObject {
	const value = readJson(response);
	const envelope = isObject(value) ? value : {};
	if (envelope.result === true) return envelope;
	if (envelope.result === false && isSuccess(errorTexts(envelope))) return envelope;
	if (envelope.result === false) return throwFailure(toWooxyFailure(envelope, response));
	return throwFailure(unexpectedResponse(response, 'a response of the Wooxy API'));
}

/**
 * The objects in a list, or in a map by ID. INFERRED: an empty map may be written as `[]`, and null
 * means that there are none.
 */
export function objectsOf(value: unknown): IDataObject[] {
	if (Array.isArray(value)) return value.filter(isObject);
	return isObject(value) ? Object.values(value).filter(isObject) : [];
}

/** An object with the spaces around its keys removed: Wooxy's examples have "contactGender ". */
export function trimKeys(raw: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key.trim(), value]));
}

/** Reads a flag: a boolean, "true" or "1" (docs/providers/wooxy.md 4.1, 4.2). */
export function readFlag(value: unknown): boolean {
	return ['true', '1'].includes(toText(value).toLowerCase());
}
