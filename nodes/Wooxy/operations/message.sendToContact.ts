import { messageField } from '../../shared/fields';
import { messageOutput } from '../../shared/item';
import type { Operation } from '../../shared/operation';
import { sendToContact } from '../api';
import type { Api } from '../api';
import { contactOf } from '../contacts';
import { contactField, contactListField, fromOption, tagsOption, variablesField } from '../fields';
import { smsOf, variablesOf } from '../sending';

export const sendMessageToContact: Operation<Api> = {
	resource: 'message',
	operation: 'sendToContact',
	name: 'Send to Contact',
	action: 'Send an SMS to a contact',
	description: 'Send a text with variables to a contact of a list',
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
	options: [fromOption, tagsOption, variablesField],
	run: async (item, api) => {
		const { contactListId, contact } = contactOf(item);
		const variables = variablesOf(item.options.variables);
		const sent = await sendToContact(api, contactListId, contact, smsOf(item), variables);
		return [messageOutput(sent.message, sent.raw)];
	},
};
