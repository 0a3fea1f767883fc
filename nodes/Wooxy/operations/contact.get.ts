import type { INodeProperties } from 'n8n-workflow';
import { throwFailure } from '../../shared/errors/failure';
import {
	FLAG,
	listOf,
	objectWith,
	type OutputSchema,
	TEXT,
	TEXT_OR_NULL,
} from '../../shared/model/schema';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getContact } from '../api/contacts';
import { contactFields } from '../contactFields';
import { requireContact } from '../contactInput';
import { contactField, contactListField } from '../fields';

const storedFields = (contactFields.options as INodeProperties[]).map(
	({ name, type }) => [name, type === 'boolean' ? FLAG : TEXT_OR_NULL] as const,
);

/** A contact as contact/get returns it: its score, stored as a number, is returned as text. */
const contactSchema: OutputSchema = {
	provider: TEXT,
	contactListId: TEXT,
	id: TEXT,
	...Object.fromEntries(storedFields),
	desktopWebPushSubscribe: FLAG,
	mobileWebPushSubscribe: FLAG,
	telegramSubscribe: FLAG,
	cac: objectWith({ value: TEXT_OR_NULL, currency: TEXT_OR_NULL }),
	variables: listOf(objectWith({ name: TEXT, value: TEXT_OR_NULL })),
	createdAt: TEXT_OR_NULL,
	updatedAt: TEXT_OR_NULL,
};

export const getContactOfList: Operation<Api> = {
	resource: 'contact',
	operation: 'get',
	name: 'Get',
	action: 'Get a contact',
	description: 'Get a contact from a contact list',
	fields: [contactListField, contactField],
	outputSchema: contactSchema,
	run: async (item, api) => {
		const key = requireContact(item);
		const found = await getContact(api, key);
		if (found) return [found];
		return throwFailure({
			kind: 'notFound',
			message: `The list has no contact "${key.contact}"`,
			description:
				'Check the list and the contact. A contact that was just added may take a moment to appear.',
		});
	},
};
