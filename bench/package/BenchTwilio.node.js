const { described, ledTo, nodeOf } = require('./led');

const twilio = nodeOf('Twilio');

/** n8n's own Twilio node, against an address of this machine. */
exports.BenchTwilio = class BenchTwilio {
	description = described(twilio, 'benchTwilio');

	async execute() {
		return await twilio.execute.call(ledTo(this.getNodeParameter('base', 0), this));
	}
};
