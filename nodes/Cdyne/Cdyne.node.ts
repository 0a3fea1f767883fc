import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { getCountriesWithNumbers } from '../shared/panel/countries';
import { properties } from '../shared/panel/properties';
import { actionSubtitle } from '../shared/panel/subtitle';
import { getTimeZoneChoices } from '../shared/panel/timeZones';
import { run } from '../shared/run/run';
import { waitOutputs } from '../shared/waiting/routeOutputs';
import { resume, resumeWebhooks } from '../shared/waiting/resume';
import { cdyneApiTest } from './credentialTest';
import { cdyne } from './provider';
import { searchKeywords, searchShortCodes } from './search';

export class Cdyne implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CDYNE SMS Notify!',
		name: 'cdyne',
		icon: { light: 'file:cdyne.svg', dark: 'file:cdyne.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: actionSubtitle,
		description: 'Send texts and MMS through CDYNE SMS Notify! and follow their delivery',
		defaults: { name: 'CDYNE SMS Notify!' },
		inputs: [NodeConnectionTypes.Main],
		outputs: waitOutputs,
		webhooks: resumeWebhooks,
		usableAsTool: true,
		credentials: [{ name: 'cdyneApi', required: true, testedBy: 'cdyneApiTest' }],
		properties: properties(cdyne),
	};

	methods = {
		credentialTest: { cdyneApiTest },
		loadOptions: { getCountries: getCountriesWithNumbers, getTimeZones: getTimeZoneChoices },
		listSearch: { searchKeywords, searchShortCodes },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, cdyne);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, cdyne);
	}
}
