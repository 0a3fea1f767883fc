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
import { connect } from './api/connection';
import { wooxyApiTest } from './credentialTest';
import { domainField } from './fields';
import { isUnnamed, readPostback } from './postback';
import { isRegistered, register, unregister } from './registration';
import { searchDomains } from './search';

export class WooxyTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wooxy Trigger',
		name: 'wooxyTrigger',
		icon: { light: 'file:wooxy.svg', dark: 'file:wooxy.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when a text is delivered, a link clicked, or someone opts out',
		defaults: { name: 'Wooxy Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'wooxyApi', required: true, testedBy: 'wooxyApiTest' }],
		webhooks: [postbackWebhook],
		properties: [
			{
				...domainField,
				description: 'The verified domain of your account whose events are wanted',
			},
			eventsField(
				['message.status', 'link.clicked', 'contact.optedIn', 'contact.optedOut', 'unknown'],
				['message.status'],
			),
			// Wooxy waits 1.5 seconds and repeats an event up to 15 times
			...postbackFields('atOnce'),
		],
	};

	methods = { credentialTest: { wooxyApiTest }, listSearch: { searchDomains } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => await isRegistered(this, await connect(this)));
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					await warnWithoutToken(this, 'wooxyApi');
					await register(this, await connect(this));
					return true;
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					await unregister(this, await connect(this));
					return true;
				});
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, {
			provider: 'wooxy',
			credential: 'wooxyApi',
			read: readPostback,
			isUnnamed,
			answer: 'atOnce',
		});
	}
}
