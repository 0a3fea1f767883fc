import type { IDataObject } from 'n8n-workflow';
import { parseJson } from '../shared/formats/json';
import { toE164 } from '../shared/formats/phoneNumber';
import { epochTime, readIsoTime } from '../shared/formats/providerTime';
import { isObject, textOrNull } from '../shared/formats/values';
import type { ParsedEvent, PostbackEvent, RawPostback } from '../shared/model/event';
import { TEXT } from '../shared/model/schema';
import { readList } from '../shared/receiving/readEvents';
import { toEventName } from './events';

/**
 * Wooxy's JSON postbacks. INFERRED: no payload of an SMS event is published, so every field may be
 * missing, or have another name that Wooxy uses elsewhere (docs/providers/wooxy.md 3.4).
 */

/** Additional fields of Wooxy's events: the contact, if the event names one. */
export const extraSchema = { email: TEXT, userId: TEXT };

type WooxyEvent = ParsedEvent & { [Name in keyof typeof extraSchema]?: string };

function firstField(fields: IDataObject, names: string[]): string | null {
	for (const name of names) {
		const value = textOrNull(fields[name])?.trim();
		if (value) return value;
	}
	return null;
}

/** Reads epoch seconds, as a number or as text, or a date and time in UTC. */
export function readDatetime(value: unknown): string | null {
	const text = textOrNull(value)?.trim() ?? '';
	return /^\d{1,17}(\.\d{1,9})?$/.test(text) ? epochTime(Number(text)) : readIsoTime(text);
}

/** Reads an event or a list of events, whatever the content type. @throws Error for other bodies */
export function readPostback({ text: body }: RawPostback): ParsedEvent[] {
	const value = parseJson(body.trim());
	const list = Array.isArray(value) ? value : [value];
	if (!list.every(isObject)) throw new Error('not an object');
	return readList(list, readEvent, body);
}

function readEvent(raw: IDataObject): WooxyEvent {
	const name = typeof raw.event === 'string' ? raw.event.trim() : null;
	const event = name === null ? 'unknown' : toEventName(name);
	const contact = isObject(raw.contact) ? raw.contact : {};
	const messageId = firstField(raw, ['id', 'sms_id', 'smsId', 'messageId']);
	const phone = toE164(firstField(raw, ['phoneNumber', 'phone']) ?? firstField(contact, ['phone']));
	const fromContact = event === 'contact.optedIn' || event === 'contact.optedOut';
	const email = firstField(raw, ['email']);
	const userId = firstField(raw, ['userId']);
	// INFERRED (docs/providers/wooxy.md 3.3): repeated deliveries of an event have these in common
	const key = [name, messageId, textOrNull(raw.datetime)];
	return {
		event,
		raw,
		key: messageId === null ? [...key, JSON.stringify(raw)] : key,
		messageId,
		...(fromContact ? { from: phone } : { to: phone }),
		status: event === 'message.status' ? 'delivered' : null,
		providerStatus: event === 'message.status' ? name : null,
		...(email !== null && { email }),
		...(userId !== null && { userId }),
		occurredAt: readDatetime(raw.datetime),
	};
}

/** Whether an event has no name, so that it may be any of the registered events. */
export function namesNoEvent({ raw }: PostbackEvent): boolean {
	return isObject(raw) && typeof raw.event !== 'string';
}
