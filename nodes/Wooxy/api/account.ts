import { textOrNull } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { NUMBER_OR_NULL, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import type { Api } from './connection';
import { call } from './request';

export const accountSchema = {
	provider: TEXT,
	accountName: TEXT_OR_NULL,
	accountBalance: NUMBER_OR_NULL,
};

/** account/info (docs/providers/wooxy.md 4.6). */
export async function getAccount(api: Api): Promise<Output> {
	return await call(api, 'account/info', {}, (raw) => {
		const balance = textOrNull(raw.accountBalance);
		// in a currency that the response does not name
		const accountBalance = balance === null ? null : Number(balance);
		const accountName = textOrNull(raw.accountName);
		return { json: { provider: PROVIDER, accountName, accountBalance }, raw };
	});
}
