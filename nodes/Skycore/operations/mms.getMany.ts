import { limitField, returnAllField } from '../../shared/fields';
import { limited } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import { TEXT } from '../../shared/schema';
import type { Api } from '../api/connection';
import { getMmsIds } from '../api/mms';
import { PROVIDER } from '../name';

export const getManyMms: Operation<Api> = {
	resource: 'mms',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get saved MMS',
	description: 'List the IDs of the saved MMS of the account',
	fields: [returnAllField, limitField],
	plain: true,
	gives: { provider: TEXT, mmsId: TEXT },
	run: async (item, api) =>
		limited(item, await getMmsIds(api)).map((mmsId) => ({
			json: { provider: PROVIDER, mmsId },
			raw: mmsId,
		})),
};
