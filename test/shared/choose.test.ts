import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { choose, fromListField } from '../../nodes/shared/choose';

/** A field to choose from the account. */

it('can be chosen from a list or typed', () => {
	const field = { displayName: 'From', name: 'from', description: 'The sender' };
	expect(fromListField(field, 'getSenders', { label: 'By Name', example: 'Shop' })).toEqual({
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

describe('the choices', () => {
	const node = { name: 'N', type: 'n', typeVersion: 1, parameters: {} };
	const context = { getNode: () => node } as unknown as ILoadOptionsFunctions;
	const all = [
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
	])('that hold %j, each value once', async (filter, names) => {
		const { results } = await choose(context, async () => all, filter);
		expect(results.map(({ name }) => name)).toEqual(names);
		expect(all).toEqual(expect.arrayContaining(results));
	});

	it('that cannot be read are an error of n8n', async () => {
		const read = async () => await Promise.reject(new Error('No'));
		await expect(choose(context, read)).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: 'No',
		});
	});
});
