/**
 * Regular expressions that take more than linear time for some input: what arrives at a webhook
 * could stop n8n with one. Beside eslint.config.mjs, which n8n's own check wants unchanged.
 */
import parser from '@typescript-eslint/parser';
import regexp from 'eslint-plugin-regexp';

export default [
	{
		files: ['**/*.ts'],
		languageOptions: { parser },
		linterOptions: { noInlineConfig: true },
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
		},
	},
];
