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
		description: 'Send texts through Namirial SMS and see what became of them',
		defaults: { name: 'Namirial SMS' },
		inputs: [NodeConnectionTypes.Main],
		outputs: deliveryOutputs,
		webhooks: resumeWebhooks,
		usableAsTool: true,
		credentials: [
			{
				name: 'namirialSmsGatewayApi',
				required: false,
				testedBy: 'namirialSmsGatewayApiTest',
			},
			{ name: 'namirialSmsStatusApi', required: false, testedBy: 'namirialSmsStatusApiTest' },
		],
		properties: properties(namirial),
	};

	methods = {
		credentialTest: { namirialSmsGatewayApiTest, namirialSmsStatusApiTest },
		loadOptions: { getCountries: getCountriesWithNumbers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, namirial);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await resume(this, namirial);
	}
}
