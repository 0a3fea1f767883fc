import type { ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

export class CdyneApi implements ICredentialType {
	name = 'cdyneApi';

	displayName = 'CDYNE SMS Notify! API';

	icon = {
		light: 'file:../nodes/Cdyne/cdyne.svg',
		dark: 'file:../nodes/Cdyne/cdyne.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/sms-gateways/n8n-nodes-sms-gateways#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'License Key',
			name: 'licenseKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. 5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90',
			description: 'The key of your account, for trial or production',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://messaging.esendex.us/Messaging.svc',
			description:
				'Address of the service. https://messaging.cdyne.com/Messaging.svc is the same under its former name; https://sms2.cdyne.com/sms.svc/SecureREST is the older one, without MMS.',
		},
		{
			displayName: 'Postback Token',
			name: 'postbackToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A secret of your choice. CDYNE does not sign its postbacks; with a token, triggers refuse every request that does not carry it as ?token=… Addresses that these nodes hand to CDYNE carry it by themselves.',
		},
	];

	/**
	 * Looks up a message that cannot exist. A good and a bad key are both answered with HTTP 200;
	 * the status in the body tells them apart (404 for a good one).
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.replace(/\\/+$/, "") }}',
			url: '/ReadMessageStatus',
			headers: { Accept: 'application/json' },
			qs: {
				LicenseKey: '={{ $credentials.licenseKey }}',
				MessageId: '00000000-0000-0000-0000-000000000000',
			},
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'MessageStatus',
					value: 401,
					message: 'CDYNE does not know this license key',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'MessageStatus',
					value: 402,
					message: 'The account of this license key is suspended',
				},
			},
		],
	};
}
