import { defaultCountryOption, toField } from '../../shared/fields';
import { messageOutput } from '../../shared/item';
import type { Operation } from '../../shared/operation';
import { sendSms } from '../api';
import type { Api } from '../api';
import {
	campaignRefOption,
	checkLengthOption,
	fromField,
	fromMaskOption,
	operatorIdOption,
	textField,
} from '../fields';
import { senderOf, textOf } from '../sending';

export const sendText: Operation<Api> = {
	resource: 'sms',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to one number (sendSMS)',
	sends: true,
	fields: [toField, fromField, textField],
	options: [
		campaignRefOption,
		checkLengthOption,
		defaultCountryOption,
		fromMaskOption,
		operatorIdOption,
	],
	run: async (item, api) => {
		const text = textOf(item);
		const { message, raw } = await sendSms(api, senderOf(item), text);
		return [messageOutput(message, raw)];
	},
};
