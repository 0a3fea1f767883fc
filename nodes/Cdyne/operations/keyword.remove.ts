import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { changeKeyword } from '../api/keywords';
import { keywordFields } from '../fields';
import { changedKeyword, keywordOf, keywordShape } from '../keywords';

export const removeKeyword: Operation<Api> = {
	resource: 'keyword',
	operation: 'remove',
	name: 'Remove',
	action: 'Remove a keyword',
	description: 'Give a keyword of a short code back',
	fields: keywordFields,
	gives: keywordShape,
	run: async (item, api) => {
		const { keyword, shortCode } = keywordOf(item);
		return changedKeyword(await changeKeyword(api, 'RemoveKeyword', keyword, shortCode));
	},
};
