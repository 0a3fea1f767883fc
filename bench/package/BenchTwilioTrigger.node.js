const { describe, nodeOf } = require('./redirect');

const twilioTrigger = nodeOf('Twilio', 'TwilioTrigger');

/** n8n's Twilio Trigger, without its registration at Twilio. */
exports.BenchTwilioTrigger = class BenchTwilioTrigger {
	description = describe(twilioTrigger, 'benchTwilioTrigger');

	async webhook() {
		return await twilioTrigger.webhook.call(this);
	}
};
