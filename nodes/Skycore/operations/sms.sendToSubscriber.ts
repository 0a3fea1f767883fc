import { dryRun, dryRunOption, isDryRun } from '../../shared/dryRun';
import { sentShape } from '../../shared/message';
import { textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { checkRetry, notOnRetryOption } from '../../shared/retried';
import { TEXT } from '../../shared/schema';
import type { Api } from '../api/connection';
import type { Extras } from '../api/message';
import { sendToSubscriber } from '../api/subscribers';
import { checkLengthOption, subscriberFields, textField } from '../fields';
import { PROVIDER } from '../name';
import { groupOutputs, subscriberOf, textOf } from '../sending';

export const sendMessageToSubscriber: Operation<Api> = {
	resource: 'sms',
	operation: 'sendToSubscriber',
	name: 'Send to Subscriber',
	action: 'Send an SMS to a subscriber',
	description: 'Send a text to every number of a subscriber reference',
	forModel:
		'For telling somebody something by SMS who is known by a subscriber reference, not by number.',
	sends: true,
	fields: [...subscriberFields, textField],
	options: [checkLengthOption, dryRunOption, notOnRetryOption, ...textOptions],
	gives: { ...sentShape, subscriberRef: TEXT, campaignRef: TEXT },
	run: async (item, api) => {
		const text = textOf(item);
		const { subscriberRef, campaignRef } = subscriberOf(item);
		if (isDryRun(item)) {
			return dryRun<Extras>([{ provider: PROVIDER, text, subscriberRef, campaignRef }]);
		}
		checkRetry(item);
		return groupOutputs(await sendToSubscriber(api, subscriberRef, campaignRef, { text }));
	},
};
