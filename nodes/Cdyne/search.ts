import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { choose } from '../shared/choose';
import { connect } from './api/connection';
import { getKeywords } from './api/keywords';

/** The keywords of the license key, each with its short code. */
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
	return await choose(this, read, filter);
}

/** The short codes that the license key has keywords of. */
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
	return await choose(this, read, filter);
}
