/** Creates items to send, each with a different text. */
exports.BenchItems = class BenchItems {
	description = {
		displayName: 'Bench Items',
		name: 'benchItems',
		group: ['transform'],
		version: 1,
		description: 'Creates items to send',
		defaults: { name: 'Bench Items' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [{ displayName: 'Count', name: 'count', type: 'number', default: 1 }],
	};

	async execute() {
		const count = this.getNodeParameter('count', 0);
		const items = Array.from({ length: count }, (_, index) => ({
			json: {
				to: `+1757555${String(1_000 + (index % 9_000))}`,
				text: `Number ${index}`,
				id: String(index).padStart(24, 'a'),
			},
			pairedItem: { item: 0 },
		}));
		return [items];
	}
};
