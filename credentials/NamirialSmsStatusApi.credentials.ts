import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { STATUS_URL } from '../nodes/Namirial/name';
import { baseUrlField } from '../nodes/shared/credentials/credentialFields';

/** Tested by the node Namirial SMS, because a declared test would accept any page. */
export class NamirialSmsStatusApi implements ICredentialType {
	name = 'namirialSmsStatusApi';

	displayName = 'Namirial SMS Status API';

	icon = {
		light: 'file:../nodes/Namirial/namirial.svg',
		dark: 'file:../nodes/Namirial/namirial.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/sms-gateways/n8n-nodes-sms-gateways#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'For looking up messages. They are sent with another credential, Namirial SMS Gateway API.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The key of your account for the Message Status API',
		},
		baseUrlField(
			STATUS_URL,
			'URL of the Message Status API, with or without /api at its end. https://sms-apistatus.test.namirialtsp.com/api is for tests, https://sms-apistatus.preprod.namirialtsp.com/api for pre-production.',
		),
	];
}
