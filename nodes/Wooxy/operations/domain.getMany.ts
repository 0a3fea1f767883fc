import { addHint } from '../../shared/host/internals';
import { limitOf } from '../../shared/input/options';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { domainSchema, getDomains } from '../api/domains';

export const getManyDomains: Operation<Api> = {
	resource: 'domain',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get domains',
	description: 'List the domains of the account',
	fields: [returnAllField, limitField],
	outputSchema: domainSchema,
	run: async (item, api) =>
		await getDomains(api, limitOf(item), (text) => addHint(item.context, text)),
};
