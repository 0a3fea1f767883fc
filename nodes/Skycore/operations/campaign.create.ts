import { requireField } from '../../shared/input/required';
import type { Operation } from '../../shared/provider/operation';
import { createCampaign, newCampaignSchema } from '../api/campaigns';
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
			description: 'Name of the campaign',
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
	outputSchema: newCampaignSchema,
	run: async (item, api, sends) => {
		const name = requireField(item, 'campaignName', 'Enter a name for the campaign.');
		const brand = requireField(item, 'brandName', 'Enter the brand that the campaign is for.');
		return await sends.change(async () => [await createCampaign(api, name, brand)]);
	},
};
