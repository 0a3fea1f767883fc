import { defaultCountryOption } from '../../shared/fields';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { subscriptionShape, unsubscribe } from '../api/subscribers';
import { campaignRefField, mobileField } from '../fields';
import { toSkycoreNumber } from '../number';
import { campaignOf } from '../sending';

export const unsubscribeNumber: Operation<Api> = {
	resource: 'subscriber',
	operation: 'unsubscribe',
	name: 'Unsubscribe',
	action: 'Unsubscribe a number',
	description: 'Take a phone number out of a campaign',
	// the subscriber may be told by SMS
	sends: true,
	fields: [mobileField, campaignRefField],
	options: [
		defaultCountryOption,
		{
			displayName: 'Notify',
			name: 'notify',
			type: 'boolean',
			default: false,
			description: 'Whether the subscriber is told by SMS',
		},
	],
	gives: subscriptionShape,
	run: async (item, api) => {
		const isGiven = item.options.notify !== undefined;
		return [
			await unsubscribe(api, {
				mobile: toSkycoreNumber(item.text('mobile'), item.option('defaultCountry')),
				campaignRef: campaignOf(item),
				...(isGiven && { notify: item.flagOption('notify') }),
			}),
		];
	},
};
