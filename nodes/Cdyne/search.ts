import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchList } from '../shared/panel/listField';
import { connect } from './api/connection';
import { getKeywords } from './api/keywords';

/** The license key's keywords, each with its short code. */
export async function searchKeywords(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const read = async () => {
		const keywords = await getKeywords(await connect(this));
		return keywords.flatMap(({ keyword, shortCode }) =>
			keyword === null ? [] : [{ name: `${keyword} (${shortCode ?? ''})`, value: keyword }],
		);
	};
	return await searchList(this, read, filter);
}

/** The short codes that the license key has keywords for. */
export async function searchShortCodes(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const read = async () => {
		const keywords = await getKeywords(await connect(this));
		return keywords.flatMap(({ shortCode }) =>
			shortCode === null ? [] : [{ name: shortCode, value: shortCode }],
		);
	};
	return await searchList(this, read, filter);
}
