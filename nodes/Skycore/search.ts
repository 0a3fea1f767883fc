import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { choose } from '../shared/choose';
import { connect } from './api/connection';
import { getMmsIds } from './api/mms';

/** The saved MMS of the account. Skycore lists their ids only. */
export async function searchMms(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const read = async () => {
		const ids = await getMmsIds(await connect(this));
		return ids.map((id) => ({ name: id, value: id }));
	};
	return await choose(this, read, filter);
}
