import { dryRun, dryRunOption, isDryRun } from '../../shared/dryRun';
import { defaultCountryOption, messageField } from '../../shared/fields';
import { messageOutput } from '../../shared/item';
import { sentShape } from '../../shared/message';
import { textOptions } from '../../shared/messageText';
import type { Operation } from '../../shared/operation';
import { checkRetry, notOnRetryOption } from '../../shared/retried';
import type { Api } from '../api/connection';
import { sendToContact } from '../api/messages';
import { contactOf } from '../contacts';
import { contactField, contactListField, fromOption, tagsOption, variablesField } from '../fields';
import { PROVIDER } from '../name';
import { contactKind } from '../number';
import { smsOf, variablesOf } from '../sending';

export const sendMessageToContact: Operation<Api> = {
	resource: 'message',
	operation: 'sendToContact',
	name: 'Send to Contact',
	action: 'Send an SMS to a contact',
	description: 'Send a text with variables to a contact of a list',
	forModel: 'For telling somebody something by SMS whose number only the contact list knows.',
	sends: true,
	fields: [
		contactListField,
		contactField,
		{
			...messageField,
			description:
				'The text to send. {{name}} and other variables in double braces are filled in by Wooxy; in an expression of n8n write {{ "{{name}}" }}.',
		},
	],
	options: [
		defaultCountryOption,
		fromOption,
		tagsOption,
		variablesField,
		dryRunOption,
		notOnRetryOption,
		...textOptions,
	],
	gives: sentShape,
	run: async (item, api) => {
		const { contactListId, contact } = contactOf(item);
		const variables = variablesOf(item.options.variables);
		const sms = smsOf(item);
		if (isDryRun(item)) {
			const to = contactKind(contact) === 'phoneNumber' ? contact : null;
			return dryRun([{ provider: PROVIDER, to, from: sms.fromName, text: sms.text }]);
		}
		checkRetry(item);
		const sent = await sendToContact(api, contactListId, contact, sms, variables);
		return [messageOutput(sent.message, sent.raw)];
	},
};
