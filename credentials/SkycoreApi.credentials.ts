import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL } from '../nodes/Skycore/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentials/credentialFields';

/** Tested by the Skycore node: a declarative test cannot read XML. */
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
			description: 'The key from API Settings in the account menu',
		},
		baseUrlField(
			BASE_URL,
			'Complete URL of the API, version 1.3, with index.php. Resellers have other hosts.',
		),
		postbackTokenField(
			'Skycore does not sign its postbacks',
			'. Append it to the Postback URL in the API Settings of your account: ?token=…',
		),
	];
}
