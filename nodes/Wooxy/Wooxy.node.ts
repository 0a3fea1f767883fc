import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { getCountriesWithNumbers } from '../shared/panel/countries';
import { properties } from '../shared/panel/properties';
import { actionSubtitle } from '../shared/panel/subtitle';
import { getTimeZoneChoices } from '../shared/panel/timeZones';
import { run } from '../shared/run/run';
import { waitOutputs } from '../shared/waiting/routeOutputs';
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
		description: 'Send texts through Wooxy, follow their delivery, and manage contacts',
		defaults: { name: 'Wooxy' },
		inputs: [NodeConnectionTypes.Main],
		outputs: waitOutputs,
		usableAsTool: true,
		credentials: [{ name: 'wooxyApi', required: true, testedBy: 'wooxyApiTest' }],
		properties: properties(wooxy),
	};

	methods = {
		credentialTest: { wooxyApiTest },
		loadOptions: { getCountries: getCountriesWithNumbers, getTimeZones: getTimeZoneChoices },
		listSearch: { searchDomains, searchContactLists },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, wooxy);
	}
}
