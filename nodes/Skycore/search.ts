import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchList } from '../shared/panel/listField';
import { connect } from './api/connection';
import { getMmsIds } from './api/mms';

/** The saved MMS of the account. Skycore lists only their IDs. */
export async function searchMms(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const read = async () =>
		(await getMmsIds(await connect(this))).map((id) => ({ name: id, value: id }));
	return await searchList(this, read, filter);
}
