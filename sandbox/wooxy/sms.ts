import type { StoredMessage } from '../messages';
import { readVariables, type Contact } from './contacts';
import { newId } from './ids';
import type { Lifecycle } from './lifecycle';
import {
	checkNumber,
	checkSender,
	checkTags,
	demand,
	readIds,
	readOptionalText,
	readTags,
	readText,
	type Fields,
} from './read';
import { badRequest, Rejection, formatTime } from './responses';
import type { ListSeed } from './settings';
import { messageDetail, type WooxyState } from './state';

interface Draft {
	to: string;
	from: string;
	text: string;
	domain: string;
	tags: string[];
	userId: string | null;
}

/** The methods for messages. */
export class Sms {
	constructor(
		private readonly state: WooxyState,
		private readonly lifecycle: Lifecycle,
	) {}

	/** sms/send */
	send(fields: Fields) {
		demand(fields, 'domain', 'phoneNumber', 'text');
		const domain = readText(fields, 'domain');
		const to = readText(fields, 'phoneNumber');
		const text = readText(fields, 'text');
		const { fromName, tags } = this.readSenderAndTags(fields, () => checkNumber(to));
		this.state.domains.check(domain);
		const from = fromName ?? this.state.settings.defaultFromName;
		return this.accept({ to, from, text, domain, tags, userId: null });
	}

	/** sms/trigger */
	trigger(fields: Fields) {
		demand(fields, 'contactListId', 'contact', 'text');
		const id = readText(fields, 'contactListId');
		const key = readText(fields, 'contact');
		const template = readText(fields, 'text');
		const variables = readVariables(fields);
		const { fromName, tags } = this.readSenderAndTags(fields);
		const list = this.state.lists.require(id);
		const contact = this.state.contacts.require(id, key);
		const to = contact.fields.phoneNumber as string | undefined;
		if (to === undefined) throw badRequest();
		const subscribed = contact.fields.smsSubscribe === true;
		if (this.state.settings.triggerNeedsSubscription && !subscribed) throw this.rejection(to);
		return this.accept({
			to,
			from: fromName ?? list.smsFromName,
			text: fill(template, variables, contact, list),
			domain: list.domain,
			tags,
			userId: (contact.fields.userId as string | undefined) ?? null,
		});
	}

	/** sms/info: `result` is true even if every id is unknown. */
	info(fields: Fields) {
		const ids = readIds(fields);
		const { settings } = this.state;
		const data: Record<string, object | null> = {};
		const errors: string[] = [];
		for (const id of ids) {
			const message = this.state.find(id);
			if (message === undefined) errors.push(`SMS ${id} not found`);
			data[this.recordKey(id, message !== undefined)] =
				message === undefined ? null : record(message);
		}
		const matched = Object.values(data).some((entry) => entry !== null);
		return {
			...this.dataField(data, matched),
			...(errors.length > 0 || settings.infoEmptyErrors ? { errors } : {}),
		};
	}

	/** Returns the recipient of sms/trigger, if it is known, for faults and the request log. */
	triggerNumber(fields: Fields): string | undefined {
		const contact = this.state.contacts.find(String(fields.contactListId), String(fields.contact));
		return contact?.fields.phoneNumber as string | undefined;
	}

	private readSenderAndTags(fields: Fields, checkBefore: () => void = () => {}) {
		const fromName = readOptionalText(fields, 'fromName');
		const tags = readTags(fields);
		checkBefore();
		checkSender(fromName);
		checkTags(tags);
		return { fromName, tags };
	}

	private accept({ to, from, text, domain, tags, userId }: Draft) {
		const { core, settings } = this.state;
		const outcome = core.numbers.outcome(to);
		const blocked = settings.blocked === 'refused' && this.state.isBlocked(to);
		if (outcome === 'rejected' || blocked) throw this.rejection(to);
		const message = core.messages.add({
			provider: 'wooxy',
			id: newId(),
			direction: 'out',
			from,
			to,
			text,
			status: 'queued',
			detail: { status: 'new', domain, tags, userId },
		});
		this.lifecycle.start(message);
		// in snake case only in the responses of sms/send and sms/trigger
		return { sms_id: message.id };
	}

	private rejection(number: string): Rejection {
		return new Rejection(this.state.settings.numberRefusedText.replace('{phoneNumber}', number));
	}

	private recordKey(id: string, found: boolean): string {
		const { infoAlteredKeys, infoBlankKeys } = this.state.settings;
		let key = id;
		// a null under another key could not be assigned to an id, so only records get one
		if (infoAlteredKeys && found) {
			key = `${key.slice(0, 6)}${key[6] === 'f' ? 'd' : 'f'}${key.slice(7)}`;
		}
		return infoBlankKeys ? `${key.slice(0, 1)} ${key.slice(1)}` : key;
	}

	private dataField(data: object, matched: boolean): { data?: unknown } {
		const { infoUnmatched } = this.state.settings;
		if (matched || infoUnmatched === 'nulls') return { data };
		if (infoUnmatched === 'absent') return {};
		return { data: infoUnmatched === 'null' ? null : [] };
	}
}

function record(message: StoredMessage) {
	return {
		id: message.id,
		status: messageDetail(message).status,
		createdAt: formatTime(message.at),
		text: message.text,
		phoneNumber: message.to,
		fromName: message.from,
	};
}

/**
 * Replaces placeholders by the variables of the request, the contact and the list, in this order.
 * Unknown ones become empty. (The variables of stored content would be second, but a triggered SMS
 * has no stored content.)
 */
function fill(
	template: string,
	variables: Record<string, unknown>,
	contact: Contact,
	{ customVariables }: ListSeed,
): string {
	return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => {
		const listDefault = customVariables.find((variable) => variable.name === name)?.value;
		const value = variables[name] ?? contact.variables[name] ?? contact.fields[name] ?? listDefault;
		return value === undefined ? '' : String(value as string | number | boolean);
	});
}
