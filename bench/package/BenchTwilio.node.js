const { describe, nodeOf, redirected } = require('./redirect');

const twilio = nodeOf('Twilio');

/** n8n's Twilio node, with requests redirected to this machine. */
exports.BenchTwilio = class BenchTwilio {
	description = describe(twilio, 'benchTwilio');

	async execute() {
		return await twilio.execute.call(redirected(this.getNodeParameter('base', 0), this));
	}
};
