import type { IDataObject } from 'n8n-workflow';
import { child, children } from '../../shared/formats/xml';
import type { HttpResponse } from '../../shared/http/response';
import { TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { NO_CAMPAIGNS } from '../codes';
import { PROVIDER } from '../name';
import { type Field, readResponse, toJsonValue, trimmedText } from '../wire';
import type { Api } from './connection';
import { call, requireChild } from './request';

export const campaignSchema = { provider: TEXT, campaignId: TEXT_OR_NULL, name: TEXT_OR_NULL };

export const newCampaignSchema = {
	provider: TEXT,
	campaignId: TEXT,
	campaignName: TEXT,
	brandName: TEXT,
};

/** getMmsCampaigns (docs/providers/skycore.md 3.6). */
export async function getCampaigns(api: Api): Promise<Array<{ json: IDataObject; raw: unknown }>> {
	return await call(api, 'getMmsCampaigns', [], (response) => {
		const root = readResponse(response, NO_CAMPAIGNS);
		return children(child(root, 'MMSCAMPAIGNS'), 'CAMPAIGN').map((campaign) => ({
			json: {
				provider: PROVIDER,
				campaignId: trimmedText(campaign, 'ID'),
				name: trimmedText(campaign, 'NAME'),
			},
			raw: toJsonValue(campaign),
		}));
	});
}

/** createMMSCampaign (docs/providers/skycore.md 3.6). */
export async function createCampaign(api: Api, campaignName: string, brandName: string) {
	const fields: Field[] = [
		['CAMPAIGNNAME', campaignName],
		['BRANDNAME', brandName],
	];
	const read = (response: HttpResponse) => {
		const root = readResponse(response);
		const json: IDataObject = {
			provider: PROVIDER,
			campaignId: requireChild(root, 'CAMPAIGNID'),
			campaignName: trimmedText(root, 'CAMPAIGNNAME') ?? campaignName,
			brandName: trimmedText(root, 'BRANDNAME') ?? brandName,
		};
		return { json, raw: toJsonValue(root) };
	};
	return await call(api, 'createMMSCampaign', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The campaign may have been created',
			description: 'List the campaigns with Get Many before you create it again.',
		},
	});
}
