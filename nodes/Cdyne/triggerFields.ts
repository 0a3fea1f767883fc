import type { INodeProperties } from 'n8n-workflow';

/** Members of the trigger's Additional Fields that are CDYNE's own. */
export const registrationFields: INodeProperties[] = [
	{
		// where it stood before it was a field of its own
		displayName: 'Register Automatically',
		name: 'registerAutomatically',
		type: 'hidden',
		default: false,
	},
	{
		displayName: 'Register For',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'License Key', value: 'licenseKey', description: 'All numbers of the license key' },
			{ name: 'Phone Number', value: 'phoneNumber', description: 'One of your numbers' },
		],
		default: 'licenseKey',
		description: 'Whose postbacks to register for, with Register Automatically',
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 17575550100',
		description: 'One of your numbers or short codes',
		displayOptions: { show: { scope: ['phoneNumber'] } },
	},
	{
		displayName: 'Country',
		name: 'country',
		type: 'string',
		default: 'US',
		description: 'Two-letter code of the country of that number',
		displayOptions: { show: { scope: ['phoneNumber'] } },
	},
	{
		displayName: 'Replace Existing URL',
		name: 'replaceExisting',
		type: 'boolean',
		default: false,
		description:
			'Whether Register Automatically takes the place of another address that CDYNE posts to now',
	},
];

/** How events come here. */
export const registrationSwitch: INodeProperties[] = [
	{
		displayName: 'Register Automatically',
		name: 'registerAutomatically',
		type: 'boolean',
		default: false,
		description:
			'Whether to set this trigger as postback URL at CDYNE when the workflow is published, and to put back what was there before when it is unpublished',
	},
	{
		displayName:
			'CDYNE posts to this trigger only if it knows its address: turn on Register Automatically, send with Status Updates to this trigger, or set it in the account yourself: the Production URL above, followed by ?token= and the Postback Token of the credential, such as https://n8n.example.com/webhook/…/webhook?token=…. CDYNE keeps one address for each kind of event and license key.',
		name: 'notice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registerAutomatically: [false] } },
	},
];
