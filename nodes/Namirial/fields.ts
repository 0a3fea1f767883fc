import type { INodeProperties } from 'n8n-workflow';
import { dryRunOption } from '../shared/dryRun';
import {
	defaultCountryOption,
	messageIdField as anyMessageId,
	statusUpdatesFields,
	toField as anyTo,
} from '../shared/fields';
import { textOptions } from '../shared/messageText';
import { sendOnceOptions } from '../shared/sendOnce';

/** Fields that several Namirial operations share. */

export const toField: INodeProperties = { ...anyTo, placeholder: 'e.g. +39 333 111 2233' };

export const messageIdField: INodeProperties = {
	...anyMessageId,
	placeholder: 'e.g. 9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11',
};

/** As shared, with Namirial's rule for addresses. */
export const statusFields: INodeProperties[] = statusUpdatesFields.map((field) =>
	field.name === 'statusUrl'
		? {
				...field,
				hint: 'Namirial posts to https:// only. An http:// address of this machine is let through as well, because the sandbox of this package takes it.',
			}
		: field,
);

export const sendOptions: INodeProperties[] = [
	{
		displayName: 'Reference Service',
		name: 'referenceService',
		type: 'string',
		default: '',
		placeholder: 'e.g. AUTHENTICATION',
		description:
			'What the message is for, from the list that Namirial keeps for your account. AUTHENTICATION, DIGITALSIGN, ECOMMERCE and ADMIN appear in its examples. The other reference fields need this one.',
	},
	{
		displayName: 'Reference Action',
		name: 'referenceAction',
		type: 'string',
		default: '',
		placeholder: 'e.g. PASSWORD_RESET',
		description: 'What happened, in your own words',
	},
	{
		displayName: 'Reference Key',
		name: 'referenceKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1234-shipped',
		description:
			'Your own ID for the message; status updates carry it, and messages can be looked up by it. With it, a message whose answer was lost is looked up instead of reported as uncertain.',
	},
	{
		displayName: 'Business Relation ID',
		name: 'businessRelationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20817',
		description: 'The One Platform business relation to book the message to, instead of the usual',
	},
	{
		displayName: 'Detailed',
		name: 'detailed',
		type: 'boolean',
		default: false,
		description:
			'Whether Namirial shall name the upstream provider that took the message. Turn Simplify off to see it.',
	},
	defaultCountryOption,
	dryRunOption,
	...textOptions,
	...sendOnceOptions,
];

export const sentBeforeOption: INodeProperties = {
	displayName: 'Sent Before',
	name: 'sentBefore',
	type: 'dateTime',
	default: '',
	description: 'Only messages sent before this time, in the time zone of the workflow',
};
