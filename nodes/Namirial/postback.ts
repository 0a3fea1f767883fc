import type { KnownEvent, RawPostback } from '../shared/postback';
import { isObject, readIsoTime, text } from '../shared/values';
import { readMessage } from './api';

/** Namirial's JSON notifications (providers/namirial.md 6.2): every change but the first status. */

/** One notification as its event; late and repeated ones keep their id. @throws when it is no JSON */
export function readPostback({ text: body }: RawPostback): KnownEvent[] {
	const raw: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
	if (!isObject(raw)) return [];
	const { id, type, createdAt, message } = raw;
	if (type !== 'STATUS_UPDATE' || !isObject(message) || !text(message.id)) {
		return [
			{
				event: 'unknown',
				key: [text(id) ?? body],
				text: body,
				occurredAt: readIsoTime(createdAt),
				raw,
			},
		];
	}
	const { messageId, referenceId, status, isFinal, providerStatus, errorCode, updatedAt } =
		readMessage(message);
	return [
		{
			event: 'message.status',
			key: text(id) ? [text(id)] : [messageId, providerStatus, updatedAt],
			messageId,
			referenceId,
			status,
			isFinal,
			providerStatus,
			errorCode,
			occurredAt: updatedAt ?? readIsoTime(createdAt),
			raw,
		},
	];
}
