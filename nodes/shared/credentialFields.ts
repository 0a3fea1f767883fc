import type { INodeProperties } from 'n8n-workflow';

/** Fields that the credentials of several providers have. */

/** @param description what it leads to, and what else it may be */
export function baseUrlField(usual: string, description: string): INodeProperties {
	return {
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		required: true,
		default: usual,
		description,
	};
}

/**
 * @param unsigned the sentence that says what the provider does not sign
 * @param carried how the token gets into the address that the provider posts to
 */
export function postbackTokenField(unsigned: string, carried: string): INodeProperties {
	const refusal = 'with a token, triggers refuse every request that does not carry it';
	const several =
		'or several with commas between: the first goes into addresses, all are accepted, so that one can be replaced without losing postbacks';
	const description = `A secret of your choice, ${several}. ${unsigned}; ${refusal}${carried}`;
	return {
		displayName: 'Postback Token',
		name: 'postbackToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description,
	};
}
