import { subscription, type SubscriptionCode } from './notices';
import type { Notifier } from './notify';
import type { Campaign, SkycoreSettings, Subscriber } from './settings';

/** The subscriptions to campaigns. A postback reports every change. */
export class Subscriptions {
	constructor(
		private readonly settings: SkycoreSettings,
		private readonly notifier: Notifier,
	) {}

	campaign(ref: string): Campaign | undefined {
		return this.settings.campaigns.find((campaign) => campaign.ref === ref);
	}

	campaignById(id: string): Campaign | undefined {
		return this.settings.campaigns.find((campaign) => campaign.id === id);
	}

	find(campaignRef: string, mobile: string): Subscriber | undefined {
		return this.settings.subscribers.find(
			(subscriber) => subscriber.campaignRef === campaignRef && subscriber.mobile === mobile,
		);
	}

	isActive(campaignRef: string, mobile: string): boolean {
		const subscriber = this.find(campaignRef, mobile);
		return subscriber !== undefined && subscriber.unsubscribed === undefined;
	}

	/** Returns the active numbers of a campaign, or only those with a subscriber reference. */
	numbers(campaignRef: string, subscriberRef?: string): string[] {
		return this.settings.subscribers
			.filter(
				(subscriber) =>
					subscriber.campaignRef === campaignRef &&
					subscriber.unsubscribed === undefined &&
					(subscriberRef === undefined || subscriber.subscriberRef === subscriberRef),
			)
			.map(({ mobile }) => mobile);
	}

	/** Subscribes a number. If it is subscribed already, the postback is sent again. */
	add(campaign: Campaign, mobile: string, source: string, subscriberRef = ''): void {
		let subscriber = this.find(campaign.ref, mobile);
		if (subscriber === undefined) {
			subscriber = { campaignRef: campaign.ref, mobile };
			this.settings.subscribers.push(subscriber);
		}
		delete subscriber.unsubscribed;
		if (subscriberRef !== '') subscriber.subscriberRef = subscriberRef;
		this.notify('N301', campaign, mobile, source);
	}

	end(campaign: Campaign, mobile: string, source: string): void {
		const subscriber = this.find(campaign.ref, mobile);
		if (subscriber === undefined) return;
		subscriber.unsubscribed = source === 'MO' ? 'self' : 'api';
		this.notify('N302', campaign, mobile, source);
	}

	private notify(code: SubscriptionCode, campaign: Campaign, mobile: string, source: string): void {
		this.notifier.send(subscription(this.settings, code, campaign, mobile, source));
	}
}
