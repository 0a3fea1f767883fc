import type { Operation } from '../../shared/provider/operation';
import { accountSchema, getAccount } from '../api/account';
import type { Api } from '../api/connection';

export const getAccountDetails: Operation<Api> = {
	resource: 'account',
	operation: 'get',
	name: 'Get',
	action: 'Get the account',
	description: 'Get the name and the balance of the account',
	outputSchema: accountSchema,
	run: async (_item, api) => [await getAccount(api)],
};
