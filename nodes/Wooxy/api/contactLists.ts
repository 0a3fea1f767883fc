import type { IDataObject } from 'n8n-workflow';
import { readIsoTime } from '../../shared/formats/providerTime';
import { textOrNull } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { FLAG, listOf, OBJECT, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import { readFlag, objectsOf } from '../wire';
import type { Api } from './connection';
import { findPage, findUpTo, type ListQuery, type Page, PAGE_SIZE, type Warn } from './pages';

/** The contact lists of a domain (docs/providers/wooxy.md 4.2). */

export const contactListSchema = {
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
			contactListId: textOrNull(raw.contactListId),
			contactListName: textOrNull(raw.contactListName),
			domainId: textOrNull(raw.domainId),
			domain: textOrNull(raw.domain),
			smsFromName: textOrNull(raw.smsFromName),
			isDefault: readFlag(raw.isDefault),
			customVariables: objectsOf(raw.customVariables),
			defaultVariables: objectsOf(raw.defaultVariables),
			createdAt: readIsoTime(raw.createdAt),
			updatedAt: readIsoTime(raw.updatedAt),
		},
		raw,
	};
}

function findInDomain(domain: string): ListQuery {
	return { method: 'contact-list/find', criteria: { domain }, read: readContactList };
}

export async function getContactListPage(api: Api, domain: string, offset: number): Promise<Page> {
	return await findPage(api, findInDomain(domain), offset, PAGE_SIZE);
}

export async function getContactLists(
	api: Api,
	domain: string,
	limit: number,
	warn: Warn,
): Promise<Output[]> {
	return await findUpTo(api, findInDomain(domain), limit, warn);
}
