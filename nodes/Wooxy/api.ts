import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import { baseUrlOf } from '../shared/baseUrl';
import { CAME, fail, Failure, rethrow } from '../shared/errors';
import { createHttp } from '../shared/http';
import type { Http, HttpContext, HttpRequest } from '../shared/http';
import { smsMessage } from '../shared/message';
import type { SmsMessage, SmsStatus } from '../shared/message';
import { sharedLimit } from '../shared/sharedLimit';
import { countSegments } from '../shared/segments';
import type { Segments } from '../shared/segments';
import type { Connection } from '../shared/operation';
import { readIsoTime } from '../shared/clock';
import { isObject, own, text, written } from '../shared/values';
import { contactKind } from './contacts';
import { errorTexts, objectsOf, readEnvelope } from './wire';

/** Wooxy API v3: its calls, what goes out and what comes back (docs/providers/wooxy.md 1 to 4). */

export const PROVIDER = 'wooxy';

/** The most that may be in flight, and the default (docs/providers/wooxy.md 1). */
export const MOST_IN_FLIGHT = 10;

/** Ids in one sms/info (docs/providers/wooxy.md 2.3). */
export const MOST_IDS = 100;

/** Rows asked for at once: the documented default, since the largest page is not published (4). */
export const PAGE_SIZE = 20;

/** The words for an empty account that webhook/list fails with (docs/providers/wooxy.md 3.1). */
const NO_WEBHOOKS = /there is no web ?hook config/i;

/** INFERRED (docs/providers/wooxy.md 2.4): which words are final follows from their contract status. */
const STATUS: Readonly<Record<string, SmsStatus>> = {
	new: 'queued',
	queued: 'queued',
	sent: 'sent',
	delivered: 'delivered',
	undelivered: 'undelivered',
	failed: 'failed',
};

export interface Api extends Connection {
	http: Http;
	baseUrl: string;
	accessToken: string;
	postbackToken: string;
	/** Of all runs of this process that use the account. */
	limit: ReturnType<typeof sharedLimit>;
}

/** The connection that a credential's values make. @throws Failure where it cannot work */
export function connectWith(context: HttpContext, values: IDataObject): Api {
	const accessToken = String(values.accessToken ?? '').trim();
	const postbackToken = String(values.postbackToken ?? '').trim();
	const http = createHttp(context, [accessToken, postbackToken]);
	const baseUrl = baseUrlOf(values.baseUrl, 'https://api.wooxy.com');
	const limit = sharedLimit([baseUrl, accessToken], MOST_IN_FLIGHT);
	return { http, redact: http.redact, baseUrl, accessToken, postbackToken, limit };
}

/** Reads the credential. @throws NodeOperationError when the node has none */
export async function connect(
	context: IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions,
): Promise<Api> {
	return connectWith(context, await context.getCredentials('wooxyApi'));
}

/** @param method such as `sms/info` */
async function call<T>(
	api: Api,
	method: string,
	body: IDataObject,
	read: (envelope: IDataObject) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const request: HttpRequest = {
		...how,
		method: 'POST',
		url: `${api.baseUrl}/v3/${method}`,
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/json',
			'Access-Token': api.accessToken,
		},
		body: JSON.stringify(body),
	};
	return await api.limit(
		async () => await api.http.request(request, (answer) => read(readEnvelope(answer))),
	);
}

function odd(what: string, value: unknown): never {
	const came = [JSON.stringify(value) ?? 'nothing'];
	return fail({
		kind: 'malformed',
		message: `Expected ${what} of Wooxy, got ${CAME}`,
		came,
		description: 'Check the Base URL in the credential, and any proxy in between.',
	});
}

// ---- messages -----------------------------------------------------------------------------------

/** What both ways of sending share. */
export interface SmsText {
	text: string;
	fromName?: string;
	tags: string[];
}

/** A value that Wooxy puts in place of `{{name}}` in a text, or stores with a contact. */
export interface Variable {
	name: string;
	value: string;
}

/** A message and the part of an answer that it was read from. */
export interface Report {
	message: SmsMessage;
	raw: IDataObject;
}

function textFields({ text: content, fromName, tags }: SmsText): IDataObject {
	return {
		...(fromName !== undefined && { fromName }),
		text: content,
		...(tags.length > 0 && { tags }),
	};
}

function accepted(to: string | null, sms: SmsText, hasVariables: boolean) {
	// how long the text is with its variables filled in, Wooxy alone knows
	const counted = hasVariables ? {} : countSegments(sms.text);
	const { segments = null, encoding = null } = counted as Partial<Segments>;
	return (raw: IDataObject): Report => ({
		raw,
		message: smsMessage({
			provider: PROVIDER,
			messageId: text(raw.sms_id),
			to,
			from: sms.fromName ?? null,
			// accepted and queued; it says nothing about delivery
			status: 'queued',
			providerStatus: 'accepted',
			segments,
			encoding,
		}),
	});
}

/** sms/send (2.1). @param to E.164 */
export async function sendSms(api: Api, domain: string, to: string, sms: SmsText): Promise<Report> {
	const body = { domain, phoneNumber: to, ...textFields(sms) };
	return await call(api, 'sms/send', body, accepted(to, sms, false), { kind: 'send' });
}

