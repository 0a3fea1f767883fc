import type { Output } from '../../shared/item';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import type { Api } from './connection';
import { call } from './request';

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
