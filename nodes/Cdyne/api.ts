import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { baseUrlOf } from '../shared/baseUrl';
import { CAME, fail, Failure, rethrow } from '../shared/errors';
import type { FailureKind } from '../shared/errors';
import { asSend, createHttp } from '../shared/http';
import type { HttpAnswer } from '../shared/answer';
import type { Http, HttpContext, HttpRequest } from '../shared/http';
import { smsMessage } from '../shared/message';
import type { SmsMessage } from '../shared/message';
import { Gatherer } from '../shared/gather';
import type { Connection, Pace } from '../shared/operation';
import { Traffic } from '../shared/traffic';
import { isObject, own, text, written } from '../shared/values';
import {
	ADVICE,
	CREDENTIAL_NAMES,
	OPT_OUT_NAMES,
	messageStatus,
	readCode,
	KEYWORD_RETURN_CODES,
	MESSAGE_STATUS,
	POSTBACK_RETURN_CODES,
	POSTBACK_TYPES,
	SMS_ERRORS,
} from './codes';
import type { Code } from './codes';
import { bool, guid, objects, readDate, readValue, writeDate } from './wire';

/** CDYNE SMS Notify!: its calls, what goes out and what comes back (docs/providers/cdyne.md 4, 5). */

export const PROVIDER = 'cdyne';

export interface Api extends Connection {
	http: Http;
	baseUrl: string;
	licenseKey: string;
	postbackToken: string;
	traffic: Traffic;
	pace: Pace;
	/** Texts of several items on their way into one call, by what a call has once for all of them. */
	gatherers: Map<string, Gatherer<TextRequest, Report[]>>;
}

/** The connection that a credential's values make. @throws Failure where it cannot work */
export function connectWith(
	context: HttpContext,
	values: IDataObject,
	pace: Pace = { concurrency: 1, perRequest: 1 },
): Api {
	const licenseKey = String(values.licenseKey ?? '').trim();
	const postbackToken = String(values.postbackToken ?? '').trim();
	const http = createHttp(context, [licenseKey, postbackToken]);
	const baseUrl = baseUrlOf(values.baseUrl, 'https://messaging.esendex.us/Messaging.svc');
	const traffic = new Traffic();
	const gatherers = new Map<string, Gatherer<TextRequest, Report[]>>();
	const { redact } = http;
	return { http, redact, baseUrl, licenseKey, postbackToken, traffic, pace, gatherers };
}

/**
 * Reads the credential.
 *
 * @throws NodeOperationError when the node has none, Failure where it cannot work
 */
export async function connect(
	context: IExecuteFunctions | IHookFunctions | IWebhookFunctions,
	pace?: Pace,
): Promise<Api> {
	return connectWith(context, await context.getCredentials('cdyneApi'), pace);
}

type Parameters = Record<string, string>;

const GUID_IN_ANY_FORM = /^[{(]?[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}[)}]?$/i;

/** The value of an answer; a key that is no GUID is answered HTTP 400 without a reason (3, 9). */
function valueIn(answer: HttpAnswer, { licenseKey }: Api): unknown {
	if (answer.status === 400 && !GUID_IN_ANY_FORM.test(licenseKey)) {
		fail({
			kind: 'credential',
			message: 'CDYNE answered HTTP 400: the License Key in the credential is not one of CDYNE',
			description:
				'Check the License Key in the credential: it is like 5b7e0f52-3c7d-4a0e-9a61-2f4d8c1e7a90.',
			httpStatus: 400,
			nothingAccepted: true,
		});
	}
	return readValue(answer);
}

async function get<T>(
	api: Api,
	operation: string,
	query: Parameters,
	read: (value: unknown) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const url = `${api.baseUrl}/${operation}`;
	const headers = { Accept: 'application/json' };
	return await api.http.request({ ...how, method: 'GET', url, query, headers }, (answer) =>
		read(valueIn(answer, api)),
	);
}

async function post<T>(
	api: Api,
	operation: string,
	body: IDataObject | string,
	read: (value: unknown) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const url = `${api.baseUrl}/${operation}`;
	const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
	const content = typeof body === 'string' ? body : JSON.stringify(body);
	return await api.http.request({ ...how, method: 'POST', url, headers, body: content }, (answer) =>
		read(valueIn(answer, api)),
	);
}

function kindOf(name: string): FailureKind | undefined {
	if (CREDENTIAL_NAMES.has(name)) return 'credential';
	return OPT_OUT_NAMES.has(name) ? 'optedOut' : undefined;
}

