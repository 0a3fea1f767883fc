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
import { wooxyApiTest } from './credentialTest';
import { domainField } from './fields';
import { wooxy } from './provider';
import { searchDomains } from './search';

export class WooxyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wooxy Trigger',
		name: 'wooxyTrigger',
		icon: { light: 'file:wooxy.svg', dark: 'file:wooxy.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description:
			'Starts the workflow when a text is delivered, a link is clicked, or someone opts in or out',
		defaults: { name: 'Wooxy Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wooxyApi', required: true, testedBy: 'wooxyApiTest' }],
		webhooks: [postbackWebhook(wooxy.postbacks)],
		properties: [
			{
				...domainField,
				description: 'The verified domain of your account whose events to receive',
			},
			eventsField(
				['message.status', 'link.clicked', 'contact.optedIn', 'contact.optedOut', 'unknown'],
				['message.status'],
			),
			...postbackFields(wooxy.postbacks),
		],
	};

	methods = { credentialTest: { wooxyApiTest }, listSearch: { searchDomains } };

	webhookMethods = webhookMethods(wooxy);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, wooxy);
	}
}
