import type { IDataObject } from 'n8n-workflow';
import { isObject, textOrNull } from '../../shared/formats/values';
import { type Code, KEYWORD_RETURN_CODES, readCode } from '../codes';
import { toObjects, readDate } from '../wire';
import type { Api } from './connection';
import { throwUnexpected, throwRefusal } from './refusals';
import { get, post } from './request';

export interface Keyword {
	keyword: string | null;
	shortCode: string | null;
	assignedAt: string | null;
	result: Code;
	raw: IDataObject;
}

/** Reads an SMSKeywordResponse. Its code is NoError even if an entry failed. */
function readKeywords(value: unknown): Keyword[] {
	const raw = isObject(value) ? value : throwUnexpected('an SMSKeywordResponse', value);
	const outer = readCode(raw.ReturnCode, KEYWORD_RETURN_CODES);
	if (outer.name === 'InternalError') throwRefusal(outer, 'unavailable');
	if (outer.number !== 0) throwRefusal(outer);
	return toObjects(raw.SMSKeyword).map((entry) => ({
		keyword: textOrNull(entry.Keyword),
		shortCode: textOrNull(entry.ShortCode),
		assignedAt: readDate(entry.EntryDate),
		result: readCode(entry.ReturnCode, KEYWORD_RETURN_CODES),
		raw: entry,
	}));
}

export async function getKeywords(api: Api): Promise<Keyword[]> {
	return await get(api, 'GetKeywords', { LicenseKey: api.licenseKey }, readKeywords);
}

/** AssignKeyword or RemoveKeyword. INFERRED (docs/providers/cdyne.md 4): the second is a POST. */
export async function changeKeyword(
	api: Api,
	change: 'AssignKeyword' | 'RemoveKeyword',
	keyword: string,
	shortCode: string,
): Promise<Keyword> {
	const entries = [{ Keyword: keyword, ShortCode: shortCode }];
	const body = { LicenseKey: api.licenseKey, SMSKeywords: entries };
	return await post(api, change, body, (value) => {
		const [entry] = readKeywords(value);
		return entry ?? throwUnexpected('the keyword', value);
	});
}
