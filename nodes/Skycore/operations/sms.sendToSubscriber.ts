import { textOptions } from '../../shared/input/messageText';
import { sentMessageSchema } from '../../shared/model/message';
import { TEXT } from '../../shared/model/schema';
import type { Operation } from '../../shared/provider/operation';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { notOnRetryOption } from '../../shared/sending/options';
import { limitOptions } from '../../shared/sending/sendLimits';
import type { Api } from '../api/connection';
import type { Extras } from '../api/message';
import { sendToSubscriber } from '../api/subscribers';
import { checkLengthOption, subscriberFields, textField } from '../fields';
import { PROVIDER } from '../name';
import { requireSubscriber, requireSmsText } from '../sending';

export const sendMessageToSubscriber: Operation<Api> = {
	resource: 'sms',
	operation: 'sendToSubscriber',
	name: 'Send to Subscriber',
	action: 'Send an SMS to a subscriber',
	description: 'Send a text to every number under a subscriber reference',
	aiHint:
		'For telling somebody something by SMS if you have their subscriber reference, not their number.',
	sends: true,
	fields: [...subscriberFields, textField],
	options: [checkLengthOption, dryRunOption, ...limitOptions, notOnRetryOption, ...textOptions],
	outputSchema: { ...sentMessageSchema, subscriberRef: TEXT, campaignRef: TEXT },
	run: async (item, api, sends) => {
		const text = requireSmsText(item);
		const { subscriberRef, campaignRef } = requireSubscriber(item);
		if (isDryRun(item)) {
			return sends.dryRun<Extras>([{ provider: PROVIDER, text, subscriberRef, campaignRef }]);
		}
		return await sends.send({
			intents: [{ recipient: subscriberRef }],
			isGroup: true,
			send: async () => await sendToSubscriber(api, subscriberRef, campaignRef, { text }),
		});
	},
};
