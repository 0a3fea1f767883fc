import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL } from '../nodes/Skycore/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentialFields';

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
		baseUrlField(
			BASE_URL,
			'The whole address of the API, version 1.3, with index.php. Resellers have a host of their own.',
		),
		postbackTokenField(
			'Skycore does not sign its postbacks',
			'. Put it at the end of the Postback URL in the API Settings of your account: ?token=…',
		),
	];
}
