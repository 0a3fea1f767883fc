import type { INodeProperties } from 'n8n-workflow';
import { messageIdField as anyMessageId, toField as anyTo } from '../shared/fields';

/** Fields that several Wooxy operations share. */

export const toField: INodeProperties = { ...anyTo, placeholder: 'e.g. +372 5551 2345' };

export const messageIdField: INodeProperties = {
	...anyMessageId,
	placeholder: 'e.g. 64f0000000000000000000a1',
};

/**
 * Not `required`: n8n would then refuse a plain text or a whole expression in place of a locator.
 * The operations check it themselves.
 */
export const domainField: INodeProperties = {
	displayName: 'Domain',
	name: 'domain',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The verified domain of your account that it belongs to',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a domain...',
			typeOptions: { searchListMethod: 'searchDomains', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. shop.example',
		},
	],
};

/** Not `required`, for the same reason. */
export const contactListField: INodeProperties = {
	displayName: 'Contact List',
	name: 'contactListId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The list that the contact is in',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a contact list...',
			typeOptions: { searchListMethod: 'searchContactLists', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 64f000000000000000000009',
		},
	],
};

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
		'Sender on the phone: at most 11 letters, digits and spaces, or a phone number. Without it Wooxy uses the name it has for the account or the list.',
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
					description:
						'Name of the variable: words without blanks, each but the first with a capital',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1234',
					description: 'A text, or a date as YYYY-MM-DD',
				},
			],
		},
	],
};

export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +372 5551 2345',
	description: 'The number, in any usual form',
};
