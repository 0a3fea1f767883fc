import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { changeShape, upsertContact } from '../api/contacts';
import { contactFields } from '../contactFields';
import { contactOf, fieldsOf } from '../contacts';
import { contactField, contactListField, variablesField } from '../fields';
import { variablesOf } from '../sending';

export const upsertContactOfList: Operation<Api> = {
	resource: 'contact',
	operation: 'upsert',
	name: 'Create or Update',
	action: 'Create or update a contact',
	description:
		'Create a new record, or update the current one if it already exists (upsert). Wooxy does it a moment later.',
	fields: [
		contactListField,
		contactField,
		contactFields,
		{ ...variablesField, description: 'Variables of your own to store with the contact' },
	],
	gives: changeShape,
	run: async (item, api) => {
		const name = contactOf(item);
		const variables = variablesOf(item.parameter<unknown>('variables', {}));
		const fields: IDataObject = {
			...fieldsOf(item, name.contact),
			...(variables.length > 0 && { variables: variables as unknown as IDataObject[] }),
		};
		return [await upsertContact(api, name, fields)];
	},
};
