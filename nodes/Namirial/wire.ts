import type { IDataObject } from 'n8n-workflow';
import { readJson, unreadable } from '../shared/answer';
import type { HttpAnswer } from '../shared/answer';
import { readIsoTime } from '../shared/clock';
import { fail } from '../shared/errors';
import { parseJson } from '../shared/json';
import { isFinalStatus, smsMessage } from '../shared/message';
import type { SmsMessage } from '../shared/message';
import { isObject, own, text } from '../shared/values';
import { READABLE_CHANNEL, STATUSES } from './codes';
import { PROVIDER } from './name';

/** Namirial's JSON (docs/providers/namirial.md 7.1). */

/** The object in an answer of status 2xx. @throws Failure for anything else */
export function objectOf(answer: HttpAnswer, expected: string): IDataObject {
	if (answer.status < 200 || answer.status >= 300) return fail(unreadable(answer, expected));
	const value = readJson(answer);
	return isObject(value) ? value : fail(unreadable(answer, expected));
}

/** A JSON value, or undefined where the text is none. */
export function jsonIn(body: string): unknown {
	try {
		return parseJson(body);
	} catch {
		return undefined;
	}
}

/** A message, and the part of the answer that it was read from. */
export interface Report {
	message: SmsMessage;
	raw: IDataObject;
}

/** Namirial's Message object (7.1), the same in look-ups and in notifications. */
export function readMessage(raw: IDataObject): SmsMessage {
	const providerStatus = text(raw.status)?.trim() ?? '';
	const status = own(STATUSES, providerStatus.toUpperCase()) ?? 'unknown';
	const upstream = isObject(raw.provider) ? raw.provider : {};
	const failed = status === 'undelivered' || status === 'failed';
	const sms = isObject(raw.sms) ? raw.sms : {};
	return smsMessage({
		provider: PROVIDER,
		messageId: text(raw.id)?.trim() ?? null,
		referenceId: isObject(raw.reference) ? text(raw.reference.key) : null,
		status,
		isFinal:
			isFinalStatus(status) && !(status === 'delivered' && text(raw.channel) === READABLE_CHANNEL),
		providerStatus,
		errorCode: failed ? text(upstream.code) : null,
		errorMessage: failed ? text(upstream.message) : null,
		sentAt: readIsoTime(raw.providerAcceptanceAt),
		updatedAt: readIsoTime(raw.statusChangedAt),
		segments: typeof sms.segments === 'number' ? sms.segments : null,
	});
}
