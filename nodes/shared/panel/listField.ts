import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { throwAsNodeError } from '../errors/throwAsNodeError';

interface Choice {
	name: string;
	value: string;
}

/**
 * A field to choose from a list, or to type. Not `required`: n8n would then reject a plain text or
 * an expression in place of the locator. The operations check it themselves.
 *
 * @param method name of the node's listSearch method
 * @param typed the mode for typing: its label, its name (`id` by default) and an example
 */
export function listField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	method: string,
	typed: { label: string; name?: string; example: string },
): INodeProperties {
	return {
		...field,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose...',
				typeOptions: { searchListMethod: method, searchable: true },
			},
			{
				displayName: typed.label,
				name: typed.name ?? 'id',
				type: 'string',
				placeholder: `e.g. ${typed.example}`,
			},
		],
	};
}

/** The choices whose names contain the filter; each value once. */
export async function searchList(
	context: ILoadOptionsFunctions,
	read: () => Promise<Choice[]>,
	filter = '',
): Promise<INodeListSearchResult> {
	const query = filter.trim().toLowerCase();
	const choices = await throwAsNodeError(context, read);
	const byValue = new Map(choices.map((choice) => [choice.value, choice]));
	return {
		results: [...byValue.values()].filter(({ name }) => name.toLowerCase().includes(query)),
	};
}
