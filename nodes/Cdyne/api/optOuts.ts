import type { IDataObject } from 'n8n-workflow';
import { objects } from '../wire';
import type { Api } from './connection';
import { believed } from './emptyLists';
import { get } from './request';

/** GetUnsubscribedNumbers. */
export async function getOptOuts(api: Api): Promise<IDataObject[]> {
	const query = { LicenseKey: api.licenseKey };
	return await believed(api, await get(api, 'GetUnsubscribedNumbers', query, objects));
}
