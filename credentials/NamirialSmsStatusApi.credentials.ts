import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { STATUS_URL } from '../nodes/Namirial/name';
import { baseUrlField } from '../nodes/shared/credentialFields';

/** Tested by the node Namirial SMS: a declared test takes any page for a success. */
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
				'For looking messages up. They are sent with another credential, Namirial SMS Gateway API.',
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
			'Address of the Message Status API, with or without /api at its end. https://sms-apistatus.test.namirialtsp.com/api is the one for tests, https://sms-apistatus.preprod.namirialtsp.com/api for pre-production.',
		),
	];
}
