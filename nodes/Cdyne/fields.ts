import type { INodeProperties } from 'n8n-workflow';
import { fromListField } from '../shared/choose';
import { failInput } from '../shared/errors';
import { messageIdField as anyMessageId } from '../shared/fields';
import type { Item } from '../shared/item';
import { requiredId, UUID } from '../shared/required';

/** Fields that several CDYNE operations share. */

export const messageIdField: INodeProperties = {
	...anyMessageId,
	placeholder: 'e.g. 0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31',
};

export const referenceIdOption: INodeProperties = {
	displayName: 'Reference ID',
	name: 'referenceId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1234-shipped',
	description:
		'Your own ID for the message; status updates and replies carry it, and messages can be looked up by it. Without one the node makes one.',
};

export const fromOption: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	default: '',
	placeholder: 'e.g. 17575550100',
	description: 'One of your numbers or short codes. Without it CDYNE chooses.',
};

export const scheduledAtField: INodeProperties = {
	displayName: 'Scheduled At',
	name: 'scheduledAt',
	type: 'dateTime',
	default: '',
	description: 'When to send, in the time zone of the workflow; at once without it',
};

export const concatenateOption: INodeProperties = {
	displayName: 'Concatenate',
	name: 'concatenate',
	type: 'boolean',
	default: true,
	description: 'Whether the parts of a long text are joined on the handset',
};

/** Texts that one call of AdvancedSMSsend may carry here. */
const MOST_TEXTS = 100;

export const textsPerRequestOption: INodeProperties = {
	displayName: 'Texts per Request',
	name: 'textsPerRequest',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_TEXTS },
	default: 1,
	description:
		'How many texts of different items go out in one request. With 100, ten thousand items take a hundred requests. Each item keeps its own result.',
};

/** Texts per Request, for the whole run. @throws Failure for what is no such number */
export function textsPerRequestOf(first: Item): number {
	const number = first.numberOption('textsPerRequest', 1);
	if (!Number.isInteger(number) || number < 1 || number > MOST_TEXTS) {
		failInput(`Texts per Request is ${number}`, `Give a whole number from 1 to ${MOST_TEXTS}.`);
	}
	return number;
}

const shortCodeField = fromListField(
	{
		displayName: 'Short Code',
		name: 'shortCode',
		description: 'The short code that people text the keyword to',
	},
	'searchShortCodes',
	{ label: 'By Number', example: '55512' },
);

/** A keyword that is not there yet. */
export const newKeywordFields: INodeProperties[] = [
	{
		displayName: 'Keyword',
		name: 'keyword',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. PIZZA',
		description: 'The word that people text, at least three characters',
	},
	shortCodeField,
];

export const keywordFields: INodeProperties[] = [
	fromListField(
		{ displayName: 'Keyword', name: 'keyword', description: 'The word that people text' },
		'searchKeywords',
		{ label: 'By Word', example: 'PIZZA' },
	),
	shortCodeField,
];

export const mediaIdField: INodeProperties = {
	displayName: 'Media ID',
	name: 'mediaId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 4711',
	description: 'The ID that the upload, or an incoming MMS, gave',
};

export const tagsOption: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'string',
	default: '',
	placeholder: 'e.g. flyer, spring',
	description: 'Labels of the file, separated by commas',
};

export const scopeFields: INodeProperties[] = [
	{
		displayName: 'Scope',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'License Key', value: 'licenseKey', description: 'All numbers of the license key' },
			{ name: 'Phone Number', value: 'phoneNumber', description: 'One of your numbers' },
		],
		default: 'licenseKey',
		description: 'Whose postbacks these are',
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 17575550100',
		description: 'One of your numbers or short codes',
		displayOptions: { show: { scope: ['phoneNumber'] } },
	},
	{
		displayName: 'Country',
		name: 'country',
		type: 'string',
		required: true,
		default: 'US',
		description: 'Two-letter code of the country of that number',
		displayOptions: { show: { scope: ['phoneNumber'] } },
	},
];

const MESSAGE_ID = {
	pattern: UUID,
	kind: 'a message ID of CDYNE',
	advice:
		'Give the messageId that a send operation returned, such as 0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31.',
};

/** Message ID. @throws Failure where it is not one of CDYNE's form */
export function messageIdOf(item: Item): string {
	return requiredId(item.text('messageId'), 'message ID', MESSAGE_ID);
}
