import type { Operation } from '../../shared/operation';
import { text } from '../../shared/values';
import { getAccount } from '../api/account';
import { PROVIDER } from '../name';
import type { Api } from '../api/connection';

export const getAccountDetails: Operation<Api> = {
	resource: 'account',
	operation: 'get',
	name: 'Get',
	action: 'Get the account',
	description: 'Read name and balance of the account',
	run: async (_item, api) => {
		const raw = await getAccount(api);
		const balance = text(raw.accountBalance);
		return [
			{
				json: {
					provider: PROVIDER,
					accountName: text(raw.accountName),
					// the currency is not given
					accountBalance: balance === null ? null : Number(balance),
				},
				raw,
			},
		];
	},
};
