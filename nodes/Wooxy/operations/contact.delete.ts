import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { changeShape, removeContact } from '../api/contacts';
import { contactOf } from '../contacts';
import { contactField, contactListField } from '../fields';

export const deleteContactOfList: Operation<Api> = {
	resource: 'contact',
	operation: 'delete',
	name: 'Delete',
	action: 'Delete a contact',
	description: 'Remove a contact from a list. Wooxy does it a moment later.',
	fields: [contactListField, contactField],
	gives: changeShape,
	run: async (item, api) => [await removeContact(api, contactOf(item))],
};
