import type { StoredMessage } from '../messages';
import type { Core } from '../simulator';
import { BlackList } from './blacklist';
import { Contacts } from './contacts';
import { Domains } from './domains';
import { ContactLists } from './lists';
import { initialSettings } from './settings';
import { Tags } from './tags';
import { Webhooks } from './webhooks';

/** Wooxy-specific data of a message. */
export interface MessageDetail {
	/** Wooxy's status: `new`, `queued`, `sent`... */
	status: string;
	domain: string;
	tags: string[];
	/** The userId of the contact, if it was sent to a contact. */
	userId: string | null;
}

/** The state of the simulator. */
export class WooxyState {
	readonly settings = initialSettings();
	readonly domains = new Domains(this.settings);
	readonly lists = new ContactLists(this.settings, this.domains);
	readonly contacts = new Contacts(this.settings, this.lists);
	readonly blackList = new BlackList(this.settings);
	readonly tags = new Tags(this.settings);
	readonly webhooks = new Webhooks(this.settings, this.domains);

	constructor(readonly core: Core) {}

	/** Finds a message by its `sms_id`. */
	find(id: string): StoredMessage | undefined {
		return this.core.messages.find('wooxy', id);
	}

	messages(): StoredMessage[] {
		return this.core.messages.list({ provider: 'wooxy' });
	}

	/** Returns whether this account must not send to a number. */
	isBlocked(number: string): boolean {
		return this.blackList.has(number) || this.core.numbers.outcome(number) === 'optedOut';
	}

	clear(): void {
		this.contacts.clear();
		this.blackList.clear();
		this.tags.clear();
		this.webhooks.clear();
	}
}

export function messageDetail(message: StoredMessage): MessageDetail {
	return message.detail as unknown as MessageDetail;
}
