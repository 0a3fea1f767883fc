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
import { skycoreApiTest } from './credentialTest';
import { skycore } from './provider';
import { searchMms } from './search';

export class Skycore implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Skycore',
		name: 'skycore',
		icon: { light: 'file:skycore.svg', dark: 'file:skycore.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: actionSubtitle,
		description: 'Send texts and MMS through Skycore, to numbers and to subscribers',
		defaults: { name: 'Skycore' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'skycoreApi', required: true, testedBy: 'skycoreApiTest' }],
		properties: properties(skycore),
	};

	methods = {
		credentialTest: { skycoreApiTest },
		loadOptions: { getCountries: getCountriesWithNumbers, getTimeZones: getTimeZoneChoices },
		listSearch: { searchMms },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, skycore);
	}
}
