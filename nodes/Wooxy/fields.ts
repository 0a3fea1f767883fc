import type { INodeProperties } from 'n8n-workflow';
import { listField } from '../shared/panel/listField';

export const domainField = listField({ displayName: 'Domain', name: 'domain' }, 'searchDomains', {
	label: 'By Name',
	name: 'name',
	example: 'shop.example',
});

export const contactListField = listField(
	{
		displayName: 'Contact List',
		name: 'contactListId',
		description: 'The list that the contact is in',
	},
	'searchContactLists',
	{ label: 'By ID', example: '64f000000000000000000009' },
);

export const contactField: INodeProperties = {
	displayName: 'Contact',
	name: 'contact',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. anna@example.com',
	description: 'Email address, phone number (with + and country code) or user ID of the contact',
};

export const fromOption: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	default: '',
	placeholder: 'e.g. Shop 24',
	description:
		'Sender shown on the phone: at most 11 letters, digits and spaces, or a phone number. If empty, Wooxy uses the name of the account or the list.',
};

export const tagsOption: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. otp, login',
	description:
		'Labels for the statistics, separated by commas; at most 50 characters each, not beginning with an underscore',
};

export const variablesField: INodeProperties = {
	displayName: 'Variables',
	name: 'variables',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add variable',
	default: {},
	options: [
		{
			displayName: 'Variable',
			name: 'variable',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. orderNumber',
					description: 'Name of the variable in camel case, such as orderNumber',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1234',
					description: 'Text, or a date as YYYY-MM-DD',
				},
			],
		},
	],
};
