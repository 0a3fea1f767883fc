import { parseJson } from '../shared/formats/json';
import { readIsoTime } from '../shared/formats/providerTime';
import { isObject, textOrNull } from '../shared/formats/values';
import type { ParsedEvent, RawPostback } from '../shared/model/event';
import { readList } from '../shared/receiving/readEvents';
import { readMessage } from './wire';

/** Namirial's JSON notifications of status changes (docs/providers/namirial.md 6.2). */

/**
 * The events of one postback. INFERRED (6.2): the `id` of a notification identifies repeated ones.
 *
 * @throws SyntaxError if the postback is not JSON
 */
export function readPostback({ text: body }: RawPostback): ParsedEvent[] {
	const value = parseJson(body.trim());
	// Namirial posts them one by one, but a list is accepted too
	const list = (Array.isArray(value) ? value : [value]).filter(isObject);
	return readList(list, (raw) => readEvent(raw, body), body);
}

function readEvent(raw: Record<string, unknown>, body: string): ParsedEvent & { channel?: string } {
	const { id, type, createdAt, message } = raw;
	const isUpdate = textOrNull(type)?.trim().toUpperCase() === 'STATUS_UPDATE';
	if (!isUpdate || !isObject(message) || !textOrNull(message.id)) {
		return {
			event: 'unknown',
			key: [textOrNull(id) ?? JSON.stringify(raw)],
			text: body,
			occurredAt: readIsoTime(createdAt),
			raw,
		};
	}
	const { messageId, referenceId, status, isFinal, updatedAt, ...reported } = readMessage(message);
	const { providerStatus, errorCode, errorMessage, channel } = reported;
	return {
		event: 'message.status',
		key: textOrNull(id) ? [textOrNull(id)] : [messageId, providerStatus, updatedAt],
		messageId,
		referenceId,
		status,
		isFinal,
		providerStatus,
		errorCode,
		errorMessage,
		...(channel && { channel }),
		occurredAt: updatedAt ?? readIsoTime(createdAt),
		raw,
	};
}
