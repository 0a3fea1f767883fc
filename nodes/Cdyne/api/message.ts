import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/errors/failure';
import { getOwn, textOrNull } from '../../shared/formats/values';
import { asAmbiguousSend } from '../../shared/http/request';
import { smsMessage, type SmsStatus } from '../../shared/model/message';
import type { Report } from '../../shared/model/output';
import { ADVICE, type Code, MESSAGE_STATUS, messageStatus, readCode, SMS_ERRORS } from '../codes';
import { PROVIDER } from '../name';
import { readBoolean, readGuid, toObjects, readDate } from '../wire';
import { throwUnexpected } from './refusals';

/** Texts to send, and messages as CDYNE reports them (docs/providers/cdyne.md 5). */

/** One text for one recipient: an entry of AdvancedSMSsend. */
export interface SmsRequest {
	/** In CDYNE's form: digits, with the prefix 011 outside North America. */
	number: string;
	reference: string;
	text: string;
	from?: string;
	scheduledAt?: Date;
	statusUrl?: string;
}

export interface CdyneReport extends Report {
	/** SMSError, or MessageStatus of an MMS. */
	error: Code;
}

function describeError({ name }: Code): string {
	return [name, getOwn(ADVICE, name)].filter(Boolean).join(': ');
}

/** Reads an SMSResponse (5.2). Only SMSError tells whether it failed: rejections have IDs too. */
export function readSmsResponse(raw: IDataObject): CdyneReport {
	if (!('SMSError' in raw)) throwUnexpected('an SMSResponse', raw);
	const error = readCode(raw.SMSError, SMS_ERRORS);
	const common = {
		provider: PROVIDER,
		messageId: readGuid(raw.MessageID),
		referenceId: textOrNull(raw.ReferenceID),
		sentAt: readDate(raw.SentDateTime),
	};
	if (error.number !== 0) {
		const message = smsMessage({
			...common,
			status: 'failed',
			providerStatus: error.name,
			errorCode: error.number === null ? error.name : String(error.number),
			errorMessage: describeError(error),
		});
		return { message, raw, error };
	}
	const report = (status: SmsStatus, providerStatus: string): CdyneReport => ({
		message: smsMessage({ ...common, status, providerStatus }),
		raw,
		error,
	});
	if (readBoolean(raw.Cancelled)) return report('canceled', 'Cancelled');
	if (readBoolean(raw.Sent)) return report('sent', 'Sent');
	// INFERRED: a message that is scheduled for later is neither queued nor sent
	return report('queued', readBoolean(raw.Queued) ? 'Queued' : 'accepted');
}

/** Reads an OutgoingMessageResponse (5.5). */
export function readOutgoing(raw: IDataObject): CdyneReport {
	if (!('MessageStatus' in raw)) throwUnexpected('an OutgoingMessageResponse', raw);
	const code = readCode(raw.MessageStatus, MESSAGE_STATUS);
	const status = messageStatus(code);
	const message = smsMessage({
		provider: PROVIDER,
		messageId: readGuid(raw.MessageID),
		to: textOrNull(raw.To),
		from: textOrNull(raw.From),
		status,
		providerStatus: code.name,
		sentAt: readDate(raw.SentTime),
		...(status === 'failed' && {
			errorCode: String(code.number),
			errorMessage: describeError(code),
		}),
	});
	return { message, raw, error: code };
}

/** Reads a list of reports. @throws Failure if the value is not a list */
export function readReports(value: unknown, read: (raw: IDataObject) => CdyneReport) {
	if (value !== '' && typeof value !== 'object') throwUnexpected('a list', value);
	return toObjects(value).map(read);
}

/** What a recipient got: a report, several if CDYNE made several messages, or why it is unknown. */
export type SendResult = CdyneReport[] | Failure;

/** Makes the failure of one entry of a response ambiguous, like the failure of a whole response. */
export function asSendResult<T>(result: T | Failure): T | Failure {
	return result instanceof Failure ? asAmbiguousSend(result) : result;
}
