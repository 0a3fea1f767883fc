import type { INodeProperties } from 'n8n-workflow';
import type { Item } from '../shared/input/item';
import { requireId, UUID } from '../shared/input/required';
import { messageIdField as sharedMessageIdField, toField } from '../shared/panel/fields';
import { moreOn } from '../shared/input/pages';

/** To, for operations that send to several numbers. */
export const recipientsField: INodeProperties = {
	...toField,
	description: `Phone numbers of one or more recipients, in any common format, separated by commas. ${moreOn('numbers')}.`,
};

export const messageIdField: INodeProperties = {
	...sharedMessageIdField,
	placeholder: 'e.g. 0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31',
};

export const referenceIdOption: INodeProperties = {
	displayName: 'Reference ID',
	name: 'referenceId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1234-shipped',
	description:
		'Your ID for the message. Status updates and replies carry it, and messages can be looked up by it. If empty, the node generates one.',
};

export const fromOption: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	default: '',
	placeholder: 'e.g. 17575550100',
	description: 'One of your numbers or short codes. If empty, CDYNE chooses one.',
};

export const scheduledAtField: INodeProperties = {
	displayName: 'Scheduled At',
	name: 'scheduledAt',
	type: 'dateTime',
	default: '',
	description: `When to send, in the time zone of the workflow. If empty, immediately. ${moreOn('times')}.`,
};

export const concatenateOption: INodeProperties = {
	displayName: 'Concatenate',
	name: 'concatenate',
	type: 'boolean',
	default: true,
	description: 'Whether the handset joins the parts of a long text',
};

const MESSAGE_ID = {
	pattern: UUID,
	kind: 'a CDYNE message ID',
	advice:
		'Enter the messageId that a send operation returned, such as 0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31.',
};

/** The value of Message ID. @throws Failure if it is not a CDYNE message ID */
export function messageIdOf(item: Item): string {
	return requireId(item.text('messageId'), 'Message ID', MESSAGE_ID);
}
