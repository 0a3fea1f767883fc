import type { Operation } from '../../shared/operation';
import { PROVIDER } from '../name';
import { removeContact } from '../api/contacts';
import type { Api } from '../api/connection';
import { contactOf, queuedOutput } from '../contacts';
import { contactField, contactListField } from '../fields';

export const deleteContactOfList: Operation<Api> = {
	resource: 'contact',
	operation: 'delete',
	name: 'Delete',
	action: 'Delete a contact',
	description: 'Remove a contact from a list. Wooxy does it a moment later.',
	fields: [contactListField, contactField],
	run: async (item, api) => {
		const { contactListId, contact } = contactOf(item);
		const raw = await removeContact(api, contactListId, contact);
		return [queuedOutput(PROVIDER, contactListId, contact, raw)];
	},
};
