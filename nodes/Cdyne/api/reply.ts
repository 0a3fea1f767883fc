import type { IDataObject } from 'n8n-workflow';
import { textOrNull } from '../../shared/formats/values';
import { listOf, objectWith, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { PROVIDER } from '../name';
import { fromCdyneForm } from '../number';
import { readDate, readGuid, toObjects } from '../wire';

/** Incoming messages as CDYNE reports them with the messages that they reply to (5.3). */

export const incomingSchema = {
	provider: TEXT,
	messageId: TEXT_OR_NULL,
	inReplyTo: TEXT_OR_NULL,
	from: TEXT_OR_NULL,
	to: TEXT_OR_NULL,
	text: TEXT,
	subject: TEXT_OR_NULL,
	mediaIds: listOf(TEXT),
	receivedAt: TEXT_OR_NULL,
};

/** An SMSIncomingMessage. */
export function readReply(raw: IDataObject): IDataObject {
	return {
		provider: PROVIDER,
		messageId: readGuid(raw.IncomingMessageID),
		inReplyTo: readGuid(raw.MatchedMessageID),
		from: fromCdyneForm(raw.FromPhoneNumber),
		to: fromCdyneForm(raw.ToPhoneNumber),
		text: textOrNull(raw.Message) ?? '',
		subject: null,
		mediaIds: [],
		receivedAt: readDate(raw.ResponseReceiveDate),
	};
}

export const repliesSchema = { replies: listOf(objectWith(incomingSchema)) };

/** The replies in the response to a look-up of a message. */
export function readReplies({ SMSIncomingMessages }: IDataObject): IDataObject[] {
	return toObjects(SMSIncomingMessages).map(readReply);
}
