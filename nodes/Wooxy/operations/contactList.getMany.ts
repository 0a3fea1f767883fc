import { limitField, returnAllField } from '../../shared/fields';
import { limitOf } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { contactListShape, getContactLists } from '../api/contactLists';
import { domainOf } from '../domains';
import { domainField } from '../fields';

export const getManyContactLists: Operation<Api> = {
	resource: 'contactList',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get contact lists',
	description: 'List the contact lists of a domain',
	fields: [
		{ ...domainField, description: 'The domain whose lists are wanted' },
		returnAllField,
		limitField,
	],
	gives: contactListShape,
	run: async (item, api) => await getContactLists(api, domainOf(item), limitOf(item)),
};
