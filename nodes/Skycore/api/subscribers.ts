import type { IDataObject } from 'n8n-workflow';
import type { HttpAnswer } from '../../shared/answer';
import { fail, failInput } from '../../shared/errors';
import type { HttpRequest } from '../../shared/http';
import { FLAG, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import type { XmlElement } from '../../shared/xml';
import { PROVIDER } from '../name';
import { readResponse, valueOf, word } from '../wire';
import type { Field } from '../wire';
import type { Api } from './connection';
import { countedOf, readSent, recipientsOf } from './message';
import type { Report } from './message';
import { call } from './request';

/** Subscribers of a campaign (docs/providers/skycore.md 3.1, 3.7). */

/** Exactly one of the two goes to a subscriber (3.1). */
interface Content {
	text?: string;
	mmsId?: string;
}

/**
 * sendMessageBySubscriberRef (3.1).
 *
 * @returns one report per phone number of the reference, refused ones included
 * @throws Failure where the whole call was refused, and where the answer names no number
 */
export async function sendToSubscriber(
	api: Api,
	subscriberRef: string,
	campaignRef: string,
	{ text, mmsId }: Content,
): Promise<Report[]> {
	if ((text === undefined) === (mmsId === undefined)) {
		failInput(
			'Skycore takes either a text or a saved MMS for a subscriber, not both and not neither',
			'Use one operation for the text and another one for the MMS.',
		);
	}
	const fields: Field[] = [
		['MMSID', mmsId],
		['TEXT', text],
		['SUBSCRIBERREF', subscriberRef],
		['CAMPAIGNREF', campaignRef],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		if (recipientsOf(root).length === 0 && word(root, 'TRACKINGID') === null) {
			fail({
				kind: 'rejected',
				message: `Skycore's answer names no subscriber of "${subscriberRef}" in campaign "${campaignRef}", so nobody is known to have been texted`,
				description:
					'Check that the reference has numbers that are subscribed to this campaign, and look at the log of the account before you send again.',
			});
		}
		const known = {
			...(text !== undefined && countedOf(text)),
			subscriberRef: word(root, 'SUBSCRIBERREF') ?? subscriberRef,
			campaignRef: word(root, 'CAMPAIGNREF') ?? campaignRef,
			...(mmsId !== undefined && { mmsId }),
		};
		return readSent(root, known);
	};
	return await call(api, 'sendMessageBySubscriberRef', fields, read, { kind: 'send' });
}

interface Subscription {
	/** Digits, with the country code. */
	mobile: string;
	campaignRef: string;
	subscriberRef?: string;
	/** What is kept about the subscriber, by tag. */
	data?: Field[];
	timezone?: string;
	/** Tell the subscriber by SMS. */
	notify?: boolean;
}

/** What a change of a subscription returns. */
export const subscriptionShape = {
	provider: TEXT,
	mobile: TEXT,
	campaignRef: TEXT,
	subscriberRef: TEXT_OR_NULL,
	subscribed: FLAG,
};

/** The older platform names the campaign by its number (10, row 3). */
function subscriptionOf(root: XmlElement, { mobile, campaignRef, subscriberRef }: Subscription) {
	const json: IDataObject = {
		provider: PROVIDER,
		mobile: word(root, 'MOBILE') ?? mobile,
		campaignRef: word(root, 'CAMPAIGNREF') ?? word(root, 'CAMPAIGNID') ?? campaignRef,
		subscriberRef: word(root, 'SUBSCRIBERREF') ?? subscriberRef ?? null,
	};
	return json;
}

/** subscribe (3.7). The campaign may greet the number, so it is not repeated lightly. */
export async function subscribe(api: Api, to: Subscription) {
	const fields: Field[] = [
		['CAMPAIGNREF', to.campaignRef],
		['MOBILE', to.mobile],
		['SUBSCRIBERREF', to.subscriberRef],
		['DATA', to.data?.length ? to.data : undefined],
		['TIMEZONE', to.timezone],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		return { json: { ...subscriptionOf(root, to), subscribed: true }, raw: valueOf(root) };
	};
	return await call(api, 'subscribe', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The number may have been subscribed',
			description:
				'Skycore may have done it before the answer was lost, and the campaign may greet the number each time. Look into the account before you subscribe it again.',
		},
	});
}

/** unsubscribe (3.7); harmless twice, unless the subscriber is told by SMS. */
export async function unsubscribe(api: Api, from: Subscription) {
	const fields: Field[] = [
		['CAMPAIGNREF', from.campaignRef],
		['MOBILE', from.mobile],
		['NOTIFY', from.notify === undefined ? undefined : from.notify ? 'yes' : 'no'],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		return { json: { ...subscriptionOf(root, from), subscribed: false }, raw: valueOf(root) };
	};
	const how: Pick<HttpRequest, 'kind' | 'ambiguity'> = from.notify
		? {
				kind: 'send',
				ambiguity: {
					message: 'The number may have been unsubscribed',
					description: 'Unsubscribe it again with Notify off; that does no harm.',
				},
			}
		: { kind: 'repeatable' };
	return await call(api, 'unsubscribe', fields, read, how);
}
