import type { INodeProperties } from 'n8n-workflow';

/** Members of the trigger's Additional Fields that are CDYNE's own. */
export const registrationFields: INodeProperties[] = [
	{
		displayName: 'Register Automatically',
		name: 'registerAutomatically',
		type: 'boolean',
		default: false,
		description:
			'Whether to set this trigger as postback URL at CDYNE when the workflow is published, and to put back what was there before when it is unpublished',
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
		description: 'Whose postbacks to register for',
		displayOptions: { show: { registerAutomatically: [true] } },
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. 17575550100',
		description: 'One of your numbers or short codes',
		displayOptions: { show: { registerAutomatically: [true], scope: ['phoneNumber'] } },
	},
	{
		displayName: 'Country',
		name: 'country',
		type: 'string',
		default: 'US',
		description: 'Two-letter code of the country of that number',
		displayOptions: { show: { registerAutomatically: [true], scope: ['phoneNumber'] } },
	},
	{
		displayName: 'Replace Existing URL',
		name: 'replaceExisting',
		type: 'boolean',
		default: false,
		description: 'Whether to take the place of another address that CDYNE posts to now',
		displayOptions: { show: { registerAutomatically: [true] } },
	},
];
