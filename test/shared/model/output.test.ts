import { smsMessage } from '../../../nodes/shared/model/message';
import { messageOutput } from '../../../nodes/shared/model/output';

it('a message is output with the part of the response from which it was read', () => {
	const message = smsMessage({ provider: 'p', status: 'sent', providerStatus: 'Sent' });
	expect(messageOutput(message, { a: 1 })).toEqual({ json: message, raw: { a: 1 } });
	expect(messageOutput(message).json).toBe(message);
});
