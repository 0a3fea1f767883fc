const { described, ledTo, nodeOf } = require('./led');

const plivo = nodeOf('Plivo');

/** n8n's own Plivo node, against an address of this machine. */
exports.BenchPlivo = class BenchPlivo {
	description = described(plivo, 'benchPlivo');

	async execute() {
		return await plivo.execute.call(ledTo(this.getNodeParameter('base', 0), this));
	}
};
