import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { hook } from '../shared/hooks';
import { text } from '../shared/values';
import { connect } from './api/connection';
import type { Api } from './api/connection';
import { getContactListPage } from './api/contactLists';
import { getDomainPage } from './api/domains';

/**
 * The drop-downs, page by page. Wooxy has no search by a part of a name, so the filter is applied
 * here, and pages without a match are passed over.
 */

interface Step {
	entries: Array<{ name: string; value: string }>;
	/** Where to go on; undefined at the end. */
	next?: string;
}

async function search(
	context: ILoadOptionsFunctions,
	read: (api: Api, position: string) => Promise<Step>,
	filter = '',
	position = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	return await hook(context, async () => {
		const api = await connect(context);
		for (let at: string | undefined = position; at !== undefined; ) {
			const { entries, next }: Step = await read(api, at);
			const results = entries.filter(({ name }) => name.toLowerCase().includes(wanted));
			if (results.length > 0) return { results, paginationToken: next };
			at = next;
		}
		return { results: [] };
	});
}

/** The domains of the account, by name. */
export async function searchDomains(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, domainStep, filter, paginationToken);
}

async function domainStep(api: Api, position: string): Promise<Step> {
	const { found, next } = await getDomainPage(api, Number(position));
	const entries = found.map(({ json }) => entry(text(json.domain), json.domain));
	return { entries, next: next?.toString() };
}

/** The contact lists of every domain: Wooxy lists them for one domain at a time. */
export async function searchContactLists(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, contactListStep, filter, paginationToken);
}

/** @param position `<place of the domain>:<place of the list in it>` */
async function contactListStep(api: Api, position: string): Promise<Step> {
	const [place = 0, offset = 0] = position.split(':').map(Number);
	const domains = await getDomainPage(api, place, 1);
	const domain = text(domains.found[0]?.json.domain);
	if (domain === null) return { entries: [] };
	const lists = await getContactListPage(api, domain, offset);
	const following = domains.next === undefined ? undefined : `${place + 1}:0`;
	return {
		entries: lists.found.map(({ json }) => entry(labelOf(json, domain), json.contactListId)),
		next: lists.next === undefined ? following : `${place}:${lists.next}`,
	};
}

function labelOf({ contactListName, contactListId }: IDataObject, domain: string): string {
	return `${text(contactListName) ?? text(contactListId) ?? ''} (${domain})`;
}

function entry(name: string | null, value: unknown) {
	return { name: name ?? '', value: text(value) ?? '' };
}
