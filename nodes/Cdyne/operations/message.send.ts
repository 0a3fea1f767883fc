import { dryRunOption } from '../../shared/dryRun';
import {
	defaultCountryOption,
	messageField,
	statusUpdatesFields,
	toField,
} from '../../shared/fields';
import { sentShape } from '../../shared/message';
import { requireMessage, textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { TEXT } from '../../shared/schema';
import { sendOnceOptions } from '../../shared/sendOnce';
import { statusAddress } from '../../shared/statusAddress';
import type { Api } from '../api/connection';
import {
	concatenateOption,
	fromOption,
	referenceIdOption,
	scheduledAtField,
	textsPerRequestOf,
	textsPerRequestOption,
} from '../fields';
import { isJoined, recipientsOf, sendItem } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to one or several numbers',
	forModel: 'For telling somebody something by SMS: a note, a notification, an alarm, a reminder.',
	sends: true,
	fields: [
		{
			...toField,
			description: 'Phone number of the recipient, in any usual form; several separated by commas',
		},
		messageField,
		...statusUpdatesFields,
	],
	options: [
		referenceIdOption,
		fromOption,
		scheduledAtField,
		concatenateOption,
		defaultCountryOption,
		dryRunOption,
		...textOptions,
		...sendOnceOptions,
		textsPerRequestOption,
	],
	gives: { ...sentShape, scheduledAt: TEXT },
	perRequest: textsPerRequestOf,
	run: async (item, api) =>
		await sendItem(item, api, {
			text: requireMessage(item, isJoined(item)),
			recipients: recipientsOf(item),
			statusUrl: statusAddress(item, api.postbackToken),
		}),
};
