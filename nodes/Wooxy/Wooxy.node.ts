import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { getCountriesWithNumbers } from '../shared/countries';
import { deliveryOutputs } from '../shared/delivery';
import { properties } from '../shared/properties';
import { run } from '../shared/run';
import { actionSubtitle } from '../shared/subtitle';
import { wooxyApiTest } from './credentialTest';
import { wooxy } from './provider';
import { searchContactLists, searchDomains } from './search';

export class Wooxy implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Wooxy',
		name: 'wooxy',
		icon: { light: 'file:wooxy.svg', dark: 'file:wooxy.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: actionSubtitle,
		description: 'Send texts through Wooxy, see what became of them, and keep contacts',
		defaults: { name: 'Wooxy' },
		inputs: [NodeConnectionTypes.Main],
		outputs: deliveryOutputs,
		usableAsTool: true,
		credentials: [{ name: 'wooxyApi', required: true, testedBy: 'wooxyApiTest' }],
		properties: properties(wooxy),
	};

	methods = {
		credentialTest: { wooxyApiTest },
		loadOptions: { getCountries: getCountriesWithNumbers },
		listSearch: { searchDomains, searchContactLists },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, wooxy);
	}
}
