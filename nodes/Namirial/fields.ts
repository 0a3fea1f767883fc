import type { INodeProperties } from 'n8n-workflow';
import { textOptions } from '../shared/input/messageText';
import {
	defaultCountryOption,
	statusUpdatesFields,
	toField as sharedToField,
} from '../shared/panel/fields';
import { dryRunOption } from '../shared/sending/dryRun';
import { sendOnceOptions } from '../shared/sending/options';
import { limitOptions } from '../shared/sending/sendLimits';

export const toField: INodeProperties = { ...sharedToField, placeholder: 'e.g. +39 333 111 2233' };

/** The shared fields, with Namirial's rule for the Status URL. */
export const statusFields: INodeProperties[] = statusUpdatesFields.map((field) =>
	field.name === 'statusUrl'
		? {
				...field,
				hint: 'Namirial posts to https:// URLs only. An http:// URL of this machine is also allowed, for the sandbox of this package.',
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
			'What the message is for: a value that Namirial has enabled for your account. AUTHENTICATION, DIGITALSIGN, ECOMMERCE and ADMIN appear in its examples. The other reference fields need this one.',
	},
	{
		displayName: 'Reference Action',
		name: 'referenceAction',
		type: 'string',
		default: '',
		placeholder: 'e.g. PASSWORD_RESET',
		description: 'The action that the message is about, in words of your choice',
	},
	{
		displayName: 'Reference Key',
		name: 'referenceKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-1234-shipped',
		description:
			'Your ID for the message. Status updates carry it, and messages can be looked up by it. With it and the credential Namirial SMS Status API, a message whose response was lost is looked up instead of reported as uncertain.',
	},
	{
		displayName: 'Business Relation ID',
		name: 'businessRelationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20817',
		description:
			'The One Platform business relation to book the message to, instead of the default one',
	},
	{
		displayName: 'Detailed',
		name: 'detailed',
		type: 'boolean',
		default: false,
		description:
			'Whether Namirial names the upstream provider that accepted the message. Turn Simplify off to see it.',
	},
	defaultCountryOption,
	dryRunOption,
	...limitOptions,
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
