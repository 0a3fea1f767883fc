import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { changeSchema, removeContact } from '../api/contacts';
import { requireContact } from '../contactInput';
import { contactField, contactListField } from '../fields';

export const deleteContactOfList: Operation<Api> = {
	resource: 'contact',
	operation: 'delete',
	name: 'Delete',
	action: 'Delete a contact',
	description: 'Remove a contact from a list; Wooxy applies the change a moment later',
	fields: [contactListField, contactField],
	outputSchema: changeSchema,
	run: async (item, api) => [await removeContact(api, requireContact(item))],
};
