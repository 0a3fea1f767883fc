import { coerceEntries } from '../../shared/input/collections';
import { textOptions } from '../../shared/input/messageText';
import { sentMessageSchema } from '../../shared/model/message';
import { defaultCountryOption, messageField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { notOnRetryOption } from '../../shared/sending/options';
import { limitOptions } from '../../shared/sending/sendLimits';
import type { Api } from '../api/connection';
import { sendToContact } from '../api/messages';
import { requireContact } from '../contactInput';
import { contactField, contactListField, fromOption, tagsOption, variablesField } from '../fields';
import { contactKind } from '../number';
import { draftOf, readSms, readVariables } from '../sending';

export const sendMessageToContact: Operation<Api> = {
	resource: 'message',
	operation: 'sendToContact',
	name: 'Send to Contact',
	action: 'Send an SMS to a contact',
	description: 'Send a text, which may contain variables, to a contact of a list',
	aiHint: 'For telling somebody something by SMS if their number is only in a contact list.',
	sends: true,
	fields: [
		contactListField,
		contactField,
		{
			...messageField,
			description:
				'The text to send. Wooxy fills in variables in double braces, such as {{name}}; in an n8n expression, write {{ "{{name}}" }}.',
		},
	],
	options: [
		defaultCountryOption,
		fromOption,
		tagsOption,
		variablesField,
		dryRunOption,
		...limitOptions,
		notOnRetryOption,
		...textOptions,
	],
	outputSchema: sentMessageSchema,
	run: async (item, api, sends) => {
		const { contactListId, contact } = requireContact(item);
		const variables = readVariables(
			coerceEntries(item.options.variables, item.label('variables')),
			item,
		);
		const sms = readSms(item);
		if (isDryRun(item)) {
			const to = contactKind(contact) === 'phoneNumber' ? contact : null;
			return sends.dryRun([draftOf(to, sms)]);
		}
		return await sends.send({
			intents: [{ recipient: contact }],
			send: async () => await sendToContact(api, contactListId, contact, sms, variables),
		});
	},
};
