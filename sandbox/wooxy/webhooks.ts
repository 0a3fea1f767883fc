import type { Domain, Domains } from './domains';
import { isEvent } from './events';
import { demand, isStrings, readText, type Fields } from './read';
import { badRequest, Rejection, formatTime } from './responses';
import type { WooxySettings } from './settings';

export interface Webhook {
	id: number;
	title: string;
	url: string;
	createdAt: string;
	domain: Domain;
	events: string[];
}

/** The webhooks of the account. There is no method to change a webhook. */
export class Webhooks {
	private webhooks: Webhook[] = [];
	private nextId = 1;

	constructor(
		private readonly settings: WooxySettings,
		private readonly domains: Domains,
	) {}

	/** webhook/create */
	create(fields: Fields) {
		demand(fields, 'title', 'url', 'events');
		const title = readText(fields, 'title');
		const url = readText(fields, 'url');
		const { events } = fields;
		if (!isStrings(events) || events.length === 0) throw badRequest();
		if (!this.isAllowed(url) || !events.every(isEvent)) throw badRequest();
		const domain = this.domains.require(fields);
		if (this.settings.webhookRefusesDoubles && this.exists(url, domain)) throw badRequest();
		const createdAt = formatTime(new Date());
		const webhook = { id: this.nextId++, title, url, createdAt, domain, events };
		this.webhooks.push(webhook);
		const id = this.settings.webhookIdAsText ? String(webhook.id) : webhook.id;
		return { config: { id, title, url, domain, events } };
	}

	/** webhook/list: an error if there are none. */
	list() {
		if (this.webhooks.length === 0) {
			throw new Rejection('There is no web hook configurations in your account', 'notFound');
		}
		const asText = this.settings.webhookIdAsText;
		return {
			data: this.webhooks.map(({ id, title, url, createdAt, domain, events }) => ({
				id: asText ? String(id) : id,
				title,
				url,
				createdAt,
				domain,
				events,
			})),
		};
	}

	/** webhook/remove */
	remove(fields: Fields) {
		demand(fields, 'id');
		const { id } = fields;
		if (typeof id !== 'number' || !Number.isInteger(id) || id < 1) {
			throw new Rejection('Argument id must be a positive integer');
		}
		if (!this.webhooks.some((webhook) => webhook.id === id)) {
			throw new Rejection(`Web hook config ${id} not found in your account`, 'notFound');
		}
		this.webhooks = this.webhooks.filter((webhook) => webhook.id !== id);
		return {};
	}

	/** Returns the webhooks subscribed to an event, of a domain or of all. */
	subscribed(event: string, domain?: string): Webhook[] {
		return this.webhooks.filter(
			(webhook) =>
				(domain ?? webhook.domain.name) === webhook.domain.name && webhook.events.includes(event),
		);
	}

	clear(): void {
		this.webhooks = [];
		this.nextId = 1;
	}

	private isAllowed(url: string): boolean {
		if (!URL.canParse(url)) return false;
		const { protocol } = new URL(url);
		return protocol === 'https:' || (protocol === 'http:' && !this.settings.webhookNeedsHttps);
	}

	private exists(url: string, domain: Domain): boolean {
		return this.webhooks.some(
			(webhook) => webhook.url === url && webhook.domain.name === domain.name,
		);
	}
}
