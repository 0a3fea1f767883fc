import type { INodeProperties } from 'n8n-workflow';
import { messageField } from '../shared/panel/fields';
import { listField } from '../shared/panel/listField';

export const fromField: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 60856',
	description:
		'A short code or long code of your account. Skycore replaces it if it cannot be used in the country of the recipient.',
};

export const textField: INodeProperties = {
	...messageField,
	description: 'The text to send, up to 160 characters',
};

export const mmsIdField = listField(
	{
		displayName: 'MMS ID',
		name: 'mmsId',
		description: 'A saved MMS, from Save or from the web composer',
	},
	'searchMms',
	{ label: 'By ID', example: '35674' },
);

export const campaignRefField: INodeProperties = {
	displayName: 'Campaign Reference',
	name: 'campaignRef',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Campaign123',
	description: 'The reference that was chosen when the campaign was created',
};

export const subscriberFields: INodeProperties[] = [
	{
		displayName: 'Subscriber Reference',
		name: 'subscriberRef',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. ACCT-123232',
		description: 'Your reference; each active number that is subscribed under it gets the message',
	},
	campaignRefField,
];

export const mobileField: INodeProperties = {
	displayName: 'Mobile',
	name: 'mobile',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +1 757 544 9510',
	description: 'Phone number of the subscriber, in any common format',
};

export const campaignRefOption: INodeProperties = {
	displayName: 'Campaign Reference',
	name: 'campaignRef',
	type: 'string',
	default: '',
	placeholder: 'e.g. Campaign123',
	description:
		'The campaign that the recipient is subscribed to. Required if the account enforces the campaign check.',
};

export const fromMaskOption: INodeProperties = {
	displayName: 'From Mask',
	name: 'fromMask',
	type: 'string',
	default: '',
	placeholder: 'e.g. MyShop',
	description:
		'A name of up to 11 characters to show as the sender, if the network allows it; not in the USA',
};

export const operatorIdOption: INodeProperties = {
	displayName: 'Operator ID',
	name: 'operatorId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 31002',
	description: 'The carrier of the recipient, if you know it',
};

export const checkLengthOption: INodeProperties = {
	displayName: 'Check Length',
	name: 'checkLength',
	type: 'boolean',
	default: true,
	description: 'Whether to reject a text of more than 160 characters before it is sent',
};

/** A list of values by tag. @param description what the values are for */
export function dataOption(displayName: string, description: string): INodeProperties {
	return {
		displayName,
		name: 'data',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add value',
		default: {},
		description,
		options: [
			{
				displayName: 'Value',
				name: 'values',
				values: [
					{
						displayName: 'Tag',
						name: 'tag',
						type: 'string',
						default: '',
						placeholder: 'e.g. FIRST_NAME',
						description: 'Name of the value: letters, digits and underscores',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. Anna',
						description: 'Text that the tag stands for',
					},
				],
			},
		],
	};
}

export const fallbackTextField: INodeProperties = {
	displayName: 'Fallback Text',
	name: 'fallbackText',
	type: 'string',
	default: '',
	placeholder: 'e.g. See our spring offers here:',
	description: 'The text of the SMS that is sent if the handset cannot show the MMS',
};

export const fallbackOptions: INodeProperties[] = [
	{
		displayName: 'Disable Fallback SMS',
		name: 'disableFallbackSms',
		type: 'boolean',
		default: false,
		description:
			'Whether to send no SMS if the handset cannot show the MMS; the message then fails',
	},
	{
		displayName: 'Disable Fallback Link',
		name: 'disableFallbackLink',
		type: 'boolean',
		default: false,
		description: 'Whether to omit the link to the content from the fallback SMS',
	},
];