/** sms/trigger (2.2). @param contact e-mail address, phone number or user id, as it is stored */
export async function sendToContact(
	api: Api,
	contactListId: string,
	contact: string,
	sms: SmsText,
	variables: Variable[],
): Promise<Report> {
	const body = {
		contactListId,
		contact,
		...textFields(sms),
		...(variables.length > 0 && { variables: variables as unknown as IDataObject[] }),
	};
	const to = contactKind(contact) === 'phoneNumber' ? contact : null;
	const read = accepted(to, sms, sms.text.includes('{{'));
	return await call(api, 'sms/trigger', body, read, { kind: 'send' });
}

/** One record of sms/info (2.3). */
export function readSms(messageId: string, raw: IDataObject): Report {
	const word = text(raw.status) ?? 'unknown';
	const status = own(STATUS, word.trim().toLowerCase()) ?? 'unknown';
	return {
		raw,
		message: smsMessage({
			provider: PROVIDER,
			messageId,
			to: text(raw.phoneNumber),
			from: text(raw.fromName),
			status,
			providerStatus: word,
			sentAt: readIsoTime(raw.createdAt),
		}),
	};
}

/** What sms/info knows of the ids asked for: the record, or why there is none. */
export type Lookup = { record: IDataObject } | { words: string };

const withoutBlanks = (id: unknown) => written(id).replace(/\s+/g, '');

/**
 * The records of an sms/info answer by requested id. The id in the record counts, then the key
 * without its stray blanks: in the published example a key differs from its record, and the map
 * is `[]` when it is empty.
 */
export function readLookups(ids: string[], envelope: IDataObject): Map<string, Lookup> {
	const { data } = envelope;
	const entries = isObject(data) ? Object.entries(data) : objectsOf(data).map((one) => ['', one]);
	const byRecord = new Map<string, IDataObject>();
	const byKey = new Map<string, IDataObject>();
	for (const [key, record] of entries as Array<[string, unknown]>) {
		if (!isObject(record)) continue;
		const name = withoutBlanks(key);
		const own = text(record.id);
		byKey.set(name, record);
		byRecord.set(own === null ? name : withoutBlanks(own), record);
	}
	const asked = new Set(ids.map(withoutBlanks));
	const texts = errorTexts(envelope);
	const find = (id: string): Lookup => {
		const key = byKey.get(id);
		// under this key, but not the record of another id that was asked for
		const spare = key && !asked.has(withoutBlanks(key.id ?? id)) ? key : undefined;
		const record = byRecord.get(id) ?? spare;
		if (record) return { record };
		return { words: texts.find((one) => one.includes(id)) ?? `SMS ${id} not found` };
	};
	return new Map(ids.map((id) => [id, find(withoutBlanks(id))]));
}

/** sms/info (2.3). @param ids up to 100, each once */
export async function getInfo(api: Api, ids: string[]): Promise<Map<string, Lookup>> {
	return await call(api, 'sms/info', { ids }, (envelope) => readLookups(ids, envelope));
}

// ---- lists --------------------------------------------------------------------------------------

export interface Page {
	rows: IDataObject[];
	/** Where the next page begins; undefined on the last one. */
	next?: number;
}

function readPage(envelope: IDataObject, offset: number, asked: number): Page {
	const { data, totalCount, limit } = envelope;
	const rows = objectsOf(data);
	// Wooxy repeats the limit it went by
	const repeated = Number(written(limit));
	const size = repeated > 0 ? repeated : asked;
	const next = offset + size;
	const total = text(totalCount) === null ? undefined : Number(totalCount);
	const more = rows.length >= size && (total === undefined || next < total);
	return { rows, ...(more && { next }) };
}

async function findPage(
	api: Api,
	method: string,
	by: IDataObject,
	offset: number,
	limit: number,
): Promise<Page> {
	const read = (envelope: IDataObject) => readPage(envelope, offset, limit);
	return await call(api, method, { ...by, offset, limit }, read);
}

/** Rows up to a limit, page by page. */
async function findUpTo(
	api: Api,
	method: string,
	by: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for (let offset: number | undefined = 0; offset !== undefined && found.length < limit; ) {
		const page = await findPage(api, method, by, offset, PAGE_SIZE);
		found.push(...page.rows);
		offset = page.next;
	}
	return found.slice(0, limit);
}

/** domain/find (4.1), one page. */
export async function getDomainPage(api: Api, offset: number, limit = PAGE_SIZE): Promise<Page> {
	return await findPage(api, 'domain/find', {}, offset, limit);
}

/** domain/find (4.1). */
export async function getDomains(api: Api, limit: number): Promise<IDataObject[]> {
	return await findUpTo(api, 'domain/find', {}, limit);
}

/** contact-list/find (4.2), one page. */
export async function getContactListPage(api: Api, domain: string, offset: number): Promise<Page> {
	return await findPage(api, 'contact-list/find', { domain }, offset, PAGE_SIZE);
}

