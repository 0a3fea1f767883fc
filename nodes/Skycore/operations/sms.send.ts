import { dryRunOption, isDryRun } from '../../shared/dryRun';
import { defaultCountryOption, toField } from '../../shared/fields';
import { sentShape } from '../../shared/message';
import { textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { checkRetry, notOnRetryOption } from '../../shared/retried';
import { TEXT } from '../../shared/schema';
import type { Api } from '../api/connection';
import { sendSms } from '../api/sms';
import {
	campaignRefOption,
	checkLengthOption,
	fromField,
	fromMaskOption,
	operatorIdOption,
	textField,
} from '../fields';
import { dryRunOf, groupOutputs, senderOf, textOf } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'sms',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to one number',
	forModel: 'For telling somebody something by SMS: a note, a notification, an alarm, a reminder.',
	sends: true,
	fields: [toField, fromField, textField],
	options: [
		campaignRefOption,
		checkLengthOption,
		defaultCountryOption,
		fromMaskOption,
		operatorIdOption,
		dryRunOption,
		notOnRetryOption,
		...textOptions,
	],
	gives: { ...sentShape, campaignRef: TEXT },
	run: async (item, api) => {
		const text = textOf(item);
		const sender = senderOf(item);
		if (isDryRun(item)) return dryRunOf(sender, { text });
		checkRetry(item);
		return groupOutputs(await sendSms(api, sender, text));
	},
};
