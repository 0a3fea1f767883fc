import { defaultCountryOption } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { subscribe, subscriptionSchema } from '../api/subscribers';
import { campaignRefField, dataOption, mobileField } from '../fields';
import { parseNumber } from '../number';
import { requireCampaign, readData } from '../sending';

export const subscribeNumber: Operation<Api> = {
	resource: 'subscriber',
	operation: 'subscribe',
	name: 'Subscribe',
	action: 'Subscribe a number',
	description: 'Subscribe a phone number to a campaign',
	// the campaign may greet the number by SMS
	sends: true,
	fields: [mobileField, campaignRefField],
	options: [
		dataOption('Attributes', 'Values to store with the subscriber, for use in messages'),
		defaultCountryOption,
		{
			displayName: 'Subscriber Reference',
			name: 'subscriberRef',
			type: 'string',
			default: '',
			placeholder: 'e.g. ACCT-123232',
			description: 'Your reference to subscribe the number under; several numbers may share it',
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. EST',
			description: 'Abbreviation of the time zone of the subscriber',
		},
	],
	outputSchema: subscriptionSchema,
	run: async (item, api, sends) => {
		const subscription = {
			mobile: parseNumber(item.text('mobile'), item.option('defaultCountry')),
			campaignRef: requireCampaign(item),
			subscriberRef: item.option('subscriberRef')?.trim(),
			data: readData(item),
			timezone: item.option('timezone')?.trim(),
		};
		return await sends.change(async () => [await subscribe(api, subscription)]);
	},
};
