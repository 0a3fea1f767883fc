import type { INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../../shared/errors/failure';
import type { Item } from '../../shared/input/item';
import { requireMessage, textOptions } from '../../shared/input/messageText';
import { sentMessageSchema } from '../../shared/model/message';
import { TEXT } from '../../shared/model/schema';
import { defaultCountryOption, messageField, statusUpdatesFields } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { dryRunOption } from '../../shared/sending/dryRun';
import { sendOnceOptions } from '../../shared/sending/options';
import { schedulingLimitOptions } from '../../shared/sending/sendLimits';
import type { Api } from '../api/connection';
import {
	concatenateOption,
	fromOption,
	recipientsField,
	referenceIdOption,
	scheduledAtField,
} from '../fields';
import { isJoined, recipientsOf, sendItem, statusUrlOf } from '../sending';

const MAX_TEXTS_PER_REQUEST = 100;

const textsPerRequestOption: INodeProperties = {
	displayName: 'Texts per Request',
	name: 'textsPerRequest',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_TEXTS_PER_REQUEST },
	default: 1,
	description:
		'How many texts of different items are sent in one request. With 100, ten thousand items take a hundred requests. Each item has its own result.',
};

export const sendMessage: Operation<Api> = {
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to one or more numbers',
	aiHint: 'For telling somebody something by SMS: a note, a notification, an alarm, a reminder.',
	sends: true,
	schedules: true,
	fields: [recipientsField, messageField, ...statusUpdatesFields],
	options: [
		referenceIdOption,
		fromOption,
		scheduledAtField,
		concatenateOption,
		defaultCountryOption,
		dryRunOption,
		...schedulingLimitOptions,
		...textOptions,
		...sendOnceOptions,
		textsPerRequestOption,
	],
	outputSchema: { ...sentMessageSchema, scheduledAt: TEXT, scheduledFor: TEXT },
	perRequest: textsPerRequestOf,
	run: async (item, api, sends) =>
		await sendItem(item, api, sends, {
			text: requireMessage(item, isJoined(item)),
			recipients: recipientsOf(item),
			statusUrl: statusUrlOf(item, api),
		}),
};

/** Texts per Request, for the whole run. @throws Failure if it is not in the allowed range */
function textsPerRequestOf(firstItem: Item): number {
	const number = firstItem.numberOption('textsPerRequest', 1);
	if (!Number.isInteger(number) || number < 1 || number > MAX_TEXTS_PER_REQUEST) {
		throwInvalidInput(
			`Texts per Request is ${number}, which is not allowed`,
			`Enter a whole number from 1 to ${MAX_TEXTS_PER_REQUEST}.`,
		);
	}
	return number;
}
