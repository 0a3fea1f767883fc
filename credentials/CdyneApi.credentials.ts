import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { BASE_URL } from '../nodes/Cdyne/name';
import { baseUrlField, postbackTokenField } from '../nodes/shared/credentials/credentialFields';

/** Tested by the node Cdyne, because a declared test would accept any page. */
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
			description: 'The trial or production key of your account',
		},
		baseUrlField(
			BASE_URL,
			'URL of the service. https://messaging.cdyne.com/Messaging.svc is the same service under its former name. https://sms2.cdyne.com/sms.svc/SecureREST is the older service, which only sends texts and looks them up: it has no MMS, media, incoming messages, opt-outs, keywords or postback settings, so Register Automatically does not work there.',
		),
		postbackTokenField(
			'CDYNE does not sign its postbacks',
			' as ?token=… The URLs that these nodes send to CDYNE contain it automatically.',
		),
	];
}
