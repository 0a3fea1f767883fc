import type { IDataObject } from 'n8n-workflow';
import { isObject, textOrNull } from '../../shared/formats/values';
import { type Code, POSTBACK_RETURN_CODES, POSTBACK_TYPES, readCode } from '../codes';
import { readBoolean, toObjects } from '../wire';
import { fromCdyneForm, toCdyneForm } from '../number';
import type { Api } from './connection';
import { throwRefusal } from './refusals';
import { get, type QueryParameters } from './request';

/**
 * Postback settings. INFERRED (docs/providers/cdyne.md 4): GetPostbackSettingsForPhoneNumber and
 * SetPostbackEnabled… are GET requests.
 */

/** Which postbacks: those of the license key, or of one of its numbers. */
export type Scope = { phoneNumber?: undefined } | { phoneNumber: string; country: string };

export interface PostbackSetting {
	postbackType: Code;
	url: string | null;
	enabled: boolean;
	phoneNumber: string | null;
	country: string | null;
	raw: IDataObject;
}

function scopedCall(api: Api, scope: Scope): { suffix: string; query: QueryParameters } {
	const key = { LicenseKey: api.licenseKey };
	if (scope.phoneNumber === undefined) return { suffix: 'ForLicenseKey', query: key };
	const query = { ...key, PhoneNumber: toCdyneForm(scope.phoneNumber), Country: scope.country };
	return { suffix: 'ForPhoneNumber', query };
}

/** @throws Failure if the value has another return code than NoError */
function checkReturn(value: unknown): void {
	const code = readCode(isObject(value) ? value.ReturnCode : value, POSTBACK_RETURN_CODES);
	if (code.number !== 0) throwRefusal(code);
}

/** GetPostbackSettings… @returns one setting for each type of postback that has one */
export async function getPostbackSettings(api: Api, scope: Scope): Promise<PostbackSetting[]> {
	const { suffix, query } = scopedCall(api, scope);
	return await get(api, `GetPostbackSettings${suffix}`, query, (value) =>
		toObjects(value)
			.filter((raw) => {
				const code = readCode(raw.ReturnCode, POSTBACK_RETURN_CODES);
				// INFERRED: there are no settings
				if (code.name === 'NotFound') return false;
				return code.number === 0 || throwRefusal(code);
			})
			.map((raw) => ({
				postbackType: readCode(raw.PostbackType, POSTBACK_TYPES),
				url: textOrNull(raw.PostbackUrl),
				enabled: readBoolean(raw.PostbackEnabled),
				phoneNumber: fromCdyneForm(raw.PhoneNumber),
				country: textOrNull(raw.Country),
				raw,
			})),
	);
}

/** SetPostbackUrl… @param type a name of SMSPostbackType */
export async function setPostbackUrl(api: Api, scope: Scope, type: string, url: string) {
	const { suffix, query } = scopedCall(api, scope);
	const parameters = { ...query, PostBackType: type, Url: url };
	await get(api, `SetPostbackUrl${suffix}`, parameters, checkReturn);
}

/** SetPostbackEnabled… @param type a name of SMSPostbackType */
export async function setPostbackEnabled(api: Api, scope: Scope, type: string, enabled: boolean) {
	const { suffix, query } = scopedCall(api, scope);
	const parameters = { ...query, PostbackType: type, Enabled: String(enabled) };
	await get(api, `SetPostbackEnabled${suffix}`, parameters, checkReturn);
}
