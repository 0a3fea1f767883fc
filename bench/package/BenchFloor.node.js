/**
 * The least node that can send two fields, several items at a time: reads both, writes them into the
 * body, posts it through n8n's helper and passes on what is answered. It checks, retries, masks and
 * remembers nothing.
 */
exports.BenchFloor = class BenchFloor {
	description = {
		displayName: 'Bench Floor',
		name: 'benchFloor',
		group: ['output'],
		version: 1,
		description: 'Posts each item',
		defaults: { name: 'Bench Floor' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [
			{ displayName: 'To', name: 'to', type: 'string', default: '' },
			{ displayName: 'Message', name: 'message', type: 'string', default: '' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Headers', name: 'headers', type: 'json', default: '{}' },
			{ displayName: 'Body', name: 'body', type: 'string', default: '' },
			{ displayName: 'At Once', name: 'atOnce', type: 'number', default: 10 },
		],
	};

	async execute() {
		const items = this.getInputData();
		const url = this.getNodeParameter('url', 0);
		const headers = JSON.parse(this.getNodeParameter('headers', 0));
		const body = this.getNodeParameter('body', 0);
		const outputs = [];
		let next = 0;
		const work = async () => {
			while (next < items.length) {
				const item = next++;
				const to = this.getNodeParameter('to', item);
				const message = this.getNodeParameter('message', item);
				const answer = await this.helpers.httpRequest({
					method: 'POST',
					url,
					headers: { ...headers },
					body: body.replace('%to%', to).replace('%message%', message),
				});
				const json = typeof answer === 'object' && !Array.isArray(answer) ? answer : { answer };
				outputs[item] = { json, pairedItem: { item } };
			}
		};
		await Promise.all(Array.from({ length: this.getNodeParameter('atOnce', 0) }, work));
		return [outputs];
	}
};
