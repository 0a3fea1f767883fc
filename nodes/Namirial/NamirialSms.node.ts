import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { properties, run } from '../shared/operation';
import { namirial } from './operations';

export class NamirialSms implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Namirial SMS',
		name: 'namirialSms',
		icon: { light: 'file:namirial.svg', dark: 'file:namirial.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send texts through Namirial SMS and see what became of them',
		defaults: { name: 'Namirial SMS' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'namirialSmsGatewayApi', required: false },
			{ name: 'namirialSmsStatusApi', required: false },
		],
		properties: properties(namirial),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, namirial);
	}
}
