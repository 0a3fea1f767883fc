import type { IDataObject } from 'n8n-workflow';
import { throwFailure } from '../shared/errors/failure';
import { parseJson } from '../shared/formats/json';
import { readIsoTime } from '../shared/formats/providerTime';
import { isObject, getOwn, textOrNull } from '../shared/formats/values';
import { type HttpResponse, readJson, unexpectedResponse } from '../shared/http/response';
import { hasFailed, isFinalStatus, smsMessage, type SmsMessage } from '../shared/model/message';
import { TEXT } from '../shared/model/schema';
import { READABLE_CHANNEL, STATUS_MEANINGS, STATUSES } from './codes';
import { PROVIDER } from './name';

/** Reads Namirial's JSON (docs/providers/namirial.md 7.1). */

/** The object in a response with HTTP status 2xx. @throws Failure for anything else */
export function objectOf(response: HttpResponse, expected: string): IDataObject {
	if (response.status < 200 || response.status >= 300)
		return throwFailure(unexpectedResponse(response, expected));
	const value = readJson(response);
	return isObject(value) ? value : throwFailure(unexpectedResponse(response, expected));
}

/** The value of a JSON text, or undefined if the text is not JSON. */
export function tryParseJson(body: string): unknown {
	try {
		return parseJson(body);
	} catch {
		return undefined;
	}
}

/** Additional fields of Namirial's messages and events: the channel, such as SMS or RCS. */
export const extraSchema = { channel: TEXT };

type Extras = { [Name in keyof typeof extraSchema]?: string };

/** What a status means, if Namirial gives no reason. */
function reasonOf(providerStatus: string): string {
	const meaning = getOwn(STATUS_MEANINGS, providerStatus.toUpperCase());
	return meaning === undefined ? providerStatus : `${providerStatus}: ${meaning}`;
}

/** Reads a Message object (7.1), which look-ups and notifications contain. */
export function readMessage(raw: IDataObject): SmsMessage & Extras {
	const providerStatus = textOrNull(raw.status)?.trim() ?? '';
	const status = getOwn(STATUSES, providerStatus.toUpperCase()) ?? 'unknown';
	const channel = textOrNull(raw.channel)?.trim();
	const mayBeRead = status === 'delivered' && channel === READABLE_CHANNEL;
	const upstream = isObject(raw.provider) ? raw.provider : {};
	const failed = hasFailed(status);
	const sms = isObject(raw.sms) ? raw.sms : {};
	return smsMessage<Extras>({
		provider: PROVIDER,
		messageId: textOrNull(raw.id)?.trim() ?? null,
		referenceId: isObject(raw.reference) ? textOrNull(raw.reference.key) : null,
		status,
		// INFERRED (7.5): which statuses are final
		isFinal: isFinalStatus(status) && !mayBeRead,
		providerStatus,
		errorCode: failed ? textOrNull(upstream.code) : null,
		errorMessage: failed ? (textOrNull(upstream.message) ?? reasonOf(providerStatus)) : null,
		createdAt: readIsoTime(raw.providerAcceptanceAt),
		updatedAt: readIsoTime(raw.statusChangedAt),
		...(channel && { channel }),
		segments: typeof sms.segments === 'number' ? sms.segments : null,
	});
}
