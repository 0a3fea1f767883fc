import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/formats/values';
import type { Batches } from '../../shared/http/batcher';
import type { Outcome } from '../../shared/model/outcome';
import { toCdyneForm } from '../number';
import { writeDate } from '../wire';
import type { Api } from './connection';
import {
	type CdyneReport,
	readReports,
	readSmsResponse,
	type SmsRequest,
	toOutcome,
	toOutcomes,
} from './message';
import { throwUnexpected } from './refusals';
import { type QueryParameters, sendByGet, sendByPost } from './request';

/** Sending texts (docs/providers/cdyne.md 4), and matching the results to the recipients. */

/** What a call of AdvancedSMSsend has only once, for all its entries. */
interface TextEncoding {
	isUnicode: boolean;
	/** Whether the handset joins the parts of a long text. */
	concatenate: boolean;
}

/** AdvancedSMSsend, with one entry for each recipient, because the results contain no numbers. */
export async function sendSms(
	api: Api,
	requests: SmsRequest[],
	encoding: TextEncoding,
): Promise<Outcome[]> {
	const body: IDataObject = {
		Concatenate: encoding.concatenate,
		IsUnicode: encoding.isUnicode,
		LicenseKey: api.licenseKey,
		SMSRequests: requests.map((entry) => ({
			...(entry.from && { AssignedDID: toCdyneForm(entry.from) }),
			Message: entry.text,
			PhoneNumbers: [toCdyneForm(entry.number)],
			ReferenceID: entry.reference,
			...(entry.scheduledAt && { ScheduledDateTime: writeDate(entry.scheduledAt) }),
			...(entry.statusUrl && { StatusPostBackURL: entry.statusUrl }),
		})),
	};
	return await sendByPost(api, 'AdvancedSMSsend', body, requests.length, (value) => {
		const reports = readReports(value, readSmsResponse);
		if (reports.length === 0) throwUnexpected('a result for each recipient', value);
		return toOutcomes(matchReports(requests, reports), reports, (position) => {
			const { number, reference, segments, encoding: alphabet } = requests[position];
			return { to: number, referenceId: reference, segments, encoding: alphabet };
		});
	});
}

/** Like sendSms, in the same calls as the texts of other items that have the same encoding. */
export async function sendBatched(
	api: Api,
	batches: Batches,
	requests: SmsRequest[],
	encoding: TextEncoding,
): Promise<Outcome[]> {
	const call = async (all: SmsRequest[]) => await sendSms(api, all, encoding);
	return await batches.send(JSON.stringify(encoding), requests, call, isOneEntryInvalid);
}

/** Whether a call was rejected as a whole, which one invalid entry can cause. */
function isOneEntryInvalid(outcomes: Outcome[]): boolean {
	const [first] = outcomes;
	return (
		first.kind === 'refused' &&
		first.failure.kind === 'rejected' &&
		outcomes.every((outcome) => outcome.kind === 'refused' && outcome.failure === first.failure)
	);
}

/**
 * The reports about each entry; undefined if it cannot be told which are about it. INFERRED: results
 * are in the order of the entries, unless their references show another one.
 */
function matchReports(
	requests: SmsRequest[],
	reports: CdyneReport[],
): Array<CdyneReport[] | undefined> {
	if (requests.length === 1) return [reports];
	const reportsWith = (wanted: string | null) =>
		reports.filter(({ message: { referenceId } }) => referenceId === wanted);
	const isInOrder =
		reports.length === requests.length &&
		reports.every(({ message: { referenceId } }, position) =>
			[null, requests[position].reference].includes(referenceId),
		);
	if (isInOrder) return reports.map((report) => [report]);
	const unnamed = reportsWith(null);
	const open = requests.filter(({ reference }) => reportsWith(reference).length === 0);
	return requests.map((request) => {
		const { reference } = request;
		const own = reportsWith(reference);
		if (own.length === 0) {
			return unnamed.length === open.length ? [unnamed[open.indexOf(request)]] : [];
		}
		const sharing = requests.filter((other) => other.reference === reference);
		if (sharing.length === 1) return own;
		return own.length === sharing.length ? [own[sharing.indexOf(request)]] : undefined;
	});
}

/** SimpleSMSsend, or SimpleSMSsendWithPostback if there is a status URL. */
export async function sendSimple(
	api: Api,
	{ number, text, statusUrl, segments, encoding }: Omit<SmsRequest, 'reference'>,
): Promise<Outcome[]> {
	const query: QueryParameters = {
		PhoneNumber: toCdyneForm(number),
		Message: text,
		LicenseKey: api.licenseKey,
		...(statusUrl && { StatusPostBackURL: statusUrl }),
	};
	const operation = statusUrl ? 'SimpleSMSsendWithPostback' : 'SimpleSMSsend';
	return await sendByGet(api, operation, query, (value) => {
		const report = readSmsResponse(
			isObject(value) ? value : throwUnexpected('an SMSResponse', value),
		);
		return toOutcome({ ...report, message: { ...report.message, to: number, segments, encoding } });
	});
}
