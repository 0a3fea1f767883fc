import { incomingSchema, readReplies, readReply } from '../../../nodes/Cdyne/api/reply';
import { getMessageStatus } from '../../../nodes/Cdyne/operations/message.getStatus';
import { getManyByReference } from '../../../nodes/Cdyne/operations/message.getManyByReference';
import { DATE, ID, OTHER_ID, TIME } from '../cdyne';

/** Replies in the response to a look-up of a message. */

const RAW = {
	FromPhoneNumber: '011447911123456',
	IncomingMessageID: ID,
	MatchedMessageID: OTHER_ID,
	Message: ' Yes ',
	ResponseReceiveDate: DATE,
	ToPhoneNumber: '55512',
};
const REPLY = {
	provider: 'cdyne',
	messageId: ID,
	inReplyTo: OTHER_ID,
	from: '+447911123456',
	to: '55512',
	text: ' Yes ',
	subject: null,
	mediaIds: [],
	receivedAt: TIME,
};

it('are read, with numbers in E.164 and short codes as they are', () => {
	expect(readReply(RAW)).toEqual(REPLY);
	expect(readReplies({ SMSIncomingMessages: [RAW, RAW] })).toEqual([REPLY, REPLY]);
	expect(Object.keys(REPLY)).toEqual(Object.keys(incomingSchema));
});

it.each([null, undefined, [], '', 'x', [null]])('%j has no replies', (SMSIncomingMessages) => {
	expect(readReplies({ SMSIncomingMessages })).toEqual([]);
});

it('are in the schemas of both look-ups', () => {
	for (const { outputSchema } of [getMessageStatus, getManyByReference]) {
		expect(outputSchema).toHaveProperty('replies');
	}
});
