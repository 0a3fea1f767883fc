import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { searchList, listField } from '../../../nodes/shared/panel/listField';

/** Fields to choose from a list of the account. */

it('the value can be chosen from a list or typed', () => {
	const field = { displayName: 'From', name: 'from', description: 'The sender' };
	expect(listField(field, 'getSenders', { label: 'By Name', example: 'Shop' })).toEqual({
		displayName: 'From',
		name: 'from',
		description: 'The sender',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose...',
				typeOptions: { searchListMethod: 'getSenders', searchable: true },
			},
			{ displayName: 'By Name', name: 'id', type: 'string', placeholder: 'e.g. Shop' },
		],
	});
});

it('the mode for typing can have another name', () => {
	const field = { displayName: 'Domain', name: 'domain', description: 'The domain' };
	const typed = { label: 'By Name', name: 'name', example: 'shop.example' };
	expect(listField(field, 'getDomains', typed).modes?.[1]).toEqual({
		displayName: 'By Name',
		name: 'name',
		type: 'string',
		placeholder: 'e.g. shop.example',
	});
});

describe('the choices', () => {
	const node = { name: 'N', type: 'n', typeVersion: 1, parameters: {} };
	const context = { getNode: () => node } as unknown as ILoadOptionsFunctions;
	const choices = [
		{ name: 'Alpha', value: '1' },
		{ name: 'BETA', value: '2' },
		{ name: 'Alphabet', value: '3' },
		{ name: 'Gamma', value: '1' },
	];

	it.each<[string | undefined, string[]]>([
		[undefined, ['Gamma', 'BETA', 'Alphabet']],
		['', ['Gamma', 'BETA', 'Alphabet']],
		[' Beta ', ['BETA']],
		['BET', ['BETA', 'Alphabet']],
		['zeta', []],
	])('are filtered by %j, and each value is listed once', async (filter, names) => {
		const { results } = await searchList(context, async () => choices, filter);
		expect(results.map(({ name }) => name)).toEqual(names);
		expect(choices).toEqual(expect.arrayContaining(results));
	});

	it('are an error of n8n if they cannot be read', async () => {
		const read = async () => await Promise.reject(new Error('No'));
		await expect(searchList(context, read)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'No',
		});
	});
});
