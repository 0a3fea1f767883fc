import type { IDataObject } from 'n8n-workflow';
import { text, written } from '../../shared/values';
import { objectsOf } from '../wire';
import type { Api } from './connection';
import { call } from './request';

/** Lists, which come in pages (docs/providers/wooxy.md 4). */

/** Rows asked for at once: the documented default, since the largest page is not published (4). */
export const PAGE_SIZE = 20;

export interface Page {
	rows: IDataObject[];
	/** Where the next page begins; undefined on the last one. */
	next?: number;
}

function readPage(envelope: IDataObject, offset: number, asked: number): Page {
	const { data, totalCount, limit } = envelope;
	const rows = objectsOf(data);
	// Wooxy repeats the limit it went by
	const repeated = Number(written(limit));
	const size = repeated > 0 ? repeated : asked;
	const next = offset + size;
	const total = text(totalCount) === null ? undefined : Number(totalCount);
	const more = rows.length >= size && (total === undefined || next < total);
	return { rows, ...(more && { next }) };
}

export async function findPage(
	api: Api,
	method: string,
	by: IDataObject,
	offset: number,
	limit: number,
): Promise<Page> {
	const read = (envelope: IDataObject) => readPage(envelope, offset, limit);
	return await call(api, method, { ...by, offset, limit }, read);
}

/** Rows up to a limit, page by page. */
export async function findUpTo(
	api: Api,
	method: string,
	by: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for (let offset: number | undefined = 0; offset !== undefined && found.length < limit; ) {
		const page = await findPage(api, method, by, offset, PAGE_SIZE);
		found.push(...page.rows);
		offset = page.next;
	}
	return found.slice(0, limit);
}
