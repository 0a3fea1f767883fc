import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { properties, run } from '../shared/operation';
import { cdyne } from './operations';

export class Cdyne implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'CDYNE SMS Notify!',
		name: 'cdyne',
		icon: { light: 'file:cdyne.svg', dark: 'file:cdyne.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send texts and MMS through CDYNE SMS Notify! and see what became of them',
		defaults: { name: 'CDYNE SMS Notify!' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'cdyneApi', required: true }],
		properties: properties(cdyne),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, cdyne);
	}
}
