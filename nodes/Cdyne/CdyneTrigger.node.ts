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
import { cdyneApiTest } from './credentialTest';
import { cdyne } from './provider';
import { registrationFields, registrationSwitch } from './triggerFields';

export class CdyneTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CDYNE SMS Notify! Trigger',
		name: 'cdyneTrigger',
		icon: { light: 'file:cdyne.svg', dark: 'file:cdyne.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle,
		description: 'Starts the workflow when a text is received or the status of a message changes',
		eventTriggerDescription: 'Text your CDYNE number from any phone',
		defaults: { name: 'CDYNE SMS Notify! Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		triggerPanel: {
			header: 'Listen, then text your CDYNE number from any phone',
			executionsHelp: {
				inactive:
					'To test, turn on Register Automatically, click the button above and text your CDYNE number from any phone. CDYNE posts events once it knows the URL of this trigger: publish the workflow with Register Automatically on, or set the Production URL at CDYNE yourself.',
				active:
					'To test, turn on Register Automatically, click the button above and text your CDYNE number from any phone. CDYNE posts events while the workflow is published, if it knows the URL of this trigger.',
			},
			activationHint:
				'Once the workflow is published, CDYNE posts to the Production URL if Register Automatically is on, or if you have set that URL at CDYNE.',
		},
		credentials: [{ name: 'cdyneApi', required: false, testedBy: 'cdyneApiTest' }],
		webhooks: [postbackWebhook(cdyne.postbacks)],
		properties: [
			eventsField(
				['message.received', 'message.status', 'contact.optedIn', 'contact.optedOut', 'unknown'],
				['message.received', 'message.status'],
			),
			...registrationSwitch,
			...postbackFields(cdyne.postbacks, [...registrationFields, ignoreSystemWordsField]),
		],
	};

	methods = { credentialTest: { cdyneApiTest } };

	webhookMethods = webhookMethods(cdyne);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, cdyne);
	}
}
