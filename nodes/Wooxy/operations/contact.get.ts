import { fail } from '../../shared/errors';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getContact } from '../api/contacts';
import { contactShape } from '../contactFields';
import { contactOf } from '../contacts';
import { contactField, contactListField } from '../fields';

export const getContactOfList: Operation<Api> = {
	resource: 'contact',
	operation: 'get',
	name: 'Get',
	action: 'Get a contact',
	description: 'Read what a contact list holds about a contact',
	fields: [contactListField, contactField],
	gives: contactShape,
	run: async (item, api) => {
		const name = contactOf(item);
		const found = await getContact(api, name);
		if (found) return [found];
		return fail({
			kind: 'notFound',
			message: `The list has no contact "${name.contact}"`,
			description:
				'Check the list and the contact. A contact that was just added may take a moment to appear.',
		});
	},
};
