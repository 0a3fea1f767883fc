import { applyLimit } from '../../shared/input/options';
import { limitField, returnAllField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { getKeywords } from '../api/keywords';
import { keywordOutput, keywordSchema } from './keyword';

export const getManyKeywords: Operation<Api> = {
	resource: 'keyword',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get keywords',
	description: 'List the keywords of this license key',
	fields: [returnAllField, limitField],
	outputSchema: keywordSchema,
	run: async (item, api) => applyLimit(item, await getKeywords(api)).map(keywordOutput),
};
