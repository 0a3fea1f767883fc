import { defaultCountryOption } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { subscriptionSchema, unsubscribe } from '../api/subscribers';
import { campaignRefField, mobileField } from '../fields';
import { parseNumber } from '../number';
import { requireCampaign } from '../sending';

export const unsubscribeNumber: Operation<Api> = {
	resource: 'subscriber',
	operation: 'unsubscribe',
	name: 'Unsubscribe',
	action: 'Unsubscribe a number',
	description: 'Unsubscribe a phone number from a campaign',
	// with Notify, the subscriber gets an SMS
	sends: true,
	fields: [mobileField, campaignRefField],
	options: [
		defaultCountryOption,
		{
			displayName: 'Notify',
			name: 'notify',
			type: 'boolean',
			default: false,
			description: 'Whether to notify the subscriber by SMS',
		},
	],
	outputSchema: subscriptionSchema,
	run: async (item, api, sends) => {
		const subscription = {
			mobile: parseNumber(item.text('mobile'), item.option('defaultCountry')),
			campaignRef: requireCampaign(item),
			...(item.options.notify !== undefined && { notify: item.flagOption('notify') }),
		};
		const change = async () => [await unsubscribe(api, subscription)];
		// only the notification must not be sent twice
		return subscription.notify ? await sends.change(change) : await change();
	},
};
