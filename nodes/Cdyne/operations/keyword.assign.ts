import type { Operation } from '../../shared/operation';
import type { Api } from '../api/connection';
import { changeKeyword } from '../api/keywords';
import { newKeywordFields } from '../fields';
import { changedKeyword, keywordOf, keywordShape } from '../keywords';

export const assignKeyword: Operation<Api> = {
	resource: 'keyword',
	operation: 'assign',
	name: 'Assign',
	action: 'Assign a keyword',
	description: 'Let a keyword texted to a short code belong to this license key',
	fields: newKeywordFields,
	gives: keywordShape,
	run: async (item, api) => {
		const { keyword, shortCode } = keywordOf(item);
		return changedKeyword(await changeKeyword(api, 'AssignKeyword', keyword, shortCode));
	},
};
