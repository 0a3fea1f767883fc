import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { hook } from './hooks';

/** Drop-downs of what the account holds, where the provider lists all of it at once. */

interface Choice {
	name: string;
	value: string;
}

/**
 * A field to choose from the account, or to fill in. Not `required`: n8n would then refuse a plain
 * text or a whole expression in place of a locator. The operations check it themselves.
 *
 * @param method of the node's listSearch
 * @param typed the other mode: its label and an example
 */
export function fromListField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	method: string,
	typed: { label: string; example: string },
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
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${typed.example}`,
			},
		],
	};
}

/** The choices whose name holds what was typed; each value once. */
export async function choose(
	context: ILoadOptionsFunctions,
	read: () => Promise<Choice[]>,
	filter = '',
): Promise<INodeListSearchResult> {
	const wanted = filter.trim().toLowerCase();
	const all = await hook(context, read);
	const once = new Map(all.map((choice) => [choice.value, choice]));
	return { results: [...once.values()].filter(({ name }) => name.toLowerCase().includes(wanted)) };
}
