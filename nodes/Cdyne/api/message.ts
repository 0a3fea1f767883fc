import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/errors';
import { asSend } from '../../shared/http';
import { smsMessage } from '../../shared/message';
import type { SmsMessage } from '../../shared/message';
import { own, text } from '../../shared/values';
import { ADVICE, MESSAGE_STATUS, messageStatus, readCode, SMS_ERRORS } from '../codes';
import type { Code } from '../codes';
import { PROVIDER } from '../name';
import { bool, guid, objects, readDate } from '../wire';
import { odd } from './refusals';

/** A text as it goes out, and messages as CDYNE reports them (docs/providers/cdyne.md 5). */

/** One text for one recipient: an entry of AdvancedSMSsend. */
export interface Sms {
	/** In CDYNE's form: digits, with 011 outside North America. */
	number: string;
	reference: string;
	text: string;
	from?: string;
	scheduledAt?: Date;
	statusUrl?: string;
}

/** A message as the legacy calls report it, and the object it was read from. */
export interface Report {
	message: SmsMessage;
	raw: IDataObject;
	error: Code;
}

/** SMSResponse (5.2). Success is SMSError = NoError and nothing else: rejections carry ids too. */
export function readSmsResponse(raw: IDataObject): Report {
	if (!('SMSError' in raw)) odd('an SMSResponse', raw);
	const error = readCode(raw.SMSError, SMS_ERRORS);
	const known = {
		provider: PROVIDER,
		messageId: guid(raw.MessageID),
		referenceId: text(raw.ReferenceID),
		sentAt: readDate(raw.SentDateTime),
	};
	const message = (): SmsMessage => {
		if (error.number !== 0) {
			const errorCode = error.number === null ? error.name : String(error.number);
			const errorMessage = [error.name, own(ADVICE, error.name)].filter(Boolean).join(': ');
			return smsMessage({
				...known,
				status: 'failed',
				providerStatus: error.name,
				errorCode,
				errorMessage,
			});
		}
		if (bool(raw.Cancelled)) {
			return smsMessage({ ...known, status: 'canceled', providerStatus: 'Cancelled' });
		}
		if (bool(raw.Sent)) return smsMessage({ ...known, status: 'sent', providerStatus: 'Sent' });
		// scheduled for later, a message is neither queued nor sent
		const providerStatus = bool(raw.Queued) ? 'Queued' : 'accepted';
		return smsMessage({ ...known, status: 'queued', providerStatus });
	};
	return { message: message(), raw, error };
}

/** OutgoingMessageResponse (5.5). */
export function readOutgoing(raw: IDataObject): Report {
	if (!('MessageStatus' in raw)) odd('an OutgoingMessageResponse', raw);
	const code = readCode(raw.MessageStatus, MESSAGE_STATUS);
	const status = messageStatus(code);
	const message = smsMessage({
		provider: PROVIDER,
		messageId: guid(raw.MessageID),
		to: text(raw.To),
		from: text(raw.From),
		status,
		providerStatus: code.name,
		sentAt: readDate(raw.SentTime),
		...(status === 'failed' && {
			errorCode: String(code.number),
			errorMessage: [code.name, own(ADVICE, code.name)].filter(Boolean).join(': '),
		}),
	});
	return { message, raw, error: code };
}

export function reports(value: unknown, read: (raw: IDataObject) => Report): Report[] {
	if (value !== '' && typeof value !== 'object') odd('a list', value);
	return objects(value).map(read);
}

/** Failures of single entries come in an answer that could be read; they are as ambiguous. */
export function asSent<T>(result: T | Failure): T | Failure {
	return result instanceof Failure ? asSend(result) : result;
}
