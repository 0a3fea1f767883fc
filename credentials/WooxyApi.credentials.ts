import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Tested by the node Wooxy: a declared test takes too much for a success. */
export class WooxyApi implements ICredentialType {
	name = 'wooxyApi';

	displayName = 'Wooxy API';

	icon = {
		light: 'file:../nodes/Wooxy/wooxy.svg',
		dark: 'file:../nodes/Wooxy/wooxy.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/sms-gateways/n8n-nodes-sms-gateways#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The API key of your account, in its Settings. A newly generated key puts the old one out of use at once.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.wooxy.com',
			description:
				'Address of the service, without /v3. https://api.smartsender.io is the same under its former name.',
		},
		{
			displayName: 'Postback Token',
			name: 'postbackToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A secret of your choice. Wooxy does not sign its postbacks; with a token, triggers refuse every request that does not carry it as ?token=… The address that the trigger registers carries it by itself.',
		},
	];
}
