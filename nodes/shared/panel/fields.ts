import type { INodeProperties } from 'n8n-workflow';
import { moreOn } from '../input/pages';

export const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +1 757 544 9510',
	description: `Phone number of the recipient, in any common format. ${moreOn('numbers')}.`,
};

export const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Your order is ready',
	description: 'The text to send',
};

export const messageIdField: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	description: 'The ID that the send operation returned',
};

export const statusUpdatesFields: INodeProperties[] = [
	{
		displayName: 'Status Updates',
		name: 'statusUpdates',
		type: 'options',
		options: [
			{ name: 'None', value: 'none', description: 'Do not request status updates' },
			{
				name: 'To the Trigger in This Workflow',
				value: 'trigger',
				description:
					'The trigger node of this provider in this workflow receives them; the workflow must be published',
			},
			{ name: 'To a URL', value: 'url', description: 'They are posted to a URL of your choice' },
		],
		default: 'none',
		description: 'Where the provider posts the delivery status of this message',
	},
	{
		displayName: 'Status URL',
		name: 'statusUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/sms-status',
		description: 'The URL that the provider posts status updates to',
		displayOptions: { show: { statusUpdates: ['url'] } },
	},
];

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const defaultCountryOption: INodeProperties = {
	displayName: 'Default Country Name or ID',
	name: 'defaultCountry',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getCountries' },
	default: '',
	description:
		'Country of numbers without a country code; if not set, they are read as international numbers. An ID consists of two letters, such as US. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/**
 * @param defaultConcurrency requests in flight unless the user sets the option
 * @param max the largest value
 */
export function concurrencyOption(defaultConcurrency: number, max: number): INodeProperties {
	return {
		displayName: 'Concurrency',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: max },
		default: defaultConcurrency,
		description: 'How many items are processed at the same time',
	};
}

/**
 * Sorts the entries of a menu by label. The labels are English and compared as plain text, because
 * `localeCompare` loads the rules of all languages, which would slow down the start of n8n.
 */
export function sortByLabel<T>(entries: readonly T[], labelOf: (entry: T) => string): T[] {
	const keyed = entries.map((entry) => ({ entry, key: labelOf(entry).toLowerCase() }));
	return keyed
		.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
		.map(({ entry }) => entry);
}
