/**
 * The minimal node that sends two fields of several items concurrently: it reads both, inserts them
 * into the body, sends it with n8n's helper and outputs the response. It does not check, retry,
 * mask or remember anything.
 */
exports.BenchMinimal = class BenchMinimal {
	description = {
		displayName: 'Bench Minimal',
		name: 'benchMinimal',
		group: ['output'],
		version: 1,
		description: 'Posts each item',
		defaults: { name: 'Bench Minimal' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'To', name: 'to', type: 'string', default: '' },
			{ displayName: 'Message', name: 'message', type: 'string', default: '' },
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
				const to = this.getNodeParameter('to', item);
				const message = this.getNodeParameter('message', item);
				const response = await this.helpers.httpRequest({
					method: 'POST',
					url,
					headers: { ...headers },
					body: body.replace('%to%', to).replace('%message%', message),
				});
				const isObject = typeof response === 'object' && !Array.isArray(response);
				const json = isObject ? response : { response };
				outputs[item] = { json, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: this.getNodeParameter('concurrency', 0) }, sendItems));
		return [outputs];
	}
};
