import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL } from '../nodes/Cdyne/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentialFields';

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
		baseUrlField(
			BASE_URL,
			'Address of the service. https://messaging.cdyne.com/Messaging.svc is the same under its former name; https://sms2.cdyne.com/sms.svc/SecureREST is the older one, without MMS.',
		),
		postbackTokenField(
			'CDYNE does not sign its postbacks',
			' as ?token=… Addresses that these nodes hand to CDYNE carry it by themselves.',
		),
	];
}
