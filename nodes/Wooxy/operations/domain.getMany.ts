import { limitField, returnAllField } from '../../shared/fields';
import { limitOf } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { domainShape, getDomains } from '../api/domains';

export const getManyDomains: Operation<Api> = {
	resource: 'domain',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get domains',
	description: 'List the domains of the account',
	fields: [returnAllField, limitField],
	gives: domainShape,
	run: async (item, api) => await getDomains(api, limitOf(item)),
};
