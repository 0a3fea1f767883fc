import { applyLimit } from '../../shared/input/options';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getOptOuts, optOutSchema } from '../api/optOuts';

export const getManyOptOuts: Operation<Api> = {
	resource: 'optOut',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get opted out numbers',
	description: 'List the numbers that opted out of messages from this license key',
	fields: [returnAllField, limitField],
	outputSchema: optOutSchema,
	run: async (item, api) => applyLimit(item, await getOptOuts(api)),
};
