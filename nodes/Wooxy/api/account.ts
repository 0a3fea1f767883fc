import type { Output } from '../../shared/item';
import { NUMBER_OR_NULL, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import type { Api } from './connection';
import { call } from './request';

export const accountShape = {
	provider: TEXT,
	accountName: TEXT_OR_NULL,
	accountBalance: NUMBER_OR_NULL,
};

/** account/info (docs/providers/wooxy.md 4.6). */
export async function getAccount(api: Api): Promise<Output> {
	return await call(api, 'account/info', {}, (raw) => {
		const balance = text(raw.accountBalance);
		return {
			json: {
				provider: PROVIDER,
				accountName: text(raw.accountName),
				// the currency is not given
				accountBalance: balance === null ? null : Number(balance),
			},
			raw,
		};
	});
}
