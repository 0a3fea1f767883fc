import { sentMessageSchema } from '../../shared/model/message';
import { TEXT } from '../../shared/model/schema';
import type { Operation } from '../../shared/provider/operation';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { notOnRetryOption } from '../../shared/sending/options';
import { limitOptions } from '../../shared/sending/sendLimits';
import type { Api } from '../api/connection';
import type { Extras } from '../api/message';
import { sendToSubscriber } from '../api/subscribers';
import { mmsIdField, subscriberFields } from '../fields';
import { PROVIDER } from '../name';
import { requireMmsId, requireSubscriber } from '../sending';

export const sendMmsToSubscriber: Operation<Api> = {
	resource: 'mms',
	operation: 'sendToSubscriber',
	name: 'Send to Subscriber',
	action: 'Send an MMS to a subscriber',
	description: 'Send a saved MMS to every number under a subscriber reference',
	sends: true,
	fields: [...subscriberFields, mmsIdField],
	options: [dryRunOption, ...limitOptions, notOnRetryOption],
	outputSchema: { ...sentMessageSchema, subscriberRef: TEXT, campaignRef: TEXT, mmsId: TEXT },
	run: async (item, api, sends) => {
		const mmsId = requireMmsId(item);
		const { subscriberRef, campaignRef } = requireSubscriber(item);
		if (isDryRun(item)) {
			return sends.dryRun<Extras>([{ provider: PROVIDER, mmsId, subscriberRef, campaignRef }]);
		}
		return await sends.send({
			intents: [{ recipient: subscriberRef }],
			isGroup: true,
			send: async () => await sendToSubscriber(api, subscriberRef, campaignRef, { mmsId }),
		});
	},
};
