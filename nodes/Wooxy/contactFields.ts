import type { INodeProperties } from 'n8n-workflow';
import { FLAG, listOf, objectWith, TEXT, TEXT_OR_NULL } from '../shared/schema';
import type { Shape } from '../shared/schema';

/** The members of Wooxy's contact object that can be stored (docs/providers/wooxy.md 4.4). */
export const contactFields: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'What to store; fields that are not added stay as they are',
	options: [
		{
			displayName: 'Active',
			name: 'active',
			type: 'boolean',
			default: true,
			description: 'Whether the contact is active in the list',
		},
		{
			displayName: 'Avatar Link',
			name: 'avatarLink',
			type: 'string',
			default: '',
			description: 'Address of a picture',
		},
		{
			displayName: 'Birthday',
			name: 'contactBirthday',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1990-01-31',
			description: 'Date of birth, as YYYY-MM-DD',
		},
		{
			displayName: 'Customer Source ID',
			name: 'customerSourceId',
			type: 'string',
			default: '',
			description: 'Your own ID of where the contact came from',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@email.com',
			description: 'Email address of the contact',
		},
		{
			displayName: 'Email Subscribe',
			name: 'emailSubscribe',
			type: 'boolean',
			default: true,
			description: 'Whether the contact wants emails',
		},
		{
			displayName: 'First Name',
			name: 'firstName',
			type: 'string',
			default: '',
			description: 'First name of the contact',
		},
		{
			displayName: 'Gender',
			name: 'contactGender',
			type: 'string',
			default: '',
			placeholder: 'e.g. f',
			description: 'A word such as m, f, unknown or na',
		},
		{
			displayName: 'Language',
			name: 'contactLanguage',
			type: 'string',
			default: '',
			placeholder: 'e.g. en',
			description: 'Language of the contact',
		},
		{
			displayName: 'Last Name',
			name: 'lastName',
			type: 'string',
			default: '',
			description: 'Last name of the contact',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Full name of the contact',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +37255512345',
			description: 'Phone number with + and country code',
		},
		{
			displayName: 'Score',
			name: 'contactScore',
			type: 'number',
			default: 0,
			description: 'How much the contact counts, by your own measure',
		},
		{
			displayName: 'SMS Subscribe',
			name: 'smsSubscribe',
			type: 'boolean',
			default: true,
			description: 'Whether the contact wants texts',
		},
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			description: 'ID of where the contact came from, as Wooxy knows it',
		},
		{
			displayName: 'Time Zone',
			name: 'contactTimezone',
			type: 'string',
			default: '',
			description: 'Time zone of the contact',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			description: 'ID of the contact in your own system',
		},
		{
			displayName: 'Viber Subscribe',
			name: 'viberSubscribe',
			type: 'boolean',
			default: true,
			description: 'Whether the contact wants messages on Viber',
		},
	],
};

const stored = (contactFields.options as INodeProperties[]).map(
	({ name, type }) => [name, type === 'boolean' ? FLAG : TEXT_OR_NULL] as const,
);

/** What a list holds of a contact; a score is read as text. */
export const contactShape: Shape = {
	provider: TEXT,
	contactListId: TEXT,
	id: TEXT,
	...Object.fromEntries(stored),
	desktopWebPushSubscribe: FLAG,
	mobileWebPushSubscribe: FLAG,
	telegramSubscribe: FLAG,
	cac: objectWith({ value: TEXT_OR_NULL, currency: TEXT_OR_NULL }),
	variables: listOf(objectWith({ name: TEXT, value: TEXT_OR_NULL })),
	createdAt: TEXT_OR_NULL,
	updatedAt: TEXT_OR_NULL,
};
