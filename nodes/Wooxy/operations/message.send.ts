import { dryRun, dryRunOption, isDryRun } from '../../shared/dryRun';
import { defaultCountryOption, messageField, toField } from '../../shared/fields';
import { messageOutput } from '../../shared/item';
import type { Item, Output } from '../../shared/item';
import { textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { parsePhone } from '../../shared/phone';
import { checkRetry, notOnRetryOption } from '../../shared/retried';
import { PROVIDER } from '../name';
import { sendSms } from '../api/messages';
import type { Api } from '../api/connection';
import { domainOf } from '../domains';
import { domainField, fromOption, tagsOption } from '../fields';
import { smsOf } from '../sending';

export const sendMessage: Operation<Api> = {
	resource: 'message',
	operation: 'send',
	name: 'Send',
	action: 'Send an SMS',
	description: 'Send a text to a number, which need not be a contact',
	sends: true,
	fields: [
		{ ...domainField, description: 'The verified domain of your account to send from' },
		toField,
		messageField,
	],
	options: [
		fromOption,
		tagsOption,
		defaultCountryOption,
		dryRunOption,
		notOnRetryOption,
		...textOptions,
	],
	run: async (item, api) => await sendItem(item, api),
};

/** Sends the message of an item to its number. */
export async function sendItem(item: Item, api: Api): Promise<Output[]> {
	const domain = domainOf(item);
	const number = parsePhone(item.text('to'), item.option('defaultCountry'));
	const sms = smsOf(item);
	if (isDryRun(item)) {
		return dryRun([{ provider: PROVIDER, to: number, from: sms.fromName, text: sms.text }]);
	}
	checkRetry(item);
	const { message, raw } = await sendSms(api, domain, number, sms);
	return [messageOutput(message, raw)];
}
