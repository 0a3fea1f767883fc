import type { IDataObject } from 'n8n-workflow';
import type { Api } from './connection';
import { findUpTo } from './pages';
import { call } from './request';

/** phone-blacklist/add (4.3). */
export async function blockNumber(api: Api, phoneNumber: string, rejectType: string) {
	const body = { records: [{ phoneNumber, rejectType }] };
	return await call(api, 'phone-blacklist/add', body, (envelope) => envelope);
}

/** phone-blacklist/find (4.3). */
export async function getBlockedNumbers(
	api: Api,
	by: { phoneNumber?: string; rejectType?: string },
	limit: number,
): Promise<IDataObject[]> {
	return await findUpTo(api, 'phone-blacklist/find', { ...by }, limit);
}

/** phone-blacklist/remove (4.3). */
export async function unblockNumber(api: Api, phoneNumber: string): Promise<IDataObject> {
	return await call(api, 'phone-blacklist/remove', { phoneNumber }, (envelope) => envelope);
}