/** Ends in the failure that the provider's name for a refusal stands for. */
export function refuse({ number, name }: Code, kind: FailureKind = 'rejected'): never {
	return fail({
		kind: kindOf(name) ?? kind,
		message: `CDYNE answered ${name}`,
		description:
			own(ADVICE, name) ??
			'Check the values of this item, and that what they name belongs to this license key.',
		code: number === null ? name : String(number),
		nothingAccepted: true,
	});
}

function odd(what: string, value: unknown): never {
	const came = [JSON.stringify(value) ?? 'nothing'];
	return fail({ kind: 'malformed', message: `Expected ${what} of CDYNE, got ${CAME}`, came });
}

// ---- messages ---------------------------------------------------------------------------------

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

function reports(value: unknown, read: (raw: IDataObject) => Report): Report[] {
	if (value !== null && value !== '' && typeof value !== 'object') odd('a list', value);
	return objects(value).map(read);
}

/** One text for one recipient: an entry of AdvancedSMSsend. */
export interface TextRequest {
	/** In CDYNE's form: digits, with 011 outside North America. */
	number: string;
	reference: string;
	text: string;
	from?: string;
	scheduledAt?: Date;
	statusUrl?: string;
}

/** What a call of AdvancedSMSsend has once for all its entries. */
export interface TextForm {
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
	requests: TextRequest[],
	{ isUnicode, concatenate }: TextForm,
): Promise<Array<Report[] | Failure>> {
	const body: IDataObject = {
		Concatenate: concatenate,
		IsUnicode: isUnicode,
		LicenseKey: api.licenseKey,
		SMSRequests: requests.map(({ number, reference, text: words, ...entry }) => ({
			...(entry.from && { AssignedDID: entry.from }),
			Message: words,
			PhoneNumbers: [number],
			ReferenceID: reference,
			...(entry.scheduledAt && { ScheduledDateTime: writeDate(entry.scheduledAt) }),
			...(entry.statusUrl && { StatusPostBackURL: entry.statusUrl }),
		})),
	};
	const read = (value: unknown) => matchByReference(requests, reports(value, readSmsResponse));
	return await post(api, 'AdvancedSMSsend', body, read, { kind: 'send' });
}

