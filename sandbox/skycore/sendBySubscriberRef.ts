import type { Account } from './account';
import { attempt, rejectIf, Rejection } from './codes';
import { startMessage } from './lifecycle';
import { contentOf, MMS_QUEUED } from './mms';
import type { Fields } from './read';
import { checkRecipient, limitText, senderFor } from './recipients';
import { failure } from './write';
import type { Element } from './xml';

/** sendMessageBySubscriberRef, docs/providers/skycore.md 3.1 and 7. @throws Rejection */
export function sendBySubscriberRef(account: Account, fields: Fields): () => Element[] {
	const { settings, subscriptions } = account;
	const subscriberRef = fields.text('SUBSCRIBERREF');
	const campaignRef = fields.text('CAMPAIGNREF');
	const id = fields.text('MMSID');
	const numbers = subscriptions.numbers(campaignRef, subscriberRef);
	// the published failure contains a number, although the request has none
	const to = settings.groupFailureTo ? numbers[0] : undefined;
	rejectIf(subscriberRef === '', 'E719');
	rejectIf(campaignRef === '', 'E718');
	rejectIf(id !== '' && fields.text('TEXT') !== '', 'E717', to);
	rejectIf(id === '' && fields.text('TEXT') === '', 'E716', to);
	const campaign = subscriptions.campaign(campaignRef);
	if (campaign === undefined) throw new Rejection('E721', undefined, to);
	const text = limitText(account, fields.text('TEXT'), to);
	const mms = id === '' ? undefined : account.library.findReady(id, to);
	rejectIf(numbers.length === 0 && settings.emptyGroup === 'E720', 'E720', to);

	const send = (number: string, trackingId: string): Element[] => {
		checkRecipient(account, number);
		const from = senderFor(account, campaign.shortCode, number);
		startMessage(account, {
			text,
			...(mms === undefined ? { kind: 'sms' } : { kind: 'mms', ...contentOf(mms, fields) }),
			id: trackingId,
			to: number,
			from,
			campaignRef,
			subscriberRef,
			delayMs: account.access.reserveDelay('sendMessageBySubscriberRef'),
		});
		const details = mms === undefined ? settings.smsStatusDetails : MMS_QUEUED;
		return [
			['STATUS', 'Success'],
			['TRACKINGID', trackingId],
			['TO', number],
			['FROM', from],
			...(details === '' ? [] : [['STATUSDETAILS', details] as const]),
		];
	};
	const subscriber = (number: string, trackingId: string): Element[] => {
		const result = attempt(() => send(number, trackingId));
		if (!(result instanceof Rejection)) return result;
		return settings.failedSubscriberStatus ? failure(result) : failure(result).slice(1);
	};
	return () => {
		const nextTrackingId = account.ids.trackingIds(
			settings.trackingIds,
			mms === undefined ? 'SMS' : 'MMS',
		);
		return [
			['SUBSCRIBERREF', subscriberRef],
			['CAMPAIGNREF', campaignRef],
			...numbers.map((number): Element => ['SUBSCRIBER', subscriber(number, nextTrackingId())]),
		];
	};
}
