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
import { namirialSmsGatewayApiTest, namirialSmsStatusApiTest } from './credentialTest';
import { namirial } from './provider';

export class NamirialSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Namirial SMS',
		name: 'namirialSms',
		icon: { light: 'file:namirial.svg', dark: 'file:namirial.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: actionSubtitle,
		description: 'Send texts through Namirial SMS and follow their delivery',
		defaults: { name: 'Namirial SMS' },
		inputs: [NodeConnectionTypes.Main],
		outputs: waitOutputs,
		webhooks: resumeWebhooks,
		usableAsTool: true,
		credentials: [
			{ name: 'namirialSmsGatewayApi', required: false, testedBy: 'namirialSmsGatewayApiTest' },
			{ name: 'namirialSmsStatusApi', required: false, testedBy: 'namirialSmsStatusApiTest' },
		],
		properties: properties(namirial),
	};

	methods = {
		credentialTest: { namirialSmsGatewayApiTest, namirialSmsStatusApiTest },
		loadOptions: { getCountries: getCountriesWithNumbers, getTimeZones: getTimeZoneChoices },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, namirial);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, namirial);
	}
}
