import { isObject } from '../../shared/formats/values';
import { clockDifference } from '../../shared/http/response';
import { CREDENTIAL_NAMES, SMS_ERRORS } from '../codes';
import { readBoolean } from '../wire';
import type { Api } from './connection';
import { type CdyneReport, readOutgoing, readReports, readSmsResponse } from './message';
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
 * @param returnErrors returns errors about the license key or CDYNE itself instead of throwing them
 */
export async function getStatus(
	api: Api,
	messageId: string,
	type: 'sms' | 'mms',
	returnErrors = false,
): Promise<CdyneReport> {
	const check = returnErrors ? (report: CdyneReport) => report : throwIfUnusable;
	if (type === 'mms') {
		const query = { LicenseKey: api.licenseKey, MessageId: messageId };
		return await get(api, 'ReadMessageStatus', query, (value) =>
			check(readOutgoing(isObject(value) ? value : throwUnexpected('a message', value))),
		);
	}
	return await get(api, 'GetMessageStatus', { MessageID: messageId }, (value) =>
		check(readSmsResponse(isObject(value) ? value : throwUnexpected('an SMSResponse', value))),
	);
}

/**
 * Whether a report is about the look-up and not about a message. INFERRED: it carries no reference,
 * and a message that was sent with this license key was not rejected because of the key.
 */
function isAboutCall({ error, message }: CdyneReport): boolean {
	return message.referenceId === null || error.name === SMS_ERRORS[2];
}

/**
 * GetMessageStatusByReferenceID.
 *
 * @returns every message with the reference, rejected ones too, and how far CDYNE's clock is ahead
 * @throws Failure for a rejection of the look-up
 */
export async function getByReference(api: Api, reference: string) {
	const query = { ReferenceID: reference, LicenseKey: api.licenseKey };
	return await get(api, 'GetMessageStatusByReferenceID', query, (value, response) => ({
		clock: clockDifference(response),
		reports: readReports(value, readSmsResponse)
			.filter(({ error }) => error.name !== 'NotFound')
			.map((report) => (isAboutCall(report) ? throwIfUnusable(report) : report)),
	}));
}

/** CancelMessage. @returns false if it is too late, or the ID is unknown */
export async function cancelMessage(api: Api, messageId: string): Promise<boolean> {
	return await get(api, 'CancelMessage', { MessageID: messageId }, readBoolean);
}
