import type { StoredMessage } from '../messages';
import { badRequest, Refusal, timeText } from './answer';
import { readVariables, type Contact } from './contacts';
import { newId } from './ids';
import type { Life } from './life';
import { messageDetail, type Office } from './office';
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
import type { ListSeed } from './settings';

interface Draft {
	to: string;
	from: string;
	text: string;
	domain: string;
	tags: string[];
	userId: string | null;
}

/** The methods about messages. */
export class Sms {
	constructor(
		private readonly office: Office,
		private readonly life: Life,
	) {}

	/** sms/send */
	send(fields: Fields) {
		demand(fields, 'domain', 'phoneNumber', 'text');
		const domain = readText(fields, 'domain');
		const to = readText(fields, 'phoneNumber');
		const text = readText(fields, 'text');
		const { fromName, tags } = this.readSenderAndTags(fields, () => checkNumber(to));
		this.office.domains.check(domain);
		const from = fromName ?? this.office.settings.defaultFromName;
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
		const list = this.office.lists.named(id);
		const contact = this.office.contacts.named(id, key);
		const to = contact.fields.phoneNumber as string | undefined;
		if (to === undefined) throw badRequest();
		const subscribed = contact.fields.smsSubscribe === true;
		if (this.office.settings.triggerNeedsSubscription && !subscribed) throw this.refused(to);
		return this.accept({
			to,
			from: fromName ?? list.smsFromName,
			text: fill(template, variables, contact, list),
			domain: list.domain,
			tags,
			userId: (contact.fields.userId as string | undefined) ?? null,
		});
	}

	/** sms/info: true as a whole, even where every id is unknown. */
	info(fields: Fields) {
		const ids = readIds(fields);
		const { settings } = this.office;
		const data: Record<string, object | null> = {};
		const errors: string[] = [];
		for (const id of ids) {
			const message = this.office.find(id);
			if (message === undefined) errors.push(`SMS ${id} not found`);
			data[this.key(id, message !== undefined)] = message === undefined ? null : record(message);
		}
		const matched = Object.values(data).some((entry) => entry !== null);
		return {
			...this.shownData(data, matched),
			...(errors.length > 0 || settings.infoEmptyErrors ? { errors } : {}),
		};
	}

	/** The number a trigger is about, where it can be told, for faults and the log. */
	numberOf(fields: Fields): string | undefined {
		const contact = this.office.contacts.find(String(fields.contactListId), String(fields.contact));
		return contact?.fields.phoneNumber as string | undefined;
	}

	private readSenderAndTags(fields: Fields, checkFirst: () => void = () => {}) {
		const fromName = readOptionalText(fields, 'fromName');
		const tags = readTags(fields);
		checkFirst();
		checkSender(fromName);
		checkTags(tags);
		return { fromName, tags };
	}

	private accept({ to, from, text, domain, tags, userId }: Draft) {
		const { core, settings } = this.office;
		const outcome = core.numbers.outcome(to);
		const blocked = settings.blocked === 'refused' && this.office.blocks(to);
		if (outcome === 'rejected' || blocked) throw this.refused(to);
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
		this.life.start(message);
		// in snake case, in these two answers only
		return { sms_id: message.id };
	}

	private refused(number: string): Refusal {
		return new Refusal(this.office.settings.numberRefusedText.replace('{phoneNumber}', number));
	}

	private key(id: string, known: boolean): string {
		const { infoAlteredKeys, infoBlankKeys } = this.office.settings;
		let key = id;
		// a null under another key would belong to nobody, so only records move
		if (infoAlteredKeys && known) {
			key = `${key.slice(0, 6)}${key[6] === 'f' ? 'd' : 'f'}${key.slice(7)}`;
		}
		return infoBlankKeys ? `${key.slice(0, 1)} ${key.slice(1)}` : key;
	}

	private shownData(data: object, matched: boolean): { data?: unknown } {
		const { infoUnmatched } = this.office.settings;
		if (matched || infoUnmatched === 'nulls') return { data };
		if (infoUnmatched === 'absent') return {};
		return { data: infoUnmatched === 'null' ? null : [] };
	}
}

function record(message: StoredMessage) {
	return {
		id: message.id,
		status: messageDetail(message).status,
		createdAt: timeText(message.at),
		text: message.text,
		phoneNumber: message.to,
		fromName: message.from,
	};
}

/**
 * Placeholders by the request's variables, then the contact's (a triggered SMS has no stored
 * content whose variables would come second), then the list's; unknown ones become empty.
 */
function fill(
	template: string,
	variables: Record<string, unknown>,
	contact: Contact,
	{ customVariables }: ListSeed,
): string {
	return template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => {
		const ofList = customVariables.find((variable) => variable.name === name)?.value;
		const value = variables[name] ?? contact.variables[name] ?? contact.fields[name] ?? ofList;
		return value === undefined ? '' : String(value as string | number | boolean);
	});
}
