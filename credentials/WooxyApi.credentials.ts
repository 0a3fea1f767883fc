import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL } from '../nodes/Wooxy/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentialFields';

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
		baseUrlField(
			BASE_URL,
			'Address of the service, without /v3. https://api.smartsender.io is the same under its former name.',
		),
		postbackTokenField(
			'Wooxy does not sign its postbacks',
			' as ?token=… The address that the trigger registers carries it by itself.',
		),
	];
}
