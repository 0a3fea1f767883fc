import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { IncomingEntry } from './incoming';
import { MessageStatuses, SMSErrors } from './schema';
import { messageStatus, smsError, type Rejection } from './sending';
import { incomingDetail, outgoingDetail } from './state';

const STATUS = MessageStatuses.values;

/** Returns the SMSResponse for a message's current status. */
export function smsResponse(message: StoredMessage, replies: IncomingEntry[]) {
	const { cancelled, sentAt } = outgoingDetail(message);
	return {
		Cancelled: cancelled,
		MessageID: message.id,
		Queued: message.status === 'queued',
		ReferenceID: message.reference,
		SMSError: SMSErrors.values.NoError,
		// null until the message was handed over, then a list that may be empty
		SMSIncomingMessages: sentAt === null ? null : replies.map(smsIncomingMessage),
		Sent: sentAt !== null,
		SentDateTime: sentAt === null ? null : new Date(sentAt),
	};
}

/** An invalid number is rejected with an empty id. Other rejections have a new id. */
export function rejectedSms(rejection: Rejection, reference: string | null = null) {
	return {
		...failedSms(smsError(rejection), rejection === 'destination' ? null : randomUUID()),
		ReferenceID: reference || null,
	};
}

export function unknownSms(id: string | null) {
	return failedSms(SMSErrors.values.NotFound, id);
}

function failedSms(error: number, id: string | null) {
	return {
		Cancelled: false,
		MessageID: id,
		Queued: false,
		ReferenceID: null as string | null,
		SMSError: error,
		SMSIncomingMessages: null,
		Sent: false,
		SentDateTime: null,
	};
}

export function smsIncomingMessage({ message, fragment }: IncomingEntry) {
	return {
		FromPhoneNumber: message.from,
		IncomingMessageID: fragment.id,
		MatchedMessageID: message.inReplyTo,
		Message: fragment.text,
		ResponseReceiveDate: new Date(message.at),
		ToPhoneNumber: message.to,
	};
}

/** Returns the OutgoingMessageResponse for a message's current status. */
export function outgoingResponse(message: StoredMessage) {
	const { attachments, sentAt } = outgoingDetail(message);
	return {
		Attachments: attachments,
		From: message.from,
		MessageID: message.id,
		MessageStatus: statusOf(message),
		SentTime: sentAt === null ? null : new Date(sentAt),
		To: message.to,
	};
}

export function rejectedMessage(status: number, from: string | null, to: string | null) {
	return {
		Attachments: null,
		From: from || null,
		MessageID: null,
		MessageStatus: status,
		SentTime: null,
		To: to,
	};
}

export function rejectionStatus(rejection: Rejection): number {
	return messageStatus(rejection);
}

function statusOf(message: StoredMessage): number {
	if (outgoingDetail(message).cancelled) return STATUS.Cancelled;
	if (message.status === 'scheduled') return STATUS.Hold;
	if (message.status === 'queued') return STATUS.Ready;
	return message.status === 'undelivered' ? STATUS.FailedByProvider : STATUS.Sent;
}

export function incomingResponse({ message, fragment }: IncomingEntry) {
	return {
		Attachments: incomingDetail(message).attachments,
		From: message.from,
		IncomingMessageID: fragment.id,
		OutgoingMessageID: message.inReplyTo,
		Payload: fragment.text,
		ReceivedDate: new Date(message.at),
		Subject: message.subject,
		To: message.to,
		Udh: fragment.udh === null ? null : Buffer.from(fragment.udh),
	};
}
