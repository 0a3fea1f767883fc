import type { IDataObject } from 'n8n-workflow';
import type { KnownEvent, PostbackEvent } from '../shared/event';
import type { RawPostback } from '../shared/body';
import { epochTime, readIsoTime } from '../shared/clock';
import { readList } from '../shared/event';
import { parseJson } from '../shared/json';
import { TEXT } from '../shared/schema';
import type { Schema } from '../shared/schema';
import { isObject, text } from '../shared/values';
import { eventNamed } from './events';

/**
 * Wooxy's JSON postbacks. INFERRED: no payload of an SMS event is published, so that every field
 * may be missing or have another of the names that Wooxy uses elsewhere (docs/providers/wooxy.md 3.4).
 */

/** What events of Wooxy have besides: the contact in its address book, where it names one. */
interface Extras {
	email?: string;
	userId?: string;
}

export const extraShape = { email: TEXT, userId: TEXT } satisfies Record<keyof Extras, Schema>;

const ID_NAMES = ['id', 'sms_id', 'smsId', 'messageId'];
const PHONE_NAMES = ['phoneNumber', 'phone'];

function first(fields: IDataObject, names: string[]): string | null {
	for (const name of names) {
		const value = fields[name];
		const found = text(value)?.trim();
		if (found) return found;
	}
	return null;
}

/** Epoch seconds, also as text, or a clock reading in UTC. */
export function readDatetime(value: unknown): string | null {
	const written = text(value)?.trim() ?? '';
	return /^\d{1,17}(\.\d{1,9})?$/.test(written) ? epochTime(Number(written)) : readIsoTime(written);
}

/** One postback, or an array of them. @throws where the body is neither; the header does not count */
export function readPostback({ text: body }: RawPostback): KnownEvent[] {
	const value = parseJson(body.trim());
	const list = Array.isArray(value) ? value : [value];
	if (!list.every(isObject)) throw new Error('not an object');
	return readList(list, readEvent, body);
}

function readEvent(raw: IDataObject): KnownEvent & Extras {
	const name = typeof raw.event === 'string' ? raw.event.trim() : null;
	const event = name === null ? 'unknown' : eventNamed(name);
	const contact = isObject(raw.contact) ? raw.contact : {};
	const messageId = first(raw, ID_NAMES);
	const phone = first(raw, PHONE_NAMES) ?? first(contact, ['phone']);
	const fromContact = event === 'contact.optedIn' || event === 'contact.optedOut';
	const email = first(raw, ['email']);
	const userId = first(raw, ['userId']);
	// INFERRED (docs/providers/wooxy.md 3.3): what a repeated delivery has in common
	const same = [name, messageId, text(raw.datetime)];
	return {
		event,
		raw,
		key: messageId === null ? [...same, JSON.stringify(raw)] : same,
		messageId,
		...(fromContact ? { from: phone } : { to: phone }),
		status: event === 'message.status' ? 'delivered' : null,
		providerStatus: event === 'message.status' ? name : null,
		...(email !== null && { email }),
		...(userId !== null && { userId }),
		occurredAt: readDatetime(raw.datetime),
	};
}

/** A body that is read but names no event: it can be any of those that were asked for (3.4). */
export function isUnnamed({ raw }: PostbackEvent): boolean {
	return isObject(raw) && typeof raw.event !== 'string';
}
