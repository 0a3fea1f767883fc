/** The minimal trigger: outputs the unchanged body of every request, without authentication. */
exports.BenchTrigger = class BenchTrigger {
	description = {
		displayName: 'Bench Trigger',
		name: 'benchTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Starts on every request',
		defaults: { name: 'Bench Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: [
			{
				displayName: 'Raw Body',
				name: 'options',
				type: 'hidden',
				default: { binaryData: true },
			},
		],
	};

	async webhook() {
		const request = this.getRequestObject();
		await request.readRawBody();
		return { workflowData: [[{ json: { body: request.rawBody.toString() } }]] };
	}
};
