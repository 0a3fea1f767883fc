import type { IDataObject } from 'n8n-workflow';
import { isObject, text } from '../../shared/values';
import { POSTBACK_RETURN_CODES, POSTBACK_TYPES, readCode } from '../codes';
import type { Code } from '../codes';
import { bool, objects } from '../wire';
import type { Api } from './connection';
import { refuse } from './refusals';
import { get } from './request';
import type { Parameters } from './request';

/** Whose postbacks: all of the license key's, or one number's. */
export type Scope = { phoneNumber?: undefined } | { phoneNumber: string; country: string };

export interface PostbackSetting {
	postbackType: Code;
	url: string | null;
	enabled: boolean;
	phoneNumber: string | null;
	country: string | null;
	raw: IDataObject;
}

function scoped(api: Api, scope: Scope): { suffix: string; query: Parameters } {
	const key = { LicenseKey: api.licenseKey };
	if (scope.phoneNumber === undefined) return { suffix: 'ForLicenseKey', query: key };
	const query = { ...key, PhoneNumber: scope.phoneNumber, Country: scope.country };
	return { suffix: 'ForPhoneNumber', query };
}

function checkReturn(value: unknown): void {
	const code = readCode(isObject(value) ? value.ReturnCode : value, POSTBACK_RETURN_CODES);
	if (code.number !== 0) refuse(code);
}

/** GetPostbackSettings…: the settings there are, one for each type of postback. */
export async function getPostbackSettings(api: Api, scope: Scope): Promise<PostbackSetting[]> {
	const { suffix, query } = scoped(api, scope);
	return await get(api, `GetPostbackSettings${suffix}`, query, (value) =>
		objects(value)
			.filter((raw) => {
				const code = readCode(raw.ReturnCode, POSTBACK_RETURN_CODES);
				// nothing is set
				if (code.name === 'NotFound') return false;
				return code.number === 0 || refuse(code);
			})
			.map((raw) => ({
				postbackType: readCode(raw.PostbackType, POSTBACK_TYPES),
				url: text(raw.PostbackUrl),
				enabled: bool(raw.PostbackEnabled),
				phoneNumber: text(raw.PhoneNumber),
				country: text(raw.Country),
				raw,
			})),
	);
}

/** SetPostbackUrl…. @param type a name of SMSPostbackType */
export async function setPostbackUrl(api: Api, scope: Scope, type: string, url: string) {
	const { suffix, query } = scoped(api, scope);
	const all = { ...query, PostBackType: type, Url: url };
	await get(api, `SetPostbackUrl${suffix}`, all, checkReturn);
}

/** SetPostbackEnabled…. @param type a name of SMSPostbackType */
export async function setPostbackEnabled(api: Api, scope: Scope, type: string, enabled: boolean) {
	const { suffix, query } = scoped(api, scope);
	const all = { ...query, PostbackType: type, Enabled: String(enabled) };
	await get(api, `SetPostbackEnabled${suffix}`, all, checkReturn);
}
