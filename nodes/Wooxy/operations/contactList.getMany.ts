import { limitField, returnAllField } from '../../shared/fields';
import { limitOf } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import { readIsoTime } from '../../shared/clock';
import { text } from '../../shared/values';
import { getContactLists } from '../api/contactLists';
import { PROVIDER } from '../name';
import type { Api } from '../api/connection';
import { domainOf } from '../domains';
import { domainField } from '../fields';
import { flag, objectsOf } from '../wire';

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
	run: async (item, api) =>
		(await getContactLists(api, domainOf(item), limitOf(item))).map((raw) => ({
			json: {
				provider: PROVIDER,
				contactListId: text(raw.contactListId),
				contactListName: text(raw.contactListName),
				domainId: text(raw.domainId),
				domain: text(raw.domain),
				smsFromName: text(raw.smsFromName),
				isDefault: flag(raw.isDefault),
				customVariables: objectsOf(raw.customVariables),
				defaultVariables: objectsOf(raw.defaultVariables),
				createdAt: readIsoTime(raw.createdAt),
				updatedAt: readIsoTime(raw.updatedAt),
			},
			raw,
		})),
};
