import { defaultCountryOption } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { subscribe, subscriptionShape } from '../api/subscribers';
import { campaignRefField, dataOption, mobileField } from '../fields';
import { toSkycoreNumber } from '../number';
import { campaignOf, dataOf } from '../sending';

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
		dataOption('Attributes', 'What to keep about the subscriber, for use in messages'),
		defaultCountryOption,
		{
			displayName: 'Subscriber Reference',
			name: 'subscriberRef',
			type: 'string',
			default: '',
			placeholder: 'e.g. ACCT-123232',
			description: 'Your own reference to file the number under; several numbers may share it',
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
	gives: subscriptionShape,
	run: async (item, api) => [
		await subscribe(api, {
			mobile: toSkycoreNumber(item.text('mobile'), item.option('defaultCountry')),
			campaignRef: campaignOf(item),
			subscriberRef: item.option('subscriberRef')?.trim(),
			data: dataOf(item),
			timezone: item.option('timezone')?.trim(),
		}),
	],
};
