import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { webhookMethods } from '../shared/activation';
import { receive } from '../shared/receive';
import { triggerSubtitle } from '../shared/subtitle';
import { eventsField, postbackFields, postbackWebhook } from '../shared/trigger';
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
		description: 'Starts the workflow when a message changes its status',
		defaults: { name: 'Namirial SMS Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'namirialSmsGatewayApi',
				required: false,
				testedBy: 'namirialSmsGatewayApiTest',
			},
		],
		webhooks: [postbackWebhook(namirial.postbacks)],
		properties: [
			{
				displayName:
					'Namirial posts what becomes of a message only to the address that was sent with it. Set Status Updates of the Namirial SMS node to this trigger, or copy the production URL there.',
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
