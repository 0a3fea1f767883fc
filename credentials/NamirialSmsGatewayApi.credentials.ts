import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { GATEWAY_URL } from '../nodes/Namirial/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentials/credentialFields';

/** Tested by the node Namirial SMS, because a declared test would accept any page. */
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
				'For sending. Messages are looked up with another credential, Namirial SMS Status API. The test only checks that the service works. A wrong password may not be noticed until a message is sent.',
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
			'URL of the gateway. https://sms.test.namirialtsp.com is for tests. https://sms.preprod.namirialtsp.com is announced for pre-production and may not be available yet.',
		),
		postbackTokenField(
			'Namirial does not sign its status updates',
			' as ?token=… The URLs that these nodes send to Namirial contain it automatically.',
		),
	];
}
