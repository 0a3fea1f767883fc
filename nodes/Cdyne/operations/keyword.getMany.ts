import { limitField, returnAllField } from '../../shared/fields';
import { limited } from '../../shared/list';
import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { getKeywords } from '../api/keywords';
import { keywordOutput, keywordShape } from '../keywords';

export const getManyKeywords: Operation<Api> = {
	resource: 'keyword',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get keywords',
	description: 'List the keywords of this license key',
	fields: [returnAllField, limitField],
	gives: keywordShape,
	run: async (item, api) => limited(item, await getKeywords(api)).map(keywordOutput),
};
