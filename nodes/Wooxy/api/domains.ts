import type { IDataObject } from 'n8n-workflow';
import { readIsoTime } from '../../shared/formats/providerTime';
import { textOrNull } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { FLAG, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import { readFlag } from '../wire';
import type { Api } from './connection';
import { findPage, findUpTo, type ListQuery, type Page, PAGE_SIZE, type Warn } from './pages';

/** The domains of the account (docs/providers/wooxy.md 4.1). */

export const domainSchema = {
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
			domainId: textOrNull(raw.domainId),
			domain: textOrNull(raw.domain),
			isTrial: readFlag(raw.isTrial),
			createdAt: readIsoTime(raw.createdAt),
		},
		raw,
	};
}

const QUERY: ListQuery = { method: 'domain/find', criteria: {}, read: readDomain };

export async function getDomainPage(api: Api, offset: number, limit = PAGE_SIZE): Promise<Page> {
	return await findPage(api, QUERY, offset, limit);
}

export async function getDomains(api: Api, limit: number, warn: Warn): Promise<Output[]> {
	return await findUpTo(api, QUERY, limit, warn);
}
