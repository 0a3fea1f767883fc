import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'Access-Token': '={{ $credentials.accessToken.trim() }}' } },
	};

	/** Reads the account. A bad key may be answered with HTTP 200: `result` tells (4.6). */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/v3/account/info',
			method: 'POST',
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			body: {},
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'result',
					value: false,
					message: 'Wooxy does not accept this access token, or the account is switched off',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'result',
					value: undefined,
					message: 'This is not an answer of Wooxy: check the Base URL',
				},
			},
		],
	};
}
