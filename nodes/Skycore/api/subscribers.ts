import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/errors/failure';
import type { HttpRequest } from '../../shared/http/request';
import type { HttpResponse } from '../../shared/http/response';
import type { Outcome } from '../../shared/model/outcome';
import { FLAG, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import { fromSkycoreForm, toSkycoreForm } from '../number';
import { type Field, readResponse, toJsonValue, trimmedText } from '../wire';
import type { Api } from './connection';
import { readGroupSend, segmentsOf } from './message';
import { call, send } from './request';

/** Subscribers of a campaign (docs/providers/skycore.md 3.1, 3.7). */

/** A subscriber gets exactly one of the two (3.1). */
interface Content {
	text?: string;
	mmsId?: string;
}

/** sendMessageBySubscriberRef (3.1): to all phone numbers of the reference. */
export async function sendToSubscriber(
	api: Api,
	subscriberRef: string,
	campaignRef: string,
	{ text, mmsId }: Content,
): Promise<Outcome[]> {
	const fields: Field[] = [
		['MMSID', mmsId],
		['TEXT', text],
		['SUBSCRIBERREF', subscriberRef],
		['CAMPAIGNREF', campaignRef],
	];
	const nobody = new Failure({
		kind: 'rejected',
		message: `Skycore's response names no subscriber of "${subscriberRef}" in campaign "${campaignRef}", so there is no sign that anybody was texted`,
		description:
			'Check that the reference has numbers that are subscribed to this campaign, and check the log of the account before you send again.',
	});
	const draft = {
		...(text !== undefined && segmentsOf(text)),
		subscriberRef,
		campaignRef,
		...(mmsId !== undefined && { mmsId }),
	};
	return await send(api, 'sendMessageBySubscriberRef', fields, (response) =>
		readGroupSend(response, draft, nobody),
	);
}

interface Subscription {
	/** E.164. */
	mobile: string;
	campaignRef: string;
	subscriberRef?: string;
	/** Attributes to store with the subscriber, by tag. */
	data?: Field[];
	timezone?: string;
	/** Whether to notify the subscriber by SMS. */
	notify?: boolean;
}

export const subscriptionSchema = {
	provider: TEXT,
	mobile: TEXT,
	campaignRef: TEXT,
	subscriberRef: TEXT_OR_NULL,
	subscribed: FLAG,
};

/** Older responses have the number of the campaign instead of its reference. */
function readChange(response: HttpResponse, requested: Subscription, subscribed: boolean) {
	const root = readResponse(response);
	const campaign = trimmedText(root, 'CAMPAIGNREF') ?? trimmedText(root, 'CAMPAIGNID');
	const json: IDataObject = {
		provider: PROVIDER,
		mobile: fromSkycoreForm(trimmedText(root, 'MOBILE')) ?? requested.mobile,
		campaignRef: campaign ?? requested.campaignRef,
		subscriberRef: trimmedText(root, 'SUBSCRIBERREF') ?? requested.subscriberRef ?? null,
		subscribed,
	};
	return { json, raw: toJsonValue(root) };
}

/** subscribe (3.7). The campaign may greet the number by SMS, so it counts as a send. */
export async function subscribe(api: Api, subscription: Subscription) {
	const fields: Field[] = [
		['CAMPAIGNREF', subscription.campaignRef],
		['MOBILE', toSkycoreForm(subscription.mobile)],
		['SUBSCRIBERREF', subscription.subscriberRef],
		['DATA', subscription.data?.length ? subscription.data : undefined],
		['TIMEZONE', subscription.timezone],
	];
	const read = (response: HttpResponse) => readChange(response, subscription, true);
	return await call(api, 'subscribe', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The number may have been subscribed',
			description:
				'Skycore may have subscribed it before the response was lost, and the campaign may greet the number each time. Check the account before you subscribe the number again.',
		},
	});
}

/** unsubscribe (3.7). It may safely be repeated, unless it notifies the subscriber by SMS. */
export async function unsubscribe(api: Api, subscription: Subscription) {
	const { campaignRef, mobile, notify } = subscription;
	const fields: Field[] = [
		['CAMPAIGNREF', campaignRef],
		['MOBILE', toSkycoreForm(mobile)],
		['NOTIFY', notify === undefined ? undefined : notify ? 'yes' : 'no'],
	];
	const read = (response: HttpResponse) => readChange(response, subscription, false);
	const options: Pick<HttpRequest, 'kind' | 'ambiguity'> = notify
		? {
				kind: 'send',
				ambiguity: {
					message: 'The number may have been unsubscribed',
					description: 'Unsubscribe it again with Notify off, which does no harm.',
				},
			}
		: { kind: 'repeatable' };
	return await call(api, 'unsubscribe', fields, read, options);
}
