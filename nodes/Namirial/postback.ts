import type { RawPostback } from '../shared/body';
import { readIsoTime } from '../shared/clock';
import { readList } from '../shared/event';
import type { KnownEvent } from '../shared/event';
import { parseJson } from '../shared/json';
import { isObject, text } from '../shared/values';
import { readMessage } from './wire';

/** Namirial's JSON notifications (docs/providers/namirial.md 6.2): every change but the first status. */

/** Notifications as events; late and repeated ones keep their id. @throws when it is no JSON */
export function readPostback({ text: body }: RawPostback): KnownEvent[] {
	const value = parseJson(body.trim());
	// one comes alone; a list of them is read as well
	const list = (Array.isArray(value) ? value : [value]).filter(isObject);
	return readList(list, (raw) => readEvent(raw, body), body);
}

function readEvent(raw: Record<string, unknown>, body: string): KnownEvent {
	const { id, type, createdAt, message } = raw;
	const isUpdate = text(type)?.trim().toUpperCase() === 'STATUS_UPDATE';
	if (!isUpdate || !isObject(message) || !text(message.id)) {
		return {
			event: 'unknown',
			key: [text(id) ?? JSON.stringify(raw)],
			text: body,
			occurredAt: readIsoTime(createdAt),
			raw,
		};
	}
	const { messageId, referenceId, status, isFinal, updatedAt, ...reported } = readMessage(message);
	const { providerStatus, errorCode, errorMessage } = reported;
	return {
		event: 'message.status',
		key: text(id) ? [text(id)] : [messageId, providerStatus, updatedAt],
		messageId,
		referenceId,
		status,
		isFinal,
		providerStatus,
		errorCode,
		errorMessage,
		occurredAt: updatedAt ?? readIsoTime(createdAt),
		raw,
	};
}
