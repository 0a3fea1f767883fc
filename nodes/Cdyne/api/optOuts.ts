import type { IDataObject } from 'n8n-workflow';
import type { Output } from '../../shared/model/output';
import { TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import { fromCdyneForm } from '../number';
import { toObjects, readDate } from '../wire';
import type { Api } from './connection';
import { verifyEmptyList } from './emptyLists';
import { get } from './request';

export const optOutSchema = {
	provider: TEXT,
	phoneNumber: TEXT_OR_NULL,
	optedOutAt: TEXT_OR_NULL,
};

function readOptOut(raw: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			phoneNumber: fromCdyneForm(raw.PhoneNumber),
			optedOutAt: readDate(raw.EntryDate),
		},
		raw,
	};
}

export async function getOptOuts(api: Api): Promise<Output[]> {
	const query = { LicenseKey: api.licenseKey };
	const numbers = await get(api, 'GetUnsubscribedNumbers', query, toObjects);
	return (await verifyEmptyList(api, numbers)).map(readOptOut);
}
