import type { IDataObject } from 'n8n-workflow';
import { Failure, rethrow } from '../../shared/errors/failure';
import { isObject, getOwn } from '../../shared/formats/values';
import type { Batches } from '../../shared/http/batcher';
import { type Code, CREDENTIAL_NAMES, SMS_ERRORS } from '../codes';
import { writeDate } from '../wire';
import type { Api } from './connection';
import {
	asSendResult,
	type CdyneReport,
	readReports,
	readSmsResponse,
	type SendResult,
	type SmsRequest,
} from './message';
import { throwUnexpected, throwRefusal } from './refusals';
import { get, post, type QueryParameters } from './request';

/** Sending texts (docs/providers/cdyne.md 4), and matching the results to the recipients. */

/** What a call of AdvancedSMSsend has only once, for all its entries. */
interface TextEncoding {
	isUnicode: boolean;
	/** Whether the handset joins the parts of a long text. */
	concatenate: boolean;
}

/** AdvancedSMSsend, with one entry for each recipient, because the results contain no numbers. */
export async function sendSms(api: Api, requests: SmsRequest[], encoding: TextEncoding) {
	const body: IDataObject = {
		Concatenate: encoding.concatenate,
		IsUnicode: encoding.isUnicode,
		LicenseKey: api.licenseKey,
		SMSRequests: requests.map((entry) => ({
			...(entry.from && { AssignedDID: entry.from }),
			Message: entry.text,
			PhoneNumbers: [entry.number],
			ReferenceID: entry.reference,
			...(entry.scheduledAt && { ScheduledDateTime: writeDate(entry.scheduledAt) }),
			...(entry.statusUrl && { StatusPostBackURL: entry.statusUrl }),
		})),
	};
	const read = (value: unknown) => {
		const reports = readReports(value, readSmsResponse);
		if (reports.length === 0) throwUnexpected('a result for each recipient', value);
		return matchByReference(requests, reports);
	};
	return await post(api, 'AdvancedSMSsend', body, read, { kind: 'send' });
}

/** Like sendSms, in the same calls as the texts of other items that have the same encoding. */
export async function sendBatched(
	api: Api,
	batches: Batches,
	requests: SmsRequest[],
	encoding: TextEncoding,
): Promise<SendResult[]> {
	const key = JSON.stringify(encoding);
	return await batches.send(key, requests, async (all) => await sendSms(api, all, encoding));
}

/** Whether an error says nothing about the message: an unknown one, or a fault of CDYNE. */
function isInconclusive({ number, name }: Code): boolean {
	return number === null || getOwn(SMS_ERRORS, number) === undefined || name === 'InternalError';
}

/**
 * A failure if it is uncertain whether the message was accepted. Only an ID or an error that says
 * something about the message makes it certain.
 */
function toSendResult(reports: CdyneReport[]): SendResult {
	const uncertain = reports.find(
		({ error, message }) =>
			isInconclusive(error) || (error.number === 0 && message.messageId === null),
	);
	if (!uncertain) return reports;
	const { error } = uncertain;
	return new Failure({
		kind: 'unavailable',
		message:
			error.number === 0
				? 'CDYNE responded with NoError, but without a message ID'
				: `CDYNE responded with ${error.name || 'an empty SMSError'}`,
		code: error.number === null ? error.name : String(error.number),
	});
}

/** Matches reports to entries: by reference, and those with the same reference by their order. */
function matchByReference(requests: SmsRequest[], reports: CdyneReport[]): SendResult[] {
	const rejectedKey = reports.find(({ error }) => CREDENTIAL_NAMES.has(error.name));
	if (rejectedKey && reports.length < requests.length) throwRefusal(rejectedKey.error);
	const unmatched = new Set(reports);
	const byRequest: CdyneReport[][] = requests.map(() => []);
	const assign = (position: number, report: CdyneReport | undefined) => {
		if (!report) return;
		unmatched.delete(report);
		byRequest[position].push(report);
	};
	const byReference = new Map<string | null, CdyneReport[]>();
	for (const report of reports) {
		const { referenceId } = report.message;
		byReference.set(referenceId, [...(byReference.get(referenceId) ?? []), report]);
	}
	requests.forEach(({ reference }, position) =>
		assign(position, byReference.get(reference)?.shift()),
	);
	// INFERRED: reports without a reference are in the order of the entries, if none is missing
	const withoutReference = byReference.get(null) ?? [];
	const open = [...byRequest.keys()].filter((position) => byRequest[position].length === 0);
	if (withoutReference.length === open.length) {
		open.forEach((position) => assign(position, withoutReference.shift()));
	}
	// further messages of an entry: all of them were accepted
	for (const report of unmatched) {
		const position = requests.findIndex(
			({ reference }) => reference === report.message.referenceId,
		);
		if (position >= 0 || requests.length === 1) assign(Math.max(position, 0), report);
	}
	return requests.map(({ number, reference }, position) => {
		const matched = byRequest[position].map((report) => ({
			...report,
			message: { ...report.message, to: number, referenceId: reference },
		}));
		if (matched.length > 0) return asSendResult(toSendResult(matched));
		const message = 'CDYNE’s response has no result for this recipient';
		return asSendResult(new Failure({ kind: 'malformed', message }));
	});
}

/** SimpleSMSsend, or SimpleSMSsendWithPostback if there is a status URL. */
export async function sendSimple(
	api: Api,
	number: string,
	message: string,
	statusUrl?: string,
): Promise<CdyneReport> {
	const query: QueryParameters = {
		PhoneNumber: number,
		Message: message,
		LicenseKey: api.licenseKey,
		...(statusUrl && { StatusPostBackURL: statusUrl }),
	};
	const operation = statusUrl ? 'SimpleSMSsendWithPostback' : 'SimpleSMSsend';
	const read = (value: unknown) => {
		const raw = isObject(value) ? value : throwUnexpected('an SMSResponse', value);
		const result = toSendResult([readSmsResponse(raw)]);
		if (result instanceof Failure) return rethrow(result);
		const [report] = result;
		return { ...report, message: { ...report.message, to: number } };
	};
	return await get(api, operation, query, read, { kind: 'send' });
}
