import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { hook } from '../shared/hooks';
import { receive } from '../shared/receive';
import { warnWithoutToken } from '../shared/token';
import { eventsField, postbackFields, postbackWebhook } from '../shared/trigger';
import { skycoreApiTest } from './credentialTest';
import { readPostback } from './postback';

export class SkycoreTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Skycore Trigger',
		name: 'skycoreTrigger',
		icon: { light: 'file:skycore.svg', dark: 'file:skycore.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a message arrives or a message changes its status',
		defaults: { name: 'Skycore Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'skycoreApi', required: false, testedBy: 'skycoreApiTest' }],
		webhooks: [postbackWebhook],
		properties: [
			{
				displayName:
					'Skycore has one Postback URL for the whole account. Put the production URL of this trigger into API Settings there, with ?token=… at its end if the credential has a Postback Token.',
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
			...postbackFields('whenStored'),
		],
	};

	methods = { credentialTest: { skycoreApiTest } };

	/** Nothing to register: Skycore has one address, which its user sets by hand (docs/providers/skycore.md 6.1). */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					await warnWithoutToken(this, 'skycoreApi');
					return true;
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, {
			provider: 'skycore',
			credential: 'skycoreApi',
			read: readPostback,
			answer: 'whenStored',
		});
	}
}
