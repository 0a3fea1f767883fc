import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { getCountriesWithNumbers } from '../shared/countries';
import { deliveryOutputs } from '../shared/delivery';
import { properties } from '../shared/properties';
import { resume, resumeWebhooks } from '../shared/resume';
import { run } from '../shared/run';
import { actionSubtitle } from '../shared/subtitle';
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
		description: 'Send texts and MMS through CDYNE SMS Notify! and see what became of them',
		defaults: { name: 'CDYNE SMS Notify!' },
		inputs: [NodeConnectionTypes.Main],
		outputs: deliveryOutputs,
		webhooks: resumeWebhooks,
		usableAsTool: true,
		credentials: [{ name: 'cdyneApi', required: true, testedBy: 'cdyneApiTest' }],
		properties: properties(cdyne),
	};

	methods = {
		credentialTest: { cdyneApiTest },
		loadOptions: { getCountries: getCountriesWithNumbers },
		listSearch: { searchKeywords, searchShortCodes },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, cdyne);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, cdyne);
	}
}
