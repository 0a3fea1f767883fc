import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { triggerSubtitle } from '../shared/panel/subtitle';
import { eventsField, postbackFields, postbackWebhook } from '../shared/panel/triggerFields';
import { webhookMethods } from '../shared/receiving/activation';
import { receive } from '../shared/receiving/receive';
import { namirialSmsGatewayApiTest } from './credentialTest';
import { namirial } from './provider';
import { filterFields } from './triggerFields';

export class NamirialSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Namirial SMS Trigger',
		name: 'namirialSmsTrigger',
		icon: { light: 'file:namirial.svg', dark: 'file:namirial.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description: 'Starts the workflow when the status of a message changes',
		eventTriggerDescription: 'Send an SMS with Status Updates to this trigger',
		defaults: { name: 'Namirial SMS Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'namirialSmsGatewayApi', required: false, testedBy: 'namirialSmsGatewayApiTest' },
		],
		webhooks: [postbackWebhook(namirial.postbacks)],
		properties: [
			{
				displayName:
					'Namirial posts the status of a message only to the URL that was sent with it. Set Status Updates of the Namirial SMS node to this trigger, or copy the Production URL to its Status URL.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			eventsField(['message.status', 'unknown'], ['message.status']),
			...postbackFields(namirial.postbacks, filterFields),
		],
	};

	methods = { credentialTest: { namirialSmsGatewayApiTest } };

	webhookMethods = webhookMethods(namirial);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, namirial);
	}
}
