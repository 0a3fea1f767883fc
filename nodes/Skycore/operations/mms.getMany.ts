import { applyLimit } from '../../shared/input/options';
import { TEXT } from '../../shared/model/schema';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
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
	noSimplify: true,
	outputSchema: { provider: TEXT, mmsId: TEXT },
	run: async (item, api) =>
		applyLimit(item, await getMmsIds(api)).map((mmsId) => ({
			json: { provider: PROVIDER, mmsId },
			raw: mmsId,
		})),
};
