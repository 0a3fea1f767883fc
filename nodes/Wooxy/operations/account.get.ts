import type { Operation } from '../../shared/operation';
import { accountShape, getAccount } from '../api/account';
import type { Api } from '../api/connection';

export const getAccountDetails: Operation<Api> = {
	resource: 'account',
	operation: 'get',
	name: 'Get',
	action: 'Get the account',
	description: 'Read name and balance of the account',
	gives: accountShape,
	run: async (_item, api) => [await getAccount(api)],
};
