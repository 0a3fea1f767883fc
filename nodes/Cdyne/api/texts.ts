import type { IDataObject } from 'n8n-workflow';
import { Failure, rethrow } from '../../shared/errors';
import { Gatherer } from '../../shared/gather';
import { isObject, own } from '../../shared/values';
import { CREDENTIAL_NAMES, SMS_ERRORS } from '../codes';
import type { Code } from '../codes';
import { writeDate } from '../wire';
import type { Api } from './connection';
import { asSent, readSmsResponse, reports } from './message';
import type { Report, Sms } from './message';
import { odd, refuse } from './refusals';
import { get, post } from './request';
import type { Parameters } from './request';

/** Sending texts (docs/providers/cdyne.md 4), and whose result is which in the answer. */

/** What a call of AdvancedSMSsend has once for all its entries. */
interface TextForm {
	isUnicode: boolean;
	/** Let the handset join the parts of a long text. */
	concatenate: boolean;
}

/**
 * AdvancedSMSsend: one entry for each recipient, since the answers name no number.
 *
 * @returns for each entry its reports (more than one where CDYNE took it for several messages), or
 *   the failure that leaves open what became of it
 */
export async function sendSms(
	api: Api,
	requests: Sms[],
	{ isUnicode, concatenate }: TextForm,
): Promise<Array<Report[] | Failure>> {
	const body: IDataObject = {
		Concatenate: concatenate,
		IsUnicode: isUnicode,
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
		const found = reports(value, readSmsResponse);
		if (found.length === 0) odd('a result for each recipient', value);
		return matchByReference(requests, found);
	};
	return await post(api, 'AdvancedSMSsend', body, read, { kind: 'send' });
}

/** The same, together with what other items send at this moment, where the user wants that. */
export async function sendGathered(
	api: Api,
	requests: Sms[],
	form: TextForm,
): Promise<Array<Report[] | Failure>> {
	const { perRequest, concurrency } = api.pace;
	if (perRequest <= 1) return await sendSms(api, requests, form);
	api.leaves?.();
	const key = JSON.stringify(form);
	let gatherer = api.gatherers.get(key);
	if (!gatherer) {
		const send = async (all: Sms[]) => await sendSms(api, all, form);
		gatherer = new Gatherer(perRequest, concurrency, send);
		api.gatherers.set(key, gatherer);
	}
	return await gatherer.send(requests);
}

/** Names of CDYNE's for a fault of its own, which tell nothing about the message. */
function isOpen({ number, name }: Code): boolean {
	return number === null || own(SMS_ERRORS, number) === undefined || name === 'InternalError';
}

/**
 * A send is out, or refused, where CDYNE says so in a word that its list has; anything else leaves
 * open what became of it.
 */
function known(found: Report[]): Report[] | Failure {
	const open = found.find(
		({ error, message }) => isOpen(error) || (error.number === 0 && message.messageId === null),
	);
	if (!open) return found;
	const { error } = open;
	return new Failure({
		kind: 'unavailable',
		message:
			error.number === 0
				? 'CDYNE answered NoError, but gave no message ID'
				: `CDYNE answered ${error.name || 'an empty SMSError'}`,
		code: error.number === null ? error.name : String(error.number),
	});
}

/** Ties reports to entries: by reference, and by position among those of one reference. */
function matchByReference(requests: Sms[], found: Report[]): Array<Report[] | Failure> {
	const denied = found.find(({ error }) => CREDENTIAL_NAMES.has(error.name));
	if (denied && found.length < requests.length) refuse(denied.error);
	const left = new Set(found);
	const own: Report[][] = requests.map(() => []);
	const take = (position: number, report: Report | undefined) => {
		if (!report) return;
		left.delete(report);
		own[position].push(report);
	};
	const byReference = new Map<string | null, Report[]>();
	for (const report of found) {
		const { referenceId } = report.message;
		byReference.set(referenceId, [...(byReference.get(referenceId) ?? []), report]);
	}
	requests.forEach(({ reference }, position) =>
		take(position, byReference.get(reference)?.shift()),
	);
	// an answer without references tells by its order, if it is whole
	const nameless = byReference.get(null) ?? [];
	const open = requests.map((_, position) => position).filter((at) => own[at].length === 0);
	if (nameless.length === open.length) open.forEach((at) => take(at, nameless.shift()));
	// CDYNE took an entry for several messages: all of them are out
	for (const report of left) {
		const at = requests.findIndex(({ reference }) => reference === report.message.referenceId);
		if (at >= 0 || requests.length === 1) take(Math.max(at, 0), report);
	}
	return requests.map(({ number, reference }, position) => {
		const all = own[position].map((report) => ({
			...report,
			message: { ...report.message, to: number, referenceId: reference },
		}));
		if (all.length > 0) return asSent(known(all));
		const message = 'CDYNE’s answer has no result for this recipient';
		return asSent(new Failure({ kind: 'malformed', message }));
	});
}

/** SimpleSMSsend, or its twin with a postback address. */
export async function sendSimple(
	api: Api,
	number: string,
	message: string,
	statusUrl?: string,
): Promise<Report> {
	const query: Parameters = {
		PhoneNumber: number,
		Message: message,
		LicenseKey: api.licenseKey,
		...(statusUrl && { StatusPostBackURL: statusUrl }),
	};
	const operation = statusUrl ? 'SimpleSMSsendWithPostback' : 'SimpleSMSsend';
	const read = (value: unknown) => {
		const raw = isObject(value) ? value : odd('an SMSResponse', value);
		const sent = known([readSmsResponse(raw)]);
		if (sent instanceof Failure) return rethrow(sent);
		const [report] = sent;
		return { ...report, message: { ...report.message, to: number } };
	};
	return await get(api, operation, query, read, { kind: 'send' });
}
