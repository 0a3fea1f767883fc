import type { Operation } from '../../shared/operation';
import { required } from '../../shared/required';
import { createCampaign, newCampaignShape } from '../api/campaigns';
import type { Api } from '../api/connection';

export const create: Operation<Api> = {
	resource: 'campaign',
	operation: 'create',
	name: 'Create',
	action: 'Create a campaign',
	description: 'Create an MMS campaign',
	sends: true,
	fields: [
		{
			displayName: 'Campaign Name',
			name: 'campaignName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Spring offers',
			description: 'What the campaign is called',
		},
		{
			displayName: 'Brand Name',
			name: 'brandName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. My Shop',
			description: 'The brand that the campaign is for',
		},
	],
	gives: newCampaignShape,
	run: async (item, api) => {
		const campaign = required(
			item.text('campaignName'),
			'campaign name',
			'Give the campaign a name.',
		);
		const brand = required(item.text('brandName'), 'brand name', 'Give the brand of the campaign.');
		return [await createCampaign(api, campaign, brand)];
	},
};
