import {
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { triggerSubtitle } from '../shared/panel/subtitle';
import {
	eventsField,
	ignoreSystemWordsField,
	postbackFields,
	postbackWebhook,
} from '../shared/panel/triggerFields';
import { webhookMethods } from '../shared/receiving/activation';
import { receive } from '../shared/receiving/receive';
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
		description:
			'Starts the workflow when a message is received or the status of a message changes',
		eventTriggerDescription: 'Text your Skycore number from any phone',
		defaults: { name: 'Skycore Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'skycoreApi', required: false, testedBy: 'skycoreApiTest' }],
		webhooks: [postbackWebhook(skycore.postbacks)],
		properties: [
			{
				displayName:
					'Skycore has one Postback URL for the whole account, which you set by hand: copy the Production URL above, append ?token= and the Postback Token of the credential, and enter it in API Settings → Postback URL. It looks like https://n8n.example.com/webhook/…/webhook?token=…',
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
			...postbackFields(skycore.postbacks, [ignoreSystemWordsField]),
		],
	};

	methods = { credentialTest: { skycoreApiTest } };

	webhookMethods = webhookMethods(skycore);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, skycore);
	}
}
