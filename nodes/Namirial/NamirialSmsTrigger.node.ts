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
import { forgetAddress, isRemembered, rememberAddress } from '../shared/triggerAddress';
import { warnWithoutToken } from '../shared/token';
import { eventsField, postbackFields, postbackWebhook } from '../shared/trigger';
import { namirialSmsGatewayApiTest } from './credentialTest';
import { readPostback } from './postback';
import { accepts, filterFields } from './triggerFields';

export class NamirialSmsTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Namirial SMS Trigger',
		name: 'namirialSmsTrigger',
		icon: { light: 'file:namirial.svg', dark: 'file:namirial.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
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
		webhooks: [postbackWebhook],
		properties: [
			{
				displayName:
					'Namirial posts what becomes of a message only to the address that was sent with it. Set Status Updates of the Namirial SMS node to this trigger, or copy the production URL there.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			eventsField(['message.status', 'unknown'], ['message.status']),
			...postbackFields('whenStored', filterFields),
		],
	};

	methods = { credentialTest: { namirialSmsGatewayApiTest } };

	// there is nothing to register at Namirial: the address goes out with each message
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => isRemembered(this));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					await warnWithoutToken(this, 'namirialSmsGatewayApi');
					rememberAddress(this);
					return true;
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					forgetAddress(this);
					return true;
				});
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, {
			provider: 'namirial',
			credential: 'namirialSmsGatewayApi',
			read: readPostback,
			accepts,
			answer: 'whenStored',
		});
	}
}
