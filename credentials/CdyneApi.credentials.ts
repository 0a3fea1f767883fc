import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Tested by the node Cdyne: a declared test takes any page for a success. */
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
}
