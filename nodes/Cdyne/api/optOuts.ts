import type { IDataObject } from 'n8n-workflow';
import type { Output } from '../../shared/item';
import { TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import { objects, readDate } from '../wire';
import type { Api } from './connection';
import { believed } from './emptyLists';
import { get } from './request';

export const optOutShape = {
	provider: TEXT,
	phoneNumber: TEXT_OR_NULL,
	optedOutAt: TEXT_OR_NULL,
};

function readOptOut(raw: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			phoneNumber: text(raw.PhoneNumber),
			optedOutAt: readDate(raw.EntryDate),
		},
		raw,
	};
}

/** GetUnsubscribedNumbers. */
export async function getOptOuts(api: Api): Promise<Output[]> {
	const query = { LicenseKey: api.licenseKey };
	const numbers = await believed(api, await get(api, 'GetUnsubscribedNumbers', query, objects));
	return numbers.map(readOptOut);
}
