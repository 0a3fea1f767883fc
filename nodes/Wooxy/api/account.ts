import type { IDataObject } from 'n8n-workflow';
import type { Api } from './connection';
import { call } from './request';

/** account/info (4.6). */
export async function getAccount(api: Api): Promise<IDataObject> {
	return await call(api, 'account/info', {}, (envelope) => envelope);
}
