import { listField } from '../../shared/panel/listField';
import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { changeKeyword } from '../api/keywords';
import { changeOutput, readKeyword, keywordSchema, shortCodeField } from './keyword';

export const removeKeyword: Operation<Api> = {
	resource: 'keyword',
	operation: 'remove',
	name: 'Remove',
	action: 'Remove a keyword',
	description: 'Remove a keyword of a short code from this license key',
	fields: [
		listField(
			{ displayName: 'Keyword', name: 'keyword', description: 'The word that people text' },
			'searchKeywords',
			{ label: 'By Word', example: 'PIZZA' },
		),
		shortCodeField,
	],
	outputSchema: keywordSchema,
	run: async (item, api) => {
		const { keyword, shortCode } = readKeyword(item);
		return changeOutput(await changeKeyword(api, 'RemoveKeyword', keyword, shortCode));
	},
};
