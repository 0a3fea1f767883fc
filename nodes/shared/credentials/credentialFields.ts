import type { INodeProperties } from 'n8n-workflow';

/** @param description which API it leads to, and which other values it can have */
export function baseUrlField(defaultUrl: string, description: string): INodeProperties {
	return {
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		required: true,
		default: defaultUrl,
		description,
	};
}

/**
 * @param unsigned the sentence that says what the provider does not sign
 * @param carried how the token gets into the URL that the provider posts to
 */
export function postbackTokenField(unsigned: string, carried: string): INodeProperties {
	const usage =
		'A secret of your choice, or several separated by commas. The first one is put into URLs. All are accepted, so that a token can be replaced without losing postbacks.';
	const effect = 'With a token, triggers reject every request that does not carry it';
	const description = `${usage} ${unsigned}. ${effect}${carried}`;
	return {
		displayName: 'Postback Token',
		name: 'postbackToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description,
	};
}