/** The same, together with what other items send at this moment, where the user wants that. */
export async function sendGathered(
	api: Api,
	requests: TextRequest[],
	form: TextForm,
): Promise<Array<Report[] | Failure>> {
	const { perRequest, concurrency } = api.pace;
	if (perRequest <= 1) return await sendSms(api, requests, form);
	api.leaves?.();
	const key = JSON.stringify(form);
	let gatherer = api.gatherers.get(key);
	if (!gatherer) {
		const send = async (all: TextRequest[]) => await sendSms(api, all, form);
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
function matchByReference(requests: TextRequest[], found: Report[]): Array<Report[] | Failure> {
	if (found.length === 0) odd('a result for each recipient', found);
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

/** Failures of single entries come in an answer that could be read; they are as ambiguous. */
function asSent<T>(result: T | Failure): T | Failure {
	return result instanceof Failure ? asSend(result) : result;
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

export interface Mms {
	text: string;
	/** URLs, or ids of media stored with the provider. */
	media: string[];
	subject?: string;
	from?: string;
	reference: string;
	scheduledAt?: Date;
	statusUrl?: string;
}

/**
 * SendMessage with UseMMS.
 *
 * @returns for each recipient its reports, or the failure that leaves open what became of it
 */
export async function sendMms(
	api: Api,
	to: string[],
	mms: Mms,
): Promise<Array<Report[] | Failure>> {
	const body: IDataObject = {
		...(mms.media.length > 0 && { Attachments: mms.media }),
		...(mms.text && { Body: mms.text }),
		...(mms.from && { From: mms.from }),
		LicenseKey: api.licenseKey,
		...(mms.statusUrl && { PostbackUrl: mms.statusUrl }),
		ReferenceID: mms.reference,
		...(mms.scheduledAt && { ScheduledDateTime: writeDate(mms.scheduledAt) }),
		...(mms.subject && { Subject: mms.subject }),
		To: to,
		UseMMS: true,
	};
	const read = (value: unknown) => {
		const found = reports(value, readOutgoing);
		if (found.length === 0) odd('a result for each recipient', value);
		return matchByNumber(to, found, mms.reference);
	};
	return await post(api, 'SendMessage', body, read, { kind: 'send' });
}

/** A number in the one form in which CDYNE's spellings of it agree. */
export function comparable(number: string | null): string {
	const digits = (number ?? '').replace(/\D/g, '');
	return digits.length === 10 ? `1${digits}` : digits.replace(/^(?:011|00)/, '');
}

/** The answers name their number, so the order they come in does not matter. */
function matchByNumber(
	to: string[],
	found: Report[],
	reference: string,
): Array<Report[] | Failure> {
	const own: Report[][] = to.map(() => []);
	const nameless: Report[] = [];
	for (const report of found) {
		const at = to.findIndex((one) => comparable(one) === comparable(report.message.to));
		if (at >= 0) own[at].push(report);
		else if (to.length === 1) own[0].push(report);
		else nameless.push(report);
	}
	// what names no number, or one in a form not seen before, is of those that are left, in order
	own.forEach((reports) => {
		const [next] = reports.length === 0 ? nameless.splice(0, 1) : [];
		if (next) reports.push(next);
	});
	return own.map((reports, position) => {
		if (reports.length === 0) {
			const message = 'CDYNE’s answer has no result for this recipient';
			return asSent(new Failure({ kind: 'malformed', message }));
		}
		const odd = reports.find(
			({ message }) => message.status !== 'failed' && message.messageId === null,
		);
		if (odd) {
			const message = `CDYNE answered ${odd.message.providerStatus}, but gave no message ID`;
			return asSent(new Failure({ kind: 'malformed', message }));
		}
		return reports.map((report) => ({
			...report,
			message: {
				...report.message,
				to: report.message.to ?? to[position],
				referenceId: reference,
			},
		}));
	});
}

/** Refuses what a look-up answers when it is about the key or the provider, not the message. */
function usable(report: Report): Report {
	const { error, message } = report;
	if (error.name === 'InternalError') refuse(error, 'unavailable');
	if (message.status === 'failed' && CREDENTIAL_NAMES.has(error.name)) refuse(error);
	return report;
}

/**
 * GetMessageStatus (texts) or ReadMessageStatus (MMS).
 *
 * @param plain what is about the key is returned like the rest, rather than thrown
 */
export async function getStatus(
	api: Api,
	messageId: string,
	type: 'sms' | 'mms',
	plain = false,
): Promise<Report> {
	const judge = plain ? (report: Report) => report : usable;
	if (type === 'mms') {
		const query = { LicenseKey: api.licenseKey, MessageId: messageId };
		return await get(api, 'ReadMessageStatus', query, (value) =>
			judge(readOutgoing(isObject(value) ? value : odd('a message', value))),
		);
	}
	return await get(api, 'GetMessageStatus', { MessageID: messageId }, (value) =>
		judge(readSmsResponse(isObject(value) ? value : odd('an SMSResponse', value))),
	);
}

/** GetMessageStatusByReferenceID: every message that carries the reference, none if it is unknown. */
export async function getByReference(api: Api, reference: string): Promise<Report[]> {
	const query = { ReferenceID: reference, LicenseKey: api.licenseKey };
	return await get(api, 'GetMessageStatusByReferenceID', query, (value) =>
		reports(value, readSmsResponse)
			.filter(({ error }) => error.name !== 'NotFound')
			.map(usable),
	);
}

/** CancelMessage. @returns false when it is too late, or the id unknown */
export async function cancelMessage(api: Api, messageId: string): Promise<boolean> {
	return await get(api, 'CancelMessage', { MessageID: messageId }, bool);
}

// ---- incoming messages and opt-outs -------------------------------------------------------------

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * A list as it came. These lists have no code for a refused key: INFERRED that they are empty then,
 * so an empty one is believed only after a look-up that does have a code.
 *
 * @throws Failure where the key is refused
 */
async function believed(api: Api, list: IDataObject[]): Promise<IDataObject[]> {
	if (list.length > 0) return list;
	try {
		await getStatus(api, EMPTY_GUID, 'mms');
	} catch (error) {
		// that the look-up failed otherwise says nothing about the list
		if (error instanceof Failure && error.kind === 'credential') rethrow(error);
	}
	return list;
}

/** GetUnreadIncomingMessages: each message once, as it is marked read by being returned. */
export async function getUnread(api: Api): Promise<IDataObject[]> {
	const query = { LicenseKey: api.licenseKey };
	const unread = await get(api, 'GetUnreadIncomingMessages', query, objects, {
		kind: 'send',
		ambiguity: {
			message: 'Messages may have been marked as read without reaching this workflow',
			description: 'Use Get Many to read the latest incoming messages again.',
		},
	});
	return await believed(api, unread);
}

export interface IncomingCriteria {
	startDate?: Date;
	endDate?: Date;
	referenceId?: string;
	incomingMessageId?: string;
	outgoingMessageId?: string;
	unreadOnly?: boolean;
	page: number;
	pageSize: number;
}

/** ReadIncomingMessages, one page. Absent criteria are left out: null is not taken for them. */
export async function readIncoming(api: Api, by: IncomingCriteria): Promise<IDataObject[]> {
	const body: IDataObject = {
		...(by.endDate && { EndDate: writeDate(by.endDate) }),
		...(by.incomingMessageId && { IncomingMessageID: by.incomingMessageId }),
		LicenseKey: api.licenseKey,
		...(by.outgoingMessageId && { OutgoingMessageID: by.outgoingMessageId }),
		PageNumber: by.page,
		PageSize: by.pageSize,
		...(by.referenceId && { ReferenceID: by.referenceId }),
		...(by.startDate && { StartDate: writeDate(by.startDate) }),
		...(by.unreadOnly && { UnreadMessagesOnly: true }),
	};
	const messages = await post(api, 'ReadIncomingMessages', body, objects);
	return by.page === 1 ? await believed(api, messages) : messages;
}

/** GetUnsubscribedNumbers. */
export async function getOptOuts(api: Api): Promise<IDataObject[]> {
	const query = { LicenseKey: api.licenseKey };
	return await believed(api, await get(api, 'GetUnsubscribedNumbers', query, objects));
}

// ---- postback settings --------------------------------------------------------------------------

/** Whose postbacks: all of the license key's, or one number's. */
export type Scope = { phoneNumber?: undefined } | { phoneNumber: string; country: string };

export interface PostbackSetting {
	postbackType: Code;
	url: string | null;
	enabled: boolean;
	phoneNumber: string | null;
	country: string | null;
	raw: IDataObject;
}

function scoped(api: Api, scope: Scope): { suffix: string; query: Parameters } {
	const key = { LicenseKey: api.licenseKey };
	if (scope.phoneNumber === undefined) return { suffix: 'ForLicenseKey', query: key };
	const query = { ...key, PhoneNumber: scope.phoneNumber, Country: scope.country };
	return { suffix: 'ForPhoneNumber', query };
}

function checkReturn(value: unknown): void {
	const code = readCode(isObject(value) ? value.ReturnCode : value, POSTBACK_RETURN_CODES);
	if (code.number !== 0) refuse(code);
}

/** GetPostbackSettings…: the settings there are, one for each type of postback. */
export async function getPostbackSettings(api: Api, scope: Scope): Promise<PostbackSetting[]> {
	const { suffix, query } = scoped(api, scope);
	return await get(api, `GetPostbackSettings${suffix}`, query, (value) =>
		objects(value)
			.filter((raw) => {
				const code = readCode(raw.ReturnCode, POSTBACK_RETURN_CODES);
				// nothing is set
				if (code.name === 'NotFound') return false;
				return code.number === 0 || refuse(code);
			})
			.map((raw) => ({
				postbackType: readCode(raw.PostbackType, POSTBACK_TYPES),
				url: text(raw.PostbackUrl),
				enabled: bool(raw.PostbackEnabled),
				phoneNumber: text(raw.PhoneNumber),
				country: text(raw.Country),
				raw,
			})),
	);
}

/** SetPostbackUrl…. @param type a name of SMSPostbackType */
export async function setPostbackUrl(api: Api, scope: Scope, type: string, url: string) {
	const { suffix, query } = scoped(api, scope);
	const all = { ...query, PostBackType: type, Url: url };
	await get(api, `SetPostbackUrl${suffix}`, all, checkReturn);
}

/** SetPostbackEnabled…. @param type a name of SMSPostbackType */
export async function setPostbackEnabled(api: Api, scope: Scope, type: string, enabled: boolean) {
	const { suffix, query } = scoped(api, scope);
	const all = { ...query, PostbackType: type, Enabled: String(enabled) };
	await get(api, `SetPostbackEnabled${suffix}`, all, checkReturn);
}

// ---- keywords -----------------------------------------------------------------------------------

export interface Keyword {
	keyword: string | null;
	shortCode: string | null;
	assignedAt: string | null;
	result: Code;
	raw: IDataObject;
}

/** The outer code is NoError even where an entry failed. */
function readKeywords(value: unknown): Keyword[] {
	const raw = isObject(value) ? value : odd('an SMSKeywordResponse', value);
	const outer = readCode(raw.ReturnCode, KEYWORD_RETURN_CODES);
	if (outer.name === 'InternalError') refuse(outer, 'unavailable');
	if (outer.number !== 0) refuse(outer);
	return objects(raw.SMSKeyword).map((entry) => ({
		keyword: text(entry.Keyword),
		shortCode: text(entry.ShortCode),
		assignedAt: readDate(entry.EntryDate),
		result: readCode(entry.ReturnCode, KEYWORD_RETURN_CODES),
		raw: entry,
	}));
}

/** GetKeywords. */
export async function getKeywords(api: Api): Promise<Keyword[]> {
	return await get(api, 'GetKeywords', { LicenseKey: api.licenseKey }, readKeywords);
}

/** AssignKeyword or RemoveKeyword. */
export async function changeKeyword(
	api: Api,
	change: 'AssignKeyword' | 'RemoveKeyword',
	keyword: string,
	shortCode: string,
): Promise<Keyword> {
	const body = {
		LicenseKey: api.licenseKey,
		SMSKeywords: [{ Keyword: keyword, ShortCode: shortCode }],
	};
	return await post(api, change, body, (value) => {
		const [entry] = readKeywords(value);
		return entry ?? odd('the keyword', value);
	});
}

// ---- media --------------------------------------------------------------------------------------

const MEDIA_MAY_BE_STORED = {
	message: 'The file may have been stored',
	description: 'Look in the provider’s media store before you upload it again.',
};

/** What was stored. There is no code for a refusal: INFERRED that the id is 0 then. */
function mediaOf(value: unknown): IDataObject {
	const media = isObject(value) && 'MediaId' in value ? value : odd('a MediaMetadata', value);
	if (Number(written(media.MediaId)) === 0) {
		fail({
			kind: 'rejected',
			message: 'CDYNE did not store the file',
			description:
				'CDYNE gives no reason. Check the License Key in the credential, the file, and that its address can be reached by everybody.',
			nothingAccepted: true,
		});
	}
	return media;
}

/** CreateMediaFromUrl. */
export async function createMediaFromUrl(api: Api, url: string, filename: string, tags: string[]) {
	const body = {
		Filename: filename,
		LicenseKey: api.licenseKey,
		...(tags.length > 0 && { Tags: tags }),
		Url: url,
	};
	return await post(api, 'CreateMediaFromUrl', body, mediaOf, {
		kind: 'send',
		ambiguity: MEDIA_MAY_BE_STORED,
	});
}

/** CreateMediaFromContent. @param content base64 */
export async function createMediaFromContent(
	api: Api,
	content: string,
	filename: string,
	tags: string[],
) {
	const body = {
		Base64EncodedContent: content,
		Filename: filename,
		LicenseKey: api.licenseKey,
		...(tags.length > 0 && { Tags: tags }),
	};
	return await post(api, 'CreateMediaFromContent', body, mediaOf, {
		kind: 'send',
		ambiguity: MEDIA_MAY_BE_STORED,
	});
}

/** GetMediaInfo by id; undefined where there is none. The id has 64 bits: it stays text. */
export async function getMediaInfo(api: Api, mediaId: string): Promise<IDataObject | undefined> {
	const body = `{"LicenseKey":${JSON.stringify(api.licenseKey)},"MediaId":${mediaId}}`;
	return await post(api, 'GetMediaInfo', body, (value) => {
		const media = objects(isObject(value) ? value.Media : value);
		return media.find((entry) => written(entry.MediaId) === mediaId);
	});
}

/** GetMedia: the file in base64, or null where there is none. */
export async function getMedia(api: Api, mediaId: string): Promise<string | null> {
	return await get(api, 'GetMedia', { LicenseKey: api.licenseKey, MediaId: mediaId }, text);
}

/** RemoveMedia. @returns false when there is none */
export async function removeMedia(api: Api, mediaId: string): Promise<boolean> {
	return await get(api, 'RemoveMedia', { LicenseKey: api.licenseKey, MediaId: mediaId }, bool);
}
