import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

export interface HttpLoop {
	url: string;
	headers: Record<string, string>;
	/** Requests in flight; 1 for sequential requests. */
	concurrency: number;
}

/**
 * Returns a node without this package's code, which sends a request per item with n8n's HTTP
 * helper.
 */
export function httpLoop({ url, headers, concurrency }: HttpLoop): INodeType {
	return {
		description: {
			displayName: 'HTTP Loop',
			name: 'httpLoop',
			group: ['output'],
			version: 1,
			description: 'Posts each item',
			defaults: { name: 'HTTP Loop' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		} as INodeTypeDescription,

		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const items = this.getInputData();
			const outputs: INodeExecutionData[] = [];
			let next = 0;
			const sendItems = async () => {
				while (next < items.length) {
					const item = next++;
					const body = items[item].json;
					const request = { method: 'POST', url, headers, body, json: true } as const;
					const json = (await this.helpers.httpRequest(request)) as IDataObject;
					outputs[item] = { json, pairedItem: { item } };
				}
			};
			await Promise.all(Array.from({ length: concurrency }, sendItems));
			return [outputs];
		},
	};
}
