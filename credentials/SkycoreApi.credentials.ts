import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Tested by the node Skycore: a declarative test cannot read XML. */
export class SkycoreApi implements ICredentialType {
	name = 'skycoreApi';

	displayName = 'Skycore API';

	icon = {
		light: 'file:../nodes/Skycore/skycore.svg',
		dark: 'file:../nodes/Skycore/skycore.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/sms-gateways/n8n-nodes-sms-gateways#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The key from API Settings in the menu of your account',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://secure.skycore.com/API/wxml/1.3/index.php',
			description:
				'The whole address of the API, version 1.3, with index.php. Resellers have a host of their own.',
		},
		{
			displayName: 'Postback Token',
			name: 'postbackToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A secret of your choice. Skycore does not sign its postbacks; with a token, triggers refuse every request that does not carry it. Put it at the end of the Postback URL in the API Settings of your account: ?token=…',
		},
	];
}
