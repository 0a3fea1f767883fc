/**
 * What is linted besides eslint.config.mjs, which n8n's strict mode wants to be exactly its default.
 * The default includes eslint-plugin-n8n-nodes-base, but turns some of its rules off. Here all of them
 * apply, except those that want forms n8n has replaced.
 */
import parser from '@typescript-eslint/parser';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import regexp from 'eslint-plugin-regexp';

const { community, credentials, nodes } = nodesBase.configs;

export default [
	{
		files: ['**/*.ts'],
		languageOptions: { parser },
		linterOptions: { noInlineConfig: true },
		plugins: { regexp, 'n8n-nodes-base': nodesBase },
		rules: {
			// a regular expression of more than linear time could stop n8n for what arrives at a webhook
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential' }],
		},
	},
	{
		files: ['package.json'],
		languageOptions: { parser, parserOptions: { extraFileExtensions: ['.json'] } },
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...credentials.rules,
			// the rule wants the name of a page of n8n's own documentation in place of an address
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...nodes.rules,
			// the rules want ['main'] in place of NodeConnectionTypes
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
];
