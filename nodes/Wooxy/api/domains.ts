import type { IDataObject } from 'n8n-workflow';
import { readIsoTime } from '../../shared/clock';
import type { Output } from '../../shared/item';
import { FLAG, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { text } from '../../shared/values';
import { PROVIDER } from '../name';
import { flag } from '../wire';
import type { Api } from './connection';
import { findPage, findUpTo, PAGE_SIZE } from './pages';
import type { Page } from './pages';

/** The domains of the account (docs/providers/wooxy.md 4.1). */

export const domainShape = {
	provider: TEXT,
	domainId: TEXT_OR_NULL,
	domain: TEXT_OR_NULL,
	isTrial: FLAG,
	createdAt: TEXT_OR_NULL,
};

function readDomain(raw: IDataObject): Output {
	return {
		json: {
			provider: PROVIDER,
			domainId: text(raw.domainId),
			domain: text(raw.domain),
			isTrial: flag(raw.isTrial),
			createdAt: readIsoTime(raw.createdAt),
		},
		raw,
	};
}

/** domain/find, one page. */
export async function getDomainPage(api: Api, offset: number, limit = PAGE_SIZE): Promise<Page> {
	return await findPage(api, { method: 'domain/find', by: {}, read: readDomain }, offset, limit);
}

/** domain/find, up to a limit. */
export async function getDomains(api: Api, limit: number): Promise<Output[]> {
	return await findUpTo(api, { method: 'domain/find', by: {}, read: readDomain }, limit);
}
