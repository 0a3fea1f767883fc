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
import { skycoreApiTest } from './credentialTest';
import { skycore } from './provider';

export class SkycoreTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Skycore Trigger',
		name: 'skycoreTrigger',
		icon: { light: 'file:skycore.svg', dark: 'file:skycore.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description: 'Starts the workflow when a message arrives or a message changes its status',
		defaults: { name: 'Skycore Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'skycoreApi', required: false, testedBy: 'skycoreApiTest' }],
		webhooks: [postbackWebhook(skycore.postbacks)],
		properties: [
			{
				displayName:
					'Skycore has one Postback URL for the whole account, set by hand: copy the Production URL above, add ?token= and the Postback Token of the credential, and put it into API Settings → Postback URL. It looks like https://n8n.example.com/webhook/…/webhook?token=…',
				name: 'postbackUrlNotice',
				type: 'notice',
				default: '',
			},
			eventsField(
				[
					'message.received',
					'message.status',
					'contact.optedIn',
					'contact.optedOut',
					'media.ready',
					'media.failed',
					'unknown',
				],
				['message.received', 'message.status'],
			),
			...postbackFields(skycore.postbacks),
		],
	};

	methods = { credentialTest: { skycoreApiTest } };

	webhookMethods = webhookMethods(skycore);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, skycore);
	}
}
