import { addHint } from '../../shared/host/internals';
import { limitOf } from '../../shared/input/options';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { contactListSchema, getContactLists } from '../api/contactLists';
import { domainField } from '../fields';
import { readDomain } from '../requireDomain';

export const getManyContactLists: Operation<Api> = {
	resource: 'contactList',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get contact lists',
	description: 'List the contact lists of a domain',
	fields: [
		{ ...domainField, description: 'The domain whose contact lists to return' },
		returnAllField,
		limitField,
	],
	outputSchema: contactListSchema,
	run: async (item, api) =>
		await getContactLists(api, readDomain(item), limitOf(item), (text) =>
			addHint(item.context, text),
		),
};
