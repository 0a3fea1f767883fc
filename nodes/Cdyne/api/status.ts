import { isObject } from '../../shared/formats/values';
import { clockDifference } from '../../shared/http/response';
import { CREDENTIAL_NAMES, SMS_ERRORS } from '../codes';
import { readBoolean } from '../wire';
import type { Api } from './connection';
import {
	type CdyneReport,
	isInconclusive,
	readOutgoing,
	readReports,
	readSmsResponse,
} from './message';
import { throwUnexpected, throwRefusal } from './refusals';
import { get } from './request';

/** Looking up and cancelling messages (docs/providers/cdyne.md 5). */

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/** Throws if a report is about the license key or CDYNE itself rather than the message. */
function throwIfUnusable(report: CdyneReport): CdyneReport {
	const { error, message } = report;
	if (error.name === 'InternalError') throwRefusal(error, 'unavailable');
	if (message.status === 'failed' && CREDENTIAL_NAMES.has(error.name)) throwRefusal(error);
	return report;
}

/**
 * GetMessageStatus (texts) or ReadMessageStatus (MMS).
 *
 * @throws Failure for an error about the license key or CDYNE itself
 */
export async function getStatus(
	api: Api,
	messageId: string,
	type: 'sms' | 'mms',
): Promise<CdyneReport> {
	if (type === 'mms') {
		const query = { LicenseKey: api.licenseKey, MessageId: messageId };
		return await get(api, 'ReadMessageStatus', query, (value) =>
			throwIfUnusable(readOutgoing(isObject(value) ? value : throwUnexpected('a message', value))),
		);
	}
	return await get(api, 'GetMessageStatus', { MessageID: messageId }, (value) =>
		throwIfUnusable(
			readSmsResponse(isObject(value) ? value : throwUnexpected('an SMSResponse', value)),
		),
	);
}

/**
 * Whether a report in a list is about the look-up and not about a message. INFERRED: it carries no
 * reference, and a message that was sent with this license key was not rejected because of the key.
 */
function isAboutCall({ error: { name }, message }: CdyneReport): boolean {
	const isOfCall = name === 'InternalError' || CREDENTIAL_NAMES.has(name);
	return isOfCall && (message.referenceId === null || name === SMS_ERRORS[2]);
}

/**
 * GetMessageStatusByReferenceID. A report that is not about a message has the status `unknown`.
 *
 * @returns every message with the reference, rejected ones too, whether all reports say something
 *   about a message, and how far CDYNE's clock is ahead
 * @throws Failure for a rejection of the look-up: if no report is about a message
 */
export async function getByReference(api: Api, reference: string) {
	const query = { ReferenceID: reference, LicenseKey: api.licenseKey };
	return await get(api, 'GetMessageStatusByReferenceID', query, (value, response) => {
		const all = readReports(value, readSmsResponse).filter(
			({ error }) => error.name !== 'NotFound',
		);
		if (all.length > 0 && all.every(isAboutCall)) throwIfUnusable(all[0]);
		const reports = all.map((report): CdyneReport => {
			if (!isAboutCall(report)) return report;
			return { ...report, message: { ...report.message, status: 'unknown', isFinal: false } };
		});
		const isFault = (report: CdyneReport) => isInconclusive(report) || isAboutCall(report);
		return { reports, isComplete: !all.some(isFault), clock: clockDifference(response) };
	});
}

/** CancelMessage. @returns false if it is too late, or the ID is unknown */
export async function cancelMessage(api: Api, messageId: string): Promise<boolean> {
	return await get(api, 'CancelMessage', { MessageID: messageId }, readBoolean);
}
