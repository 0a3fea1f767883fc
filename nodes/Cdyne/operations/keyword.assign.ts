import type { Operation } from '../../shared/provider/operation';
import type { Api } from '../api/connection';
import { changeKeyword } from '../api/keywords';
import { changeOutput, readKeyword, keywordSchema, shortCodeField } from './keyword';

export const assignKeyword: Operation<Api> = {
	resource: 'keyword',
	operation: 'assign',
	name: 'Assign',
	action: 'Assign a keyword',
	description: 'Assign a keyword of a short code to this license key',
	fields: [
		{
			displayName: 'Keyword',
			name: 'keyword',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. PIZZA',
			description: 'The word that people text, at least three characters',
		},
		shortCodeField,
	],
	outputSchema: keywordSchema,
	run: async (item, api) => {
		const { keyword, shortCode } = readKeyword(item);
		return changeOutput(await changeKeyword(api, 'AssignKeyword', keyword, shortCode));
	},
};
