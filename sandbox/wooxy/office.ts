import type { StoredMessage } from '../messages';
import type { Core } from '../simulator';
import { BlackList } from './blacklist';
import { Contacts } from './contacts';
import { Domains } from './domains';
import { ContactLists } from './lists';
import { firstSettings } from './settings';
import { Tags } from './tags';
import { Webhooks } from './webhooks';

/** What Wooxy alone knows of a message. */
export interface MessageDetail {
	/** Wooxy's word: `new`, `queued`, `sent`... */
	status: string;
	domain: string;
	tags: string[];
	/** The contact's, where it went to one. */
	userId: string | null;
}

/** Everything that the parts of this simulator share. */
export class Office {
	readonly settings = firstSettings();
	readonly domains = new Domains(this.settings);
	readonly lists = new ContactLists(this.settings, this.domains);
	readonly contacts = new Contacts(this.settings, this.lists);
	readonly blackList = new BlackList(this.settings);
	readonly tags = new Tags(this.settings);
	readonly webhooks = new Webhooks(this.settings, this.domains);

	constructor(readonly core: Core) {}

	/** A message by its `sms_id`. */
	find(id: string): StoredMessage | undefined {
		return this.core.messages.find('wooxy', id);
	}

	messages(): StoredMessage[] {
		return this.core.messages.list({ provider: 'wooxy' });
	}

	/** Whether a number is to get nothing from this account. */
	blocks(number: string): boolean {
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
