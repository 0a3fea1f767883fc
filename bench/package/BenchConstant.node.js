/**
 * The node that posts a constant: for each item it sends the same body with n8n's helper, several at
 * the same time, and outputs the response. It evaluates nothing and inserts nothing. No node that
 * makes a request for each item can need less.
 */
exports.BenchConstant = class BenchConstant {
	description = {
		displayName: 'Bench Constant',
		name: 'benchConstant',
		group: ['output'],
		version: 1,
		description: 'Posts the same for each item',
		defaults: { name: 'Bench Constant' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Headers', name: 'headers', type: 'json', default: '{}' },
			{ displayName: 'Body', name: 'body', type: 'string', default: '' },
			{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 10 },
		],
	};

	async execute() {
		const items = this.getInputData();
		const url = this.getNodeParameter('url', 0);
		const headers = JSON.parse(this.getNodeParameter('headers', 0));
		const body = this.getNodeParameter('body', 0);
		const outputs = [];
		let next = 0;
		const sendItems = async () => {
			while (next < items.length) {
				const item = next++;
				const request = { method: 'POST', url, headers: { ...headers }, body };
				const response = await this.helpers.httpRequest(request);
				const isObject = typeof response === 'object' && !Array.isArray(response);
				const json = isObject ? response : { response };
				outputs[item] = { json, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: this.getNodeParameter('concurrency', 0) }, sendItems));
		return [outputs];
	}
};
