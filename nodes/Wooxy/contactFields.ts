import type { INodeProperties } from 'n8n-workflow';

function text(
	displayName: string,
	name: string,
	example: string,
	description: string,
): INodeProperties {
	const placeholder = `e.g. ${example}`;
	return { displayName, name, type: 'string', default: '', placeholder, description };
}

function flag(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'boolean', default: true, description };
}

/** The members of a Wooxy contact that can be stored (docs/providers/wooxy.md 4.4). */
export const contactFields: INodeProperties = {
	displayName: 'Fields',
	name: 'fields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'What to store; fields that are not added stay unchanged',
	options: [
		flag('Active', 'active', 'Whether the contact is active in the list'),
		text('Avatar Link', 'avatarLink', 'https://example.com/anna.png', 'URL of a picture'),
		text('Birthday', 'contactBirthday', '1990-01-31', 'Date of birth, as YYYY-MM-DD'),
		text(
			'Customer Source ID',
			'customerSourceId',
			'fair-2026',
			'Your ID for the source of the contact',
		),
		text('Email', 'email', 'name@email.com', 'Email address of the contact'),
		flag('Email Subscribe', 'emailSubscribe', 'Whether the contact wants emails'),
		text('First Name', 'firstName', 'Anna', 'First name of the contact'),
		text('Gender', 'contactGender', 'f', 'A word such as m, f, unknown or na'),
		text('Language', 'contactLanguage', 'en', 'Language of the contact'),
		text('Last Name', 'lastName', 'Tamm', 'Last name of the contact'),
		text('Name', 'name', 'Anna Tamm', 'Full name of the contact'),
		text('Phone Number', 'phoneNumber', '+37255512345', 'Phone number with + and country code'),
		{
			displayName: 'Score',
			name: 'contactScore',
			type: 'number',
			default: 0,
			description: 'Score of the contact, on a scale of your choice',
		},
		flag('SMS Subscribe', 'smsSubscribe', 'Whether the contact wants texts'),
		text('Source ID', 'sourceId', '12', 'Wooxy’s ID for the source of the contact'),
		text('Time Zone', 'contactTimezone', 'Europe/Tallinn', 'Time zone of the contact'),
		text('User ID', 'userId', 'u-17', 'ID of the contact in your system'),
		flag('Viber Subscribe', 'viberSubscribe', 'Whether the contact wants messages on Viber'),
	],
};
