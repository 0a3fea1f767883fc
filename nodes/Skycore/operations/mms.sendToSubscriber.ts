import { dryRun, dryRunOption, isDryRun } from '../../shared/dryRun';
import { sentShape } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { checkRetry, notOnRetryOption } from '../../shared/retried';
import { TEXT } from '../../shared/schema';
import type { Api } from '../api/connection';
import type { Extras } from '../api/message';
import { sendToSubscriber } from '../api/subscribers';
import { mmsIdField, subscriberFields } from '../fields';
import { PROVIDER } from '../name';
import { groupOutputs, mmsIdOf, subscriberOf } from '../sending';

export const sendMmsToSubscriber: Operation<Api> = {
	resource: 'mms',
	operation: 'sendToSubscriber',
	name: 'Send to Subscriber',
	action: 'Send an MMS to a subscriber',
	description: 'Send a saved MMS to every number of a subscriber reference',
	sends: true,
	fields: [...subscriberFields, mmsIdField],
	options: [dryRunOption, notOnRetryOption],
	gives: { ...sentShape, subscriberRef: TEXT, campaignRef: TEXT, mmsId: TEXT },
	run: async (item, api) => {
		const mmsId = mmsIdOf(item);
		const { subscriberRef, campaignRef } = subscriberOf(item);
		if (isDryRun(item)) {
			return dryRun<Extras>([{ provider: PROVIDER, mmsId, subscriberRef, campaignRef }]);
		}
		checkRetry(item);
		return groupOutputs(await sendToSubscriber(api, subscriberRef, campaignRef, { mmsId }));
	},
};
