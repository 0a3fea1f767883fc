import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { IncomingEntry } from './incoming';
import { incomingDetail, outgoingDetail } from './office';
import { MessageStatuses, SMSErrors } from './schema';
import { messageStatus, smsError, type Refusal } from './sending';

const STATUS = MessageStatuses.values;

/** The wire's SMSResponse of a message as it stands. */
export function smsResponse(message: StoredMessage, replies: IncomingEntry[]) {
	const { cancelled, sentAt } = outgoingDetail(message);
	return {
		Cancelled: cancelled,
		MessageID: message.id,
		Queued: message.status === 'queued',
		ReferenceID: message.reference,
		SMSError: SMSErrors.values.NoError,
		// null until it was handed over, then a list, if an empty one
		SMSIncomingMessages: sentAt === null ? null : replies.map(smsIncomingMessage),
		Sent: sentAt !== null,
		SentDateTime: sentAt === null ? null : new Date(sentAt),
	};
}

/** A number that is none came with the empty id, a wrong key with a fresh one: section 5.2. */
export function refusedSms(refusal: Refusal, reference: string | null = null) {
	return {
		...failedSms(smsError(refusal), refusal === 'destination' ? null : randomUUID()),
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

/** The wire's OutgoingMessageResponse of a message as it stands. */
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

export function refusedMessage(status: number, from: string | null, to: string | null) {
	return {
		Attachments: null,
		From: from || null,
		MessageID: null,
		MessageStatus: status,
		SentTime: null,
		To: to,
	};
}

export function refusalStatus(refusal: Refusal): number {
	return messageStatus(refusal);
}

function statusOf(message: StoredMessage): number {
	if (outgoingDetail(message).cancelled) return STATUS.Cancelled;
	if (message.status === 'scheduled') return STATUS.Hold;
	if (message.status === 'queued') return STATUS.Ready;
	return message.status === 'undelivered' ? STATUS.FailedByProvider : STATUS.Sent;
}

/** The wire's IncomingMessageResponse. */
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
