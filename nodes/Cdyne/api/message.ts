import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../shared/errors/failure';
import { getOwn, textOrNull } from '../../shared/formats/values';
import { smsMessage, type SmsMessage, type SmsStatus } from '../../shared/model/message';
import { accepted, combineAll, type Outcome } from '../../shared/model/outcome';
import { messageOutput, type Report } from '../../shared/model/output';
import type { Segments } from '../../shared/model/segments';
import { outcomeOf } from '../../shared/http/sendRequest';
import {
	ADVICE,
	type Code,
	CREDENTIAL_NAMES,
	MESSAGE_STATUS,
	messageStatus,
	readCode,
	SMS_ERRORS,
} from '../codes';
import { PROVIDER } from '../name';
import { fromCdyneForm } from '../number';
import { readBoolean, readGuid, toObjects, readDate } from '../wire';
import { refusal, throwUnexpected } from './refusals';

/** Texts to send, and messages as CDYNE reports them (docs/providers/cdyne.md 5). */

/** One text for one recipient: an entry of AdvancedSMSsend. */
export interface SmsRequest extends Pick<Segments, 'segments' | 'encoding'> {
	/** E.164. */
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
		to: fromCdyneForm(raw.To),
		from: fromCdyneForm(raw.From),
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

/** Whether an error says nothing about the message: an unlisted one, or a fault of CDYNE. */
export function isInconclusive({ error: { number, name } }: CdyneReport): boolean {
	// an unlisted number has no other name
	return number === null || name === 'InternalError' || /^\d+$/.test(name);
}

/** What a report states about the message. Only an ID makes it certain that CDYNE accepted it. */
export function toOutcome(report: CdyneReport): Outcome {
	const { error, message, raw } = report;
	if (isInconclusive(report)) {
		const code = error.number === null ? error.name : String(error.number);
		const words = `CDYNE responded with ${error.name || 'an empty SMSError'}`;
		return outcomeOf(new Failure({ kind: 'unavailable', message: words, code }));
	}
	const outputs = [messageOutput(message, raw)];
	// a rejection of a message that was sent contradicts itself
	const wasSent = readBoolean(raw.Sent) || error.name === 'FailedByProvider';
	if (message.status === 'failed' && wasSent) {
		const words = `CDYNE responded with ${error.name}, but as if the message was sent`;
		return outcomeOf(new Failure({ kind: 'malformed', message: words }));
	}
	if (message.status === 'failed') {
		const to = CREDENTIAL_NAMES.has(error.name) ? null : message.to;
		const failure = refusal(error, 'rejected', to);
		return { kind: 'refused', failure, outputs };
	}
	if (message.messageId !== null) return accepted(outputs);
	const words = `CDYNE responded with ${error.name}, but without a message ID`;
	return outcomeOf(new Failure({ kind: 'malformed', message: words }));
}

/**
 * The outcome of each entry of a request.
 *
 * @param byEntry the reports about each entry; undefined if it cannot be told which those are
 * @param all the reports of the response. One about the license key is about all entries that no
 *   other report is about
 * @param fieldsOf the fields of an entry's messages that the response does not contain
 */
export function toOutcomes(
	byEntry: Array<CdyneReport[] | undefined>,
	all: CdyneReport[],
	fieldsOf: (position: number, message: SmsMessage) => Partial<SmsMessage>,
): Outcome[] {
	const rejectedKey = all.find(
		({ error, message }) => message.status === 'failed' && CREDENTIAL_NAMES.has(error.name),
	);
	// made only if needed, because an error with its stack costs a tenth of what a text costs
	const malformed = (message: string) => outcomeOf(new Failure({ kind: 'malformed', message }));
	const missing = (): Outcome =>
		rejectedKey
			? { kind: 'refused', failure: refusal(rejectedKey.error) }
			: malformed('CDYNE’s response has no result for this recipient');
	return byEntry.map((reports, position) => {
		if (reports === undefined) {
			return malformed('CDYNE’s response does not tell which result is for this recipient');
		}
		if (reports.length === 0) return missing();
		const outcomes = reports.map((report) => {
			const { message } = report;
			return toOutcome({ ...report, message: { ...message, ...fieldsOf(position, message) } });
		});
		return combineAll(outcomes);
	});
}
