import type { Account } from './account';
import { rejectIf, Rejection } from './codes';
import { startMessage } from './lifecycle';
import { contentOf } from './mms';
import type { Fields } from './read';
import { readNumber, senderFor } from './recipients';
import type { Campaign } from './settings';
import type { Element } from './xml';

/** docs/providers/skycore.md 3.6. @throws Rejection E405 if there are none */
export function getMmsCampaigns({ settings }: Account): () => Element[] {
	rejectIf(settings.campaigns.length === 0, 'E405');
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

/** docs/providers/skycore.md 3.6. @throws Rejection E170, E171 */
export function createMmsCampaign(account: Account, fields: Fields): () => Element[] {
	const title = fields.text('CAMPAIGNNAME');
	const brand = fields.text('BRANDNAME');
	rejectIf(title === '', 'E170');
	rejectIf(brand === '', 'E171');
	return () => {
		const id = account.ids.nextCampaign();
		const [shortCode = ''] = account.settings.senders;
		// the call has no reference, so the name is used
		account.settings.campaigns.push({ id, ref: title, title, brand, shortCode });
		return [
			['STATUS', 'Success'],
			['CAMPAIGNID', id],
			['CAMPAIGNNAME', title],
			['BRANDNAME', brand],
		];
	};
}

/** docs/providers/skycore.md 3.6: a saved MMS to everyone in a campaign. @throws Rejection */
export function sendSavedMmsCampaign(account: Account, fields: Fields): () => Element[] {
	rejectIf(fields.text('MMSID') === '', 'E620');
	rejectIf(fields.text('TOCAMPAIGN') === '', 'E624');
	const mms = account.library.findReady(fields.text('MMSID'));
	const campaign = account.subscriptions.campaignById(fields.text('TOCAMPAIGN').trim());
	if (campaign === undefined) throw new Rejection('E714');
	return () => {
		const nextTrackingId = account.ids.trackingIds(account.settings.trackingIds, 'MMS');
		for (const to of account.subscriptions.numbers(campaign.ref)) {
			if (['rejected', 'optedOut'].includes(account.core.numbers.outcome(to))) continue;
			const from = senderFor(account, campaign.shortCode, to);
			const content = contentOf(mms, fields);
			startMessage(account, {
				...content,
				kind: 'mms',
				id: nextTrackingId(),
				to,
				from,
				campaignRef: campaign.ref,
			});
		}
		return [
			['STATUS', 'Success'],
			['MMSID', mms.id],
			['SCHEDULEDID', account.ids.nextScheduled()],
		];
	};
}

/** docs/providers/skycore.md 3.7. @throws Rejection E901 to E904 */
export function subscribe(account: Account, fields: Fields): () => Element[] {
	const { settings, subscriptions, core } = account;
	const { campaign, mobile } = readCampaignAndMobile(account, fields, 'E904');
	const existing = subscriptions.find(campaign.ref, mobile);
	const selfOptedOut =
		existing?.unsubscribed === 'self' || core.numbers.outcome(mobile) === 'optedOut';
	rejectIf(selfOptedOut && !settings.resubscribeSelfOptedOut, 'E904');
	const subscriberRef = fields.text('SUBSCRIBERREF');
	return () => {
		subscriptions.add(campaign, mobile, 'API', subscriberRef);
		const echo: Element[] = subscriberRef === '' ? [] : [['SUBSCRIBERREF', subscriberRef]];
		return [...success(fields, mobile), ...echo];
	};
}

/** docs/providers/skycore.md 3.7. @throws Rejection E901 to E903, E905 */
export function unsubscribe(account: Account, fields: Fields): () => Element[] {
	const { campaign, mobile } = readCampaignAndMobile(account, fields, 'E905');
	rejectIf(!account.subscriptions.isActive(campaign.ref, mobile), 'E905');
	return () => {
		account.subscriptions.end(campaign, mobile, 'API');
		return success(fields, mobile);
	};
}

function readCampaignAndMobile(
	{ settings, subscriptions }: Account,
	fields: Fields,
	invalidNumberCode: string,
): { campaign: Campaign; mobile: string } {
	rejectIf(fields.text('MOBILE') === '', 'E901');
	const ref = fields.text('CAMPAIGNREF');
	const id = fields.text('CAMPAIGNID').trim();
	rejectIf(ref === '' && id === '', 'E902');
	const campaign = ref === '' ? subscriptions.campaignById(id) : subscriptions.campaign(ref);
	if (campaign === undefined) throw new Rejection(settings.invalidCampaignCode);
	// there is no separate code for invalid numbers
	return { campaign, mobile: readNumber(settings, fields.text('MOBILE'), invalidNumberCode) };
}

/** Returns the fields of a success, with the campaign field that the request used. */
function success(fields: Fields, mobile: string): Element[] {
	const name = fields.text('CAMPAIGNREF') === '' ? 'CAMPAIGNID' : 'CAMPAIGNREF';
	return [
		['STATUS', 'Success'],
		[name, fields.text(name)],
		['MOBILE', mobile],
	];
}
