import { limitField, returnAllField } from '../../shared/fields';
import { limited } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getOptOuts, optOutShape } from '../api/optOuts';

export const getManyOptOuts: Operation<Api> = {
	resource: 'optOut',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get opted out numbers',
	description: 'List the numbers that want no more messages from this license key',
	fields: [returnAllField, limitField],
	gives: optOutShape,
	run: async (item, api) => limited(item, await getOptOuts(api)),
};