/** contact-list/find (4.2). */
export async function getContactLists(api: Api, domain: string, limit: number) {
	return await findUpTo(api, 'contact-list/find', { domain }, limit);
}

// ---- black list ---------------------------------------------------------------------------------

/** phone-blacklist/add (4.3). */
export async function blockNumber(api: Api, phoneNumber: string, rejectType: string) {
	const body = { records: [{ phoneNumber, rejectType }] };
	return await call(api, 'phone-blacklist/add', body, (envelope) => envelope);
}

/** phone-blacklist/find (4.3). */
export async function getBlockedNumbers(
	api: Api,
	by: { phoneNumber?: string; rejectType?: string },
	limit: number,
): Promise<IDataObject[]> {
	return await findUpTo(api, 'phone-blacklist/find', { ...by }, limit);
}

/** phone-blacklist/remove (4.3). */
export async function unblockNumber(api: Api, phoneNumber: string): Promise<IDataObject> {
	return await call(api, 'phone-blacklist/remove', { phoneNumber }, (envelope) => envelope);
}

// ---- contacts -----------------------------------------------------------------------------------

/** contact/get (4.4); undefined where the answer holds none. */
export async function getContact(
	api: Api,
	contactListId: string,
	contact: string,
): Promise<IDataObject | undefined> {
	const body = { contactListId, [contactKind(contact)]: contact };
	return await call(api, 'contact/get', body, ({ contact: found }) =>
		isObject(found) && Object.keys(found).length > 0 ? found : undefined,
	);
}

/** contacts/update with `upsert` (4.4): a job is queued. @param fields of the contact object */
export async function upsertContact(
	api: Api,
	contactListId: string,
	contact: string,
	fields: IDataObject,
): Promise<IDataObject> {
	const body = { contactListId, contacts: [{ contact, ...fields }], upsert: true };
	return await call(api, 'contacts/update', body, (envelope) => envelope);
}

const PLURAL = { email: 'emails', phoneNumber: 'phoneNumbers', userId: 'userIds' } as const;

/** contacts/remove (4.4): a job is queued. */
export async function removeContact(api: Api, contactListId: string, contact: string) {
	const body = { contactListId, [PLURAL[contactKind(contact)]]: [contact] };
	return await call(api, 'contacts/remove', body, (envelope) => envelope);
}

/** request/find (4.4); undefined where Wooxy does not know the id (any more). */
export async function getRequest(api: Api, id: string): Promise<IDataObject | undefined> {
	return await call(api, 'request/find', { ids: [id] }, ({ requests }) => {
		if (isObject(requests) && isObject(requests[id])) return requests[id];
		return objectsOf(requests).find((one) => text(one.id) === id);
	});
}

// ---- account ------------------------------------------------------------------------------------

/** account/info (4.6). */
export async function getAccount(api: Api): Promise<IDataObject> {
	return await call(api, 'account/info', {}, (envelope) => envelope);
}

// ---- webhooks -----------------------------------------------------------------------------------

export interface Webhook {
	/** Positive; sent as a number. */
	id: number;
	url: string;
	/** The domain's name; empty where the answer has none. */
	domain: string;
	events: string[];
}

function readWebhook(raw: IDataObject): Webhook {
	const id = Number(written(raw.id));
	if (!Number.isInteger(id) || id < 1) odd('a webhook with a number for its id', raw);
	// an object, although its table calls it a string
	const domain = isObject(raw.domain) ? raw.domain.name : raw.domain;
	const events = Array.isArray(raw.events) ? raw.events.map(written) : [];
	return { id, url: text(raw.url) ?? '', domain: text(domain) ?? '', events };
}

/** webhook/list (3.1). An account without webhooks fails with a text of its own: that is none. */
export async function getWebhooks(api: Api): Promise<Webhook[]> {
	try {
		return await call(api, 'webhook/list', {}, ({ data }) => objectsOf(data).map(readWebhook));
	} catch (error) {
		if (error instanceof Failure && NO_WEBHOOKS.test(error.message)) return [];
		return rethrow(error);
	}
}

/** What is said where the answer to webhook/create is lost. */
export const MAY_BE_CREATED = 'The webhook may have been created';

/**
 * webhook/create (3.1). Not repeated by itself, as a second webhook would double every event.
 *
 * @throws Failure; of kind `ambiguous` where the webhook may have been created
 */
export async function createWebhook(
	api: Api,
	webhook: { title: string; url: string; domain: string; events: string[] },
): Promise<Webhook> {
	const read = ({ config }: IDataObject) =>
		isObject(config) ? readWebhook(config) : odd('the new webhook', config);
	return await call(api, 'webhook/create', webhook, read, {
		kind: 'send',
		ambiguity: {
			message: MAY_BE_CREATED,
			description: 'Look at the webhooks in Wooxy before you activate this workflow again.',
		},
	});
}

/** webhook/remove (3.1); one that is gone already is fine. */
export async function removeWebhook(api: Api, id: number): Promise<void> {
	try {
		await call(api, 'webhook/remove', { id }, () => undefined);
	} catch (error) {
		if (!(error instanceof Failure && error.kind === 'notFound')) rethrow(error);
	}
}
