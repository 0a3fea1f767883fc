import type { IDataObject } from 'n8n-workflow';
import { isObject, text } from '../../shared/values';
import { KEYWORD_RETURN_CODES, readCode } from '../codes';
import type { Code } from '../codes';
import { objects, readDate } from '../wire';
import type { Api } from './connection';
import { odd, refuse } from './refusals';
import { get, post } from './request';

export interface Keyword {
	keyword: string | null;
	shortCode: string | null;
	assignedAt: string | null;
	result: Code;
	raw: IDataObject;
}

/** The outer code is NoError even where an entry failed. */
function readKeywords(value: unknown): Keyword[] {
	const raw = isObject(value) ? value : odd('an SMSKeywordResponse', value);
	const outer = readCode(raw.ReturnCode, KEYWORD_RETURN_CODES);
	if (outer.name === 'InternalError') refuse(outer, 'unavailable');
	if (outer.number !== 0) refuse(outer);
	return objects(raw.SMSKeyword).map((entry) => ({
		keyword: text(entry.Keyword),
		shortCode: text(entry.ShortCode),
		assignedAt: readDate(entry.EntryDate),
		result: readCode(entry.ReturnCode, KEYWORD_RETURN_CODES),
		raw: entry,
	}));
}

/** GetKeywords. */
export async function getKeywords(api: Api): Promise<Keyword[]> {
	return await get(api, 'GetKeywords', { LicenseKey: api.licenseKey }, readKeywords);
}

/** AssignKeyword or RemoveKeyword. */
export async function changeKeyword(
	api: Api,
	change: 'AssignKeyword' | 'RemoveKeyword',
	keyword: string,
	shortCode: string,
): Promise<Keyword> {
	const body = {
		LicenseKey: api.licenseKey,
		SMSKeywords: [{ Keyword: keyword, ShortCode: shortCode }],
	};
	return await post(api, change, body, (value) => {
		const [entry] = readKeywords(value);
		return entry ?? odd('the keyword', value);
	});
}
