import type { IDataObject } from 'n8n-workflow';
import type { Api } from './connection';
import { findPage, findUpTo, PAGE_SIZE } from './pages';
import type { Page } from './pages';

/** domain/find (4.1), one page. */
export async function getDomainPage(api: Api, offset: number, limit = PAGE_SIZE): Promise<Page> {
	return await findPage(api, 'domain/find', {}, offset, limit);
}

/** domain/find (4.1). */
export async function getDomains(api: Api, limit: number): Promise<IDataObject[]> {
	return await findUpTo(api, 'domain/find', {}, limit);
}
