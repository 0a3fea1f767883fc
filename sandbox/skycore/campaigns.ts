import type { Account } from './account';
import { refuseIf, Refusal } from './codes';
import { begin } from './life';
import { contentOf } from './mms';
import type { Fields } from './read';
import { readNumber, senderFor } from './recipients';
import type { Campaign } from './settings';
import type { Element } from './xml';

/** docs/providers/skycore.md 3.6. @throws Refusal E405 where there are none */
export function getMmsCampaigns({ settings }: Account): () => Element[] {
	refuseIf(settings.campaigns.length === 0, 'E405');
	return () => [
		['STATUS', 'Success'],
		[
			'MMSCAMPAIGNS',
			settings.campaigns.map(
				({ id, title }): Element => [
					'CAMPAIGN',
					[
						['ID', id],
						['NAME', title],
					],
				],
			),
		],
	];
}

/** docs/providers/skycore.md 3.6. @throws Refusal E170, E171 */
export function createMmsCampaign(account: Account, fields: Fields): () => Element[] {
	const title = fields.text('CAMPAIGNNAME');
	const brand = fields.text('BRANDNAME');
	refuseIf(title === '', 'E170');
	refuseIf(brand === '', 'E171');
	return () => {
		const id = account.ids.nextCampaign();
		const [shortCode = ''] = account.settings.senders;
		// the call names no reference; one that people choose by hand would be the name
		account.settings.campaigns.push({ id, ref: title, title, brand, shortCode });
		return [
			['STATUS', 'Success'],
			['CAMPAIGNID', id],
			['CAMPAIGNNAME', title],
			['BRANDNAME', brand],
		];
	};
}

/** docs/providers/skycore.md 3.6: a saved MMS to everyone in a campaign. @throws Refusal */
export function sendSavedMmsCampaign(account: Account, fields: Fields): () => Element[] {
	refuseIf(fields.text('MMSID') === '', 'E620');
	refuseIf(fields.text('TOCAMPAIGN') === '', 'E624');
	const mms = account.library.ready(fields.text('MMSID'));
	const campaign = account.subscriptions.campaignById(fields.text('TOCAMPAIGN').trim());
	if (campaign === undefined) throw new Refusal('E714');
	return () => {
		const next = account.ids.trackingIds(account.settings.trackingIds, 'MMS');
		for (const to of account.subscriptions.numbers(campaign.ref)) {
			if (['rejected', 'optedOut'].includes(account.core.numbers.outcome(to))) continue;
			const from = senderFor(account, campaign.shortCode, to);
			const content = contentOf(mms, fields);
			begin(account, { ...content, kind: 'mms', id: next(), to, from, campaignRef: campaign.ref });
		}
		return [
			['STATUS', 'Success'],
			['MMSID', mms.id],
			['SCHEDULEDID', account.ids.nextScheduled()],
		];
	};
}

/** docs/providers/skycore.md 3.7. @throws Refusal E901 to E904 */
export function subscribe(account: Account, fields: Fields): () => Element[] {
	const { settings, subscriptions, core } = account;
	const { campaign, mobile } = readBoth(account, fields, 'E904');
	const before = subscriptions.find(campaign.ref, mobile);
	const leftThemselves =
		before?.unsubscribed === 'self' || core.numbers.outcome(mobile) === 'optedOut';
	refuseIf(leftThemselves && !settings.resubscribeSelfOptedOut, 'E904');
	const subscriberRef = fields.text('SUBSCRIBERREF');
	return () => {
		subscriptions.add(campaign, mobile, 'API', subscriberRef);
		const echo: Element[] = subscriberRef === '' ? [] : [['SUBSCRIBERREF', subscriberRef]];
		return [...success(fields, mobile), ...echo];
	};
}

/** docs/providers/skycore.md 3.7. @throws Refusal E901 to E903, E905 */
export function unsubscribe(account: Account, fields: Fields): () => Element[] {
	const { campaign, mobile } = readBoth(account, fields, 'E905');
	refuseIf(!account.subscriptions.isActive(campaign.ref, mobile), 'E905');
	return () => {
		account.subscriptions.end(campaign, mobile, 'API');
		return success(fields, mobile);
	};
}

function readBoth(
	{ settings, subscriptions }: Account,
	fields: Fields,
	badNumber: string,
): { campaign: Campaign; mobile: string } {
	refuseIf(fields.text('MOBILE') === '', 'E901');
	const ref = fields.text('CAMPAIGNREF');
	const id = fields.text('CAMPAIGNID').trim();
	refuseIf(ref === '' && id === '', 'E902');
	const campaign = ref === '' ? subscriptions.campaignById(id) : subscriptions.campaign(ref);
	if (campaign === undefined) throw new Refusal(settings.invalidCampaignCode);
	// no code of its own for numbers that are none
	return { campaign, mobile: readNumber(settings, fields.text('MOBILE'), badNumber) };
}

/** The campaign by the name that the request had for it. */
function success(fields: Fields, mobile: string): Element[] {
	const name = fields.text('CAMPAIGNREF') === '' ? 'CAMPAIGNID' : 'CAMPAIGNREF';
	return [
		['STATUS', 'Success'],
		[name, fields.text(name)],
		['MOBILE', mobile],
	];
}
