import type { IDataObject } from 'n8n-workflow';
import type { HttpAnswer } from '../../shared/answer';
import { TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { child, children } from '../../shared/xml';
import { NO_CAMPAIGNS } from '../codes';
import { PROVIDER } from '../name';
import { readResponse, valueOf, word } from '../wire';
import type { Field } from '../wire';
import type { Api } from './connection';
import { call, memberOf } from './request';

export const campaignShape = { provider: TEXT, campaignId: TEXT_OR_NULL, name: TEXT_OR_NULL };

export const newCampaignShape = {
	provider: TEXT,
	campaignId: TEXT,
	campaignName: TEXT,
	brandName: TEXT,
};

/** getMmsCampaigns (3.6): none where there are none. */
export async function getCampaigns(api: Api): Promise<Array<{ json: IDataObject; raw: unknown }>> {
	return await call(api, 'getMmsCampaigns', [], (answer) => {
		const root = readResponse(answer, NO_CAMPAIGNS);
		return children(child(root, 'MMSCAMPAIGNS'), 'CAMPAIGN').map((campaign) => ({
			json: { provider: PROVIDER, campaignId: word(campaign, 'ID'), name: word(campaign, 'NAME') },
			raw: valueOf(campaign),
		}));
	});
}

/** createMMSCampaign (3.6). */
export async function createCampaign(api: Api, campaignName: string, brandName: string) {
	const fields: Field[] = [
		['CAMPAIGNNAME', campaignName],
		['BRANDNAME', brandName],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		const json: IDataObject = {
			provider: PROVIDER,
			campaignId: memberOf(root, 'CAMPAIGNID'),
			campaignName: word(root, 'CAMPAIGNNAME') ?? campaignName,
			brandName: word(root, 'BRANDNAME') ?? brandName,
		};
		return { json, raw: valueOf(root) };
	};
	return await call(api, 'createMMSCampaign', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The campaign may have been created',
			description: 'List the campaigns with Get Many before you create it again.',
		},
	});
}
