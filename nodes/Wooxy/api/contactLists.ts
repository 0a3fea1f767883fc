import type { Api } from './connection';
import { findPage, findUpTo, PAGE_SIZE } from './pages';
import type { Page } from './pages';

/** contact-list/find (4.2), one page. */
export async function getContactListPage(api: Api, domain: string, offset: number): Promise<Page> {
	return await findPage(api, 'contact-list/find', { domain }, offset, PAGE_SIZE);
}

/** contact-list/find (4.2). */
export async function getContactLists(api: Api, domain: string, limit: number) {
	return await findUpTo(api, 'contact-list/find', { domain }, limit);
}
