import { applyLimit } from '../../shared/input/options';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { campaignSchema, getCampaigns } from '../api/campaigns';
import type { Api } from '../api/connection';

export const getManyCampaigns: Operation<Api> = {
	resource: 'campaign',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get campaigns',
	description: 'List the MMS campaigns of the account',
	fields: [returnAllField, limitField],
	outputSchema: campaignSchema,
	run: async (item, api) => applyLimit(item, await getCampaigns(api)),
};
