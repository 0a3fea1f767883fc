import { limitField, returnAllField } from '../../shared/fields';
import { limitOf } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import { readIsoTime } from '../../shared/clock';
import { text } from '../../shared/values';
import { getDomains } from '../api/domains';
import { PROVIDER } from '../name';
import type { Api } from '../api/connection';
import { flag } from '../wire';

export const getManyDomains: Operation<Api> = {
	resource: 'domain',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get domains',
	description: 'List the domains of the account',
	fields: [returnAllField, limitField],
	run: async (item, api) =>
		(await getDomains(api, limitOf(item))).map((raw) => ({
			json: {
				provider: PROVIDER,
				domainId: text(raw.domainId),
				domain: text(raw.domain),
				isTrial: flag(raw.isTrial),
				createdAt: readIsoTime(raw.createdAt),
			},
			raw,
		})),
};
