import { textOptions } from '../../shared/input/messageText';
import { sentMessageSchema } from '../../shared/model/message';
import { TEXT } from '../../shared/model/schema';
import { defaultCountryOption, toField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { notOnRetryOption } from '../../shared/sending/options';
import { limitOptions } from '../../shared/sending/sendLimits';
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
import { draftOf, readSender, requireSmsText } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'sms',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to one number',
	aiHint: 'For telling somebody something by SMS: a note, a notification, an alarm, a reminder.',
	sends: true,
	fields: [toField, fromField, textField],
	options: [
		campaignRefOption,
		checkLengthOption,
		defaultCountryOption,
		fromMaskOption,
		operatorIdOption,
		dryRunOption,
		...limitOptions,
		notOnRetryOption,
		...textOptions,
	],
	outputSchema: { ...sentMessageSchema, campaignRef: TEXT },
	run: async (item, api, sends) => {
		const text = requireSmsText(item);
		const sender = readSender(item);
		if (isDryRun(item)) return sends.dryRun([draftOf(sender, { text })]);
		return await sends.send({
			intents: [{ recipient: sender.to }],
			send: async () => await sendSms(api, sender, text),
		});
	},
};
