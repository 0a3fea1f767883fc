import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL } from '../nodes/Wooxy/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentials/credentialFields';

/**
 * Tested by the Wooxy node: a declarative test would accept a rejection that has HTTP status 200.
 */
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
				'The API key from the Settings of your account. Generating a new key invalidates the old one at once.',
		},
		baseUrlField(
			BASE_URL,
			'URL of the API, without /v3. https://api.smartsender.io is the same API under its former name.',
		),
		postbackTokenField(
			'Wooxy does not sign its postbacks',
			' as ?token=… The trigger puts it into the URL that it registers.',
		),
	];
}
