const { described, nodeOf } = require('./led');

const twilioTrigger = nodeOf('Twilio', 'TwilioTrigger');

/** n8n's own Twilio Trigger, which registers itself nowhere. */
exports.BenchTwilioTrigger = class BenchTwilioTrigger {
	description = described(twilioTrigger, 'benchTwilioTrigger');

	async webhook() {
		return await twilioTrigger.webhook.call(this);
	}
};
