import { textOptions } from '../../shared/messageText';
import { dryRun, dryRunOption, isDryRun } from '../../shared/dryRun';
import { checkRetry, notOnRetryOption } from '../../shared/retried';
import type { Operation } from '../../shared/operation';
import { PROVIDER } from '../name';
import { sendToSubscriber } from '../api/subscribers';
import type { Api } from '../api/connection';
import { checkLengthOption, subscriberFields, textField } from '../fields';
import { groupOutputs, subscriberOf, textOf } from '../sending';

export const sendMessageToSubscriber: Operation<Api> = {
	resource: 'sms',
	operation: 'sendToSubscriber',
	name: 'Send to Subscriber',
	action: 'Send an SMS to a subscriber',
	description: 'Send a text to every number of a subscriber reference (sendMessageBySubscriberRef)',
	sends: true,
	fields: [...subscriberFields, textField],
	options: [checkLengthOption, dryRunOption, notOnRetryOption, ...textOptions],
	run: async (item, api) => {
		const text = textOf(item);
		const { subscriberRef, campaignRef } = subscriberOf(item);
		if (isDryRun(item)) {
			return dryRun([{ provider: PROVIDER, text, subscriberRef, campaignRef }]);
		}
		checkRetry(item);
		return groupOutputs(await sendToSubscriber(api, subscriberRef, campaignRef, { text }));
	},
};
