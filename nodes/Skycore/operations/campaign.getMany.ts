import { limitField, returnAllField } from '../../shared/fields';
import { limited } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import { campaignShape, getCampaigns } from '../api/campaigns';
import type { Api } from '../api/connection';

export const getManyCampaigns: Operation<Api> = {
	resource: 'campaign',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get campaigns',
	description: 'List the MMS campaigns of the account',
	fields: [returnAllField, limitField],
	gives: campaignShape,
	run: async (item, api) => limited(item, await getCampaigns(api)),
};
