import type { IDataObject } from 'n8n-workflow';
import { readIsoTime } from '../../shared/clock';
import type { Output } from '../../shared/item';
import { FLAG, listOf, OBJECT, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import { flag, objectsOf } from '../wire';
import type { Api } from './connection';
import { findPage, findUpTo, PAGE_SIZE } from './pages';
import type { Find, Page } from './pages';

/** The contact lists of a domain (docs/providers/wooxy.md 4.2). */

export const contactListShape = {
	provider: TEXT,
	contactListId: TEXT_OR_NULL,
	contactListName: TEXT_OR_NULL,
	domainId: TEXT_OR_NULL,
	domain: TEXT_OR_NULL,
	smsFromName: TEXT_OR_NULL,
	isDefault: FLAG,
	customVariables: listOf(OBJECT),
	defaultVariables: listOf(OBJECT),
	createdAt: TEXT_OR_NULL,
	updatedAt: TEXT_OR_NULL,
};

function readContactList(raw: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			contactListId: text(raw.contactListId),
			contactListName: text(raw.contactListName),
			domainId: text(raw.domainId),
			domain: text(raw.domain),
			smsFromName: text(raw.smsFromName),
			isDefault: flag(raw.isDefault),
			customVariables: objectsOf(raw.customVariables),
			defaultVariables: objectsOf(raw.defaultVariables),
			createdAt: readIsoTime(raw.createdAt),
			updatedAt: readIsoTime(raw.updatedAt),
		},
		raw,
	};
}

function listsOf(domain: string): Find {
	return { method: 'contact-list/find', by: { domain }, read: readContactList };
}

/** contact-list/find, one page. */
export async function getContactListPage(api: Api, domain: string, offset: number): Promise<Page> {
	return await findPage(api, listsOf(domain), offset, PAGE_SIZE);
}

/** contact-list/find, up to a limit. */
export async function getContactLists(api: Api, domain: string, limit: number): Promise<Output[]> {
	return await findUpTo(api, listsOf(domain), limit);
}
