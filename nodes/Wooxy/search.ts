import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { throwAsNodeError } from '../shared/errors/throwAsNodeError';
import { textOrNull } from '../shared/formats/values';
import { type Api, connect } from './api/connection';
import { getContactListPage } from './api/contactLists';
import { getDomainPage } from './api/domains';

/**
 * The drop-downs, page by page. Wooxy cannot search by a part of a name, so the filter is applied
 * here, and pages without a match are skipped.
 */

interface SearchPage {
	entries: Array<{ name: string; value: string }>;
	/** The position of the next page; undefined on the last one. */
	next?: string;
}

async function search(
	context: ILoadOptionsFunctions,
	read: (api: Api, position: string) => Promise<SearchPage>,
	filter = '',
	start = '',
): Promise<INodeListSearchResult> {
	const query = filter.trim().toLowerCase();
	return await throwAsNodeError(context, async () => {
		const api = await connect(context);
		let position: string | undefined = start;
		while (position !== undefined) {
			const { entries, next }: SearchPage = await read(api, position);
			const results = entries.filter(({ name }) => name.toLowerCase().includes(query));
			if (results.length > 0) return { results, paginationToken: next };
			position = next;
		}
		return { results: [] };
	});
}

export async function searchDomains(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, domainPage, filter, paginationToken);
}

async function domainPage(api: Api, position: string): Promise<SearchPage> {
	const { found, next } = await getDomainPage(api, Number(position));
	const entries = found.map(({ json }) => entry(textOrNull(json.domain), json.domain));
	return { entries, next: next?.toString() };
}

/** The contact lists of all domains: Wooxy lists them for one domain at a time. */
export async function searchContactLists(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, contactListPage, filter, paginationToken);
}

/** @param position `<index of the domain>:<offset of the page in its lists>` */
async function contactListPage(api: Api, position: string): Promise<SearchPage> {
	const [index = 0, offset = 0] = position.split(':').map(Number);
	const domains = await getDomainPage(api, index, 1);
	const domain = textOrNull(domains.found[0]?.json.domain);
	if (domain === null) return { entries: [] };
	const lists = await getContactListPage(api, domain, offset);
	const nextDomain = domains.next === undefined ? undefined : `${index + 1}:0`;
	const entries = lists.found.map(({ json: { contactListName, contactListId } }) => {
		const name = textOrNull(contactListName) ?? textOrNull(contactListId) ?? '';
		return entry(`${name} (${domain})`, contactListId);
	});
	return { entries, next: lists.next === undefined ? nextDomain : `${index}:${lists.next}` };
}

function entry(name: string | null, value: unknown) {
	return { name: name ?? '', value: textOrNull(value) ?? '' };
}
