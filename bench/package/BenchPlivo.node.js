const { describe, nodeOf, redirected } = require('./redirect');

const plivo = nodeOf('Plivo');

/** n8n's Plivo node, with requests redirected to this machine. */
exports.BenchPlivo = class BenchPlivo {
	description = describe(plivo, 'benchPlivo');

	async execute() {
		return await plivo.execute.call(redirected(this.getNodeParameter('base', 0), this));
	}
};
