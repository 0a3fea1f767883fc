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
import { connect } from './api/connection';
import { cdyneApiTest } from './credentialTest';
import { readPostback } from './postback';
import {
	isRegistered,
	mayBeRegistered,
	register,
	registersItself,
	unregister,
} from './registration';
import { registrationFields, registrationSwitch } from './triggerFields';

export class CdyneTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CDYNE SMS Notify! Trigger',
		name: 'cdyneTrigger',
		icon: { light: 'file:cdyne.svg', dark: 'file:cdyne.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when a text arrives or a message changes its status',
		defaults: { name: 'CDYNE SMS Notify! Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					'Events come once CDYNE knows the address of this trigger: publish the workflow with Register Automatically on, or set the Production URL at CDYNE yourself.',
				active:
					'CDYNE posts events while the workflow is published, if it knows the address of this trigger.',
			},
			activationHint:
				'Once the workflow is published, CDYNE posts to the Production URL if Register Automatically is on, or if you have set that address at CDYNE.',
		},
		credentials: [{ name: 'cdyneApi', required: false, testedBy: 'cdyneApiTest' }],
		webhooks: [postbackWebhook],
		properties: [
			eventsField(
				['message.received', 'message.status', 'contact.optedIn', 'contact.optedOut', 'unknown'],
				['message.received', 'message.status'],
			),
			...registrationSwitch,
			...postbackFields('whenStored', registrationFields),
		],
	};

	methods = { credentialTest: { cdyneApiTest } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					if (!isRemembered(this)) return false;
					return !registersItself(this) || (await isRegistered(this, await connect(this)));
				});
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					await warnWithoutToken(this, 'cdyneApi');
					if (registersItself(this)) await register(this, await connect(this));
					rememberAddress(this);
					return true;
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					forgetAddress(this);
					if (mayBeRegistered(this)) await unregister(this, await connect(this));
					return true;
				});
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, {
			provider: 'cdyne',
			credential: 'cdyneApi',
			read: readPostback,
			answer: 'whenStored',
		});
	}
}
