import type { IDataObject } from 'n8n-workflow';
import { textOrNull, toText } from '../../shared/formats/values';
import type { Output } from '../../shared/model/output';
import { objectsOf } from '../wire';
import type { Api } from './connection';
import { call } from './request';

/** Lists, which Wooxy returns in pages (docs/providers/wooxy.md 4). */

/** Rows per page: the documented default, since the maximum is not published. */
export const PAGE_SIZE = 20;

/** Which list to read, which rows of it, and how. */
export interface ListQuery {
	method: string;
	criteria: IDataObject;
	read(row: IDataObject): Output;
}

export interface Page {
	found: Output[];
	/** The offset of the next page; undefined on the last one. */
	next?: number;
}

export async function findPage(
	api: Api,
	{ method, criteria, read }: ListQuery,
	offset: number,
	limit: number,
): Promise<Page> {
	return await call(api, method, { ...criteria, offset, limit }, (envelope) => {
		const rows = objectsOf(envelope.data);
		// the limit that Wooxy applied, which may be smaller
		const appliedLimit = Number(toText(envelope.limit));
		const size = appliedLimit > 0 ? appliedLimit : limit;
		// INFERRED: `limit` is a page size, although the documentation also calls it the end point
		const next = offset + size;
		const { totalCount } = envelope;
		const isInList = textOrNull(totalCount) === null || next < Number(totalCount);
		return { found: rows.map(read), ...(rows.length >= size && isInList && { next }) };
	});
}

/** Called if rows may be missing. */
export type Warn = (message: string) => void;

/** Reads up to `limit` rows, each once, until a page has nothing new. */
export async function findUpTo(
	api: Api,
	query: ListQuery,
	limit: number,
	warn: Warn,
): Promise<Output[]> {
	const found = new Map<string, Output>();
	let offset: number | undefined = 0;
	while (offset !== undefined && found.size < limit) {
		const page: Page = await findPage(api, query, offset, PAGE_SIZE);
		const sizeBefore = found.size;
		for (const output of page.found) {
			const row = JSON.stringify(output.raw);
			if (!found.has(row)) found.set(row, output);
		}
		if (found.size === sizeBefore && page.found.length > 0) {
			warn(
				`Wooxy repeated the same rows from row ${offset} on, so the node stopped there. Some rows may be missing.`,
			);
			break;
		}
		offset = page.next;
	}
	return [...found.values()].slice(0, limit);
}
