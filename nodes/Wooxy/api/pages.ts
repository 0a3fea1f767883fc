import type { IDataObject } from 'n8n-workflow';
import type { Output } from '../../shared/item';
import { text, written } from '../../shared/values';
import { objectsOf } from '../wire';
import type { Api } from './connection';
import { call } from './request';

/** Lists, which come in pages (docs/providers/wooxy.md 4). */

/** Rows asked for at once: the documented default, since the largest page is not published (4). */
export const PAGE_SIZE = 20;

/** What a list is asked by, and how its rows are read. */
export interface Find {
	method: string;
	by: IDataObject;
	read(row: IDataObject): Output;
}

export interface Page {
	found: Output[];
	/** Where the next page begins; undefined on the last one. */
	next?: number;
}

function readPage(envelope: IDataObject, read: Find['read'], offset: number, asked: number): Page {
	const { data, totalCount, limit } = envelope;
	const rows = objectsOf(data);
	// Wooxy repeats the limit it went by
	const repeated = Number(written(limit));
	const size = repeated > 0 ? repeated : asked;
	const next = offset + size;
	const total = text(totalCount) === null ? undefined : Number(totalCount);
	const more = rows.length >= size && (total === undefined || next < total);
	return { found: rows.map(read), ...(more && { next }) };
}

/** One page. */
export async function findPage(
	api: Api,
	{ method, by, read }: Find,
	offset: number,
	limit: number,
): Promise<Page> {
	return await call(api, method, { ...by, offset, limit }, (envelope) =>
		readPage(envelope, read, offset, limit),
	);
}

/** Up to a limit, page by page. */
export async function findUpTo(api: Api, find: Find, limit: number): Promise<Output[]> {
	const found: Output[] = [];
	for (let offset: number | undefined = 0; offset !== undefined && found.length < limit; ) {
		const page = await findPage(api, find, offset, PAGE_SIZE);
		found.push(...page.found);
		offset = page.next;
	}
	return found.slice(0, limit);
}
