import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { GATEWAY_URL } from '../nodes/Namirial/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentialFields';

/** Tested by the node Namirial SMS: a declared test takes any page for a success. */
export class NamirialSmsGatewayApi implements ICredentialType {
	name = 'namirialSmsGatewayApi';

	displayName = 'Namirial SMS Gateway API';

	icon = {
		light: 'file:../nodes/Namirial/namirial.svg',
		dark: 'file:../nodes/Namirial/namirial.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/sms-gateways/n8n-nodes-sms-gateways#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'For sending. Messages are looked up with another credential, Namirial SMS Status API. The test asks whether the service works; a wrong password may show only when a message is sent.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			description: 'Username of your SMS account',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Password of your SMS account',
		},
		baseUrlField(
			GATEWAY_URL,
			'Address of the gateway. https://sms.test.namirialtsp.com is the one for tests; https://sms.preprod.namirialtsp.com is announced for pre-production and may not answer yet.',
		),
		postbackTokenField(
			'Namirial does not sign its status updates',
			' as ?token=… Addresses that these nodes hand to Namirial carry it by themselves.',
		),
	];
}
