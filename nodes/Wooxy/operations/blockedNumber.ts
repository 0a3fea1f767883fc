import type { INodeProperties } from 'n8n-workflow';

export const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +372 5551 2345',
	description: 'The number, in any common format',
};

/** Why a number is on the blacklist (docs/providers/wooxy.md 4.3). */
export const rejectTypeOptions = [
	{ name: 'Import', value: 'import', description: 'Added by hand or through the API' },
	{ name: 'Invalid', value: 'invalid', description: 'The number does not exist' },
	{ name: 'Undeliverable', value: 'undeliverable', description: 'The number cannot be reached' },
	{
		name: 'Unsubscribe',
		value: 'unsubscribe',
		description: 'The recipient complained or opted out',
	},
];

export const REJECT_TYPES = rejectTypeOptions.map(({ value }) => value);
