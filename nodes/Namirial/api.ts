import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { CAME, fail, failInput } from '../shared/errors';
import { readJson, unreadable } from '../shared/answer';
import { createHttp } from '../shared/http';
import type { HttpAnswer } from '../shared/answer';
import type { Http, HttpContext } from '../shared/http';
import { bare } from '../shared/pasted';
import { isFinalStatus, smsMessage } from '../shared/message';
import type { SmsMessage } from '../shared/message';
import type { Connection } from '../shared/operation';
import type { E164 } from '../shared/phone';
import { Traffic } from '../shared/traffic';
import { readIsoTime } from '../shared/clock';
import { parseJson } from '../shared/json';
import { isObject, own, text } from '../shared/values';
import { trimEndOf } from '../shared/trim';
import { READABLE_CHANNEL, REFUSALS, STATUSES } from './codes';
import type { Refusal } from './codes';

/**
 * Namirial SMS: its two services, what goes out and what comes back (docs/providers/namirial.md 3, 4, 7).
 * The gateway sends; the Message Status API, with a host and a key of its own, looks up.
 */

export const PROVIDER = 'namirial';

export const GATEWAY_CREDENTIAL = 'namirialSmsGatewayApi';
export const STATUS_CREDENTIAL = 'namirialSmsStatusApi';

/** The most messages in one answer of a list (7.3). */
export const MAX_COUNT = 100;

interface Gateway {
	baseUrl: string;
	username: string;
	password: string;
}

interface StatusService {
	baseUrl: string;
	apiKey: string;
}

export interface Api extends Connection {
	http: Http;
	/** Only where the node has the credential; see gatewayOf and statusServiceOf. */
	gateway?: Gateway;
	statusService?: StatusService;
	postbackToken: string;
	traffic: Traffic;
	/** How often this run sent a text to a number. */
	sameTexts: Map<string, number>;
}

function basic({ username, password }: Gateway): string {
	return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

/** The connection that the values of the credentials make, of which either may be missing. */
function connectWith(
	context: HttpContext,
	sending: IDataObject | undefined,
	looking: IDataObject | undefined,
): Api {
	const gateway = sending && {
		baseUrl: String(sending.baseUrl ?? ''),
		username: String(sending.username ?? '').trim(),
		password: String(sending.password ?? '').trim(),
	};
	const statusService = looking && {
		baseUrl: String(looking.baseUrl ?? ''),
		apiKey: String(looking.apiKey ?? '').trim(),
	};
	const postbackToken = String(sending?.postbackToken ?? '').trim();
	const http = createHttp(context, [
		gateway?.password,
		gateway && basic(gateway),
		statusService?.apiKey,
		postbackToken,
	]);
	return {
		http,
		redact: http.redact,
		gateway,
		statusService,
		postbackToken,
		traffic: new Traffic(),
		sameTexts: new Map(),
	};
}

export function connectGateway(context: HttpContext, values: IDataObject): Api {
	return connectWith(context, values, undefined);
}

export function connectStatusService(context: HttpContext, values: IDataObject): Api {
	return connectWith(context, undefined, values);
}

/** Reads the credentials that the node has; each operation says which one it needs. */
export async function connect(context: IExecuteFunctions | IWebhookFunctions): Promise<Api> {
	const has = context.getNode().credentials ?? {};
	const read = async (type: string) =>
		has[type] ? await context.getCredentials<IDataObject>(type) : undefined;
	const [sending, looking] = [await read(GATEWAY_CREDENTIAL), await read(STATUS_CREDENTIAL)];
	return connectWith(context, sending, looking);
}

/** The address of a service with exactly one /api, with or without which it may be typed (1). */
function apiRoot(baseUrl: string, name: string, example: string): string {
	const typed = trimEndOf(bare(baseUrl), /\//);
	const address = trimEndOf(typed.replace(/\/api$/i, ''), /\//);
	if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) {
		failInput(
			`The Base URL "${baseUrl}" of the ${name} credential is not a web address`,
			`It should be like ${example}.`,
		);
	}
	return `${address}/api`;
}

function missing(name: string, purpose: string): never {
	return fail({
		kind: 'credential',
		message: `${purpose} needs the credential "${name}", and this node has none`,
		description: `Open the node and choose or create a credential under ${name}. Namirial has one for sending and another for looking up.`,
		nothingAccepted: true,
	});
}

/** @throws Failure where the node has no credential for sending, or one that cannot work */
function gatewayOf({ gateway }: Api): { root: string; headers: Record<string, string> } {
	if (!gateway) return missing('Namirial SMS Gateway API', 'This operation');
	if (gateway.username.includes(':')) {
		failInput(
			'The username in the Namirial SMS Gateway API credential has a colon in it, which cannot be sent',
			'Check that Username holds the username alone.',
		);
	}
	const example = 'https://sms.namirialtsp.com';
	return {
		root: apiRoot(gateway.baseUrl, 'Namirial SMS Gateway API', example),
		headers: { Accept: 'application/json', Authorization: `Basic ${basic(gateway)}` },
	};
}

/** @throws Failure where the node has no credential for sending, or one that cannot work */
export function requireGateway(api: Api): void {
	gatewayOf(api);
}

/** @throws Failure where the node has no credential for look-ups */
export function requireStatusService({ statusService }: Api): StatusService {
	return statusService ?? missing('Namirial SMS Status API', 'Looking messages up');
}

/** @throws Failure where the credential for look-ups is missing or cannot work */
function statusServiceOf(api: Api): { root: string; headers: Record<string, string> } {
	const statusService = requireStatusService(api);
	const example = 'https://sms-apistatus.namirialtsp.com/api';
	return {
		root: apiRoot(statusService.baseUrl, 'Namirial SMS Status API', example),
		headers: { Accept: 'application/json', 'X-Api-Key': statusService.apiKey },
	};
}

/** The object in an answer of status 2xx. @throws Failure for anything else */
function objectOf(answer: HttpAnswer, expected: string): IDataObject {
	if (answer.status < 200 || answer.status >= 300) return fail(unreadable(answer, expected));
	const value = readJson(answer);
	return isObject(value) ? value : fail(unreadable(answer, expected));
}

// ---- the gateway ----------------------------------------------------------------------------------

/** What ties a message to something of the caller's; nothing without a service (4.2). */
export interface Reference {
	service: string;
	action?: string;
	key?: string;
}

export interface Sms {
	to: E164;
	text: string;
	reference?: Reference;
	/** The answer shall name the upstream provider. */
	detailed?: boolean;
	businessRelationId?: string;
	/** Where changes of status are posted to. */
	statusUrl?: string;
}

/** Whom an administrator sends for. */
export interface OnBehalf {
	account: string;
	lra?: number;
}

/** A message, and the part of the answer that it was read from. */
export interface Report {
	message: SmsMessage;
	raw: IDataObject;
}

interface Refused {
	code: number;
	words: string;
	details?: unknown;
}

/**
 * The refusal in an answer, or undefined where it is none. Published are objects with `code` under
 * HTTP 500 (4.4). A success starts its message with code 0 (4.3), so under HTTP 200 another code
 * there is a refusal too.
 */
function refusalIn({ status, text: body }: HttpAnswer): Refused | undefined {
	const value = jsonIn(body);
	if (!isObject(value) || typeof value.message !== 'string') return undefined;
	const { code, message, details } = value;
	const [, written, words] = /^\s*(\d+)\s*:([\s\S]*)$/.exec(message) ?? [];
	if (status < 300 && written !== undefined) {
		return Number(written) === 0
			? undefined
			: { code: Number(written), words: words.trimStart(), details };
	}
	if (!Number.isInteger(code) || code === 0) return undefined;
	return { code: Number(code), words: message, details };
}

/** INFERRED: code 8 covers opted-out recipients too, and only the words can tell them apart. */
const OPTED_OUT = /\bopt(?:ed)?[- ]?out\b|\bunsubscribed\b/i;

function refuse({ code, words, details }: Refused, status: number): never {
	const { meaning, advice, ...rule } = own<Partial<Refusal> & Pick<Refusal, 'kind'>>(
		REFUSALS,
		code,
	) ?? {
		kind: 'rejected' as const,
	};
	const hasDetails = details !== undefined && details !== null;
	const told = words.trim() === '' ? '' : ` "${CAME}"`;
	const more = hasDetails ? ` (${CAME})` : '';
	const came = [...(told && [words]), ...(hasDetails ? [JSON.stringify(details)] : [])];
	const means = meaning ? `: ${meaning}` : '';
	return fail({
		message: `Namirial refused the message with code ${code}${told}${more}${means}`,
		came,
		description:
			advice ??
			'This code is on no list that Namirial publishes. Ask its support, and name the code.',
		code: String(code),
		httpStatus: status,
		// a code that no list names says nothing for certain
		nothingAccepted: meaning !== undefined,
		...rule,
		...(came.some((one) => OPTED_OUT.test(one)) && { kind: 'optedOut' }),
	});
}

function refuseLogin(status: number, more = ''): never {
	return fail({
		kind: 'credential',
		message: `Namirial refused the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
		description: REFUSALS[63].advice + more,
		httpStatus: status,
		nothingAccepted: true,
	});
}

/** A JSON value, or undefined where the text is none. */
function jsonIn(body: string): unknown {
	try {
		return parseJson(body);
	} catch {
		return undefined;
	}
}

/** @throws Failure with the meaning of the refusal, or that names what came */
function readSent(answer: HttpAnswer): IDataObject {
	const expected = 'Namirial’s answer to a message';
	const refusal = refusalIn(answer);
	if (refusal) refuse(refusal, answer.status);
	if (answer.status === 401 || answer.status === 403) refuseLogin(answer.status);
	const body = objectOf(answer, expected);
	// an answer without an id is an acceptance all the same (5.2)
	const accepted = typeof body.message === 'string' && /^\s*0+\s*(:|$)/.test(body.message);
	return accepted || text(body.id) ? body : fail(unreadable(answer, expected));
}

/**
 * POST Services/send, or Admin/send on behalf of another account. Accepted means neither sent nor
 * even kept: of identical texts the third within an hour is dropped without a word (5.2).
 *
 * @returns a message whose id is null where Namirial gave none
 * @throws Failure; `ambiguous` where the message may have been accepted
 */
export async function send(api: Api, sms: Sms, onBehalf?: OnBehalf): Promise<Report> {
	const { root, headers } = gatewayOf(api);
	const { to, text: words, reference, detailed, businessRelationId, statusUrl } = sms;
	const body = {
		destination: to,
		text: words,
		...(onBehalf && { account: onBehalf.account }),
		...(onBehalf?.lra !== undefined && { lra: onBehalf.lra }),
		...(reference && { reference: { ...reference } }),
		...(detailed && { detailed }),
		...(businessRelationId && { businessRelationId }),
		// whether the authentication may be left out is not known, and there is no other (6.1)
		...(statusUrl && { webhook: { url: statusUrl, authentication: { type: 'NONE' } } }),
	};
	const request = {
		kind: 'send',
		method: 'POST',
		url: `${root}/${onBehalf ? 'Admin' : 'Services'}/send`,
		headers: { ...headers, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	} as const;
	const raw = await api.http.request(request, readSent);
	const message = smsMessage({
		provider: PROVIDER,
		messageId: text(raw.id),
		referenceId: reference?.key ?? null,
		to,
		status: 'queued',
		providerStatus: 'accepted',
	});
	return { message, raw };
}

export interface Health {
	/** Whether the service can be used: HTTP 200 alone does not say so (3). */
	healthy: boolean;
	database: boolean | null;
	services: boolean | null;
	errorMessage: string | null;
	version: string | null;
	raw: IDataObject;
}

/** POST checkServiceStatus of the Services or the Admin part; it has no body (3). */
export async function getHealth(api: Api, part: 'Services' | 'Admin'): Promise<Health> {
	const { root, headers } = gatewayOf(api);
	const url = `${root}/${part}/checkServiceStatus`;
	const expected = 'Namirial’s service status';
	return await api.http.request({ kind: 'repeatable', method: 'POST', url, headers }, (answer) => {
		const refusal = refusalIn(answer);
		if (refusal?.code === 63 || answer.status === 401 || answer.status === 403) {
			refuseLogin(
				answer.status,
				part === 'Admin' ? ' That service takes administrators only.' : '',
			);
		}
		const raw = objectOf(answer, expected);
		const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);
		return {
			healthy: flag(raw.globalStatus) ?? fail(unreadable(answer, expected)),
			database: flag(raw.dbStatus),
			services: flag(raw.servicesStatus),
			errorMessage: text(raw.errorMessage),
			version: text(raw.versionNumber),
			raw,
		};
	});
}

// ---- the Message Status API -----------------------------------------------------------------------

/** Namirial's Message object (7.1), the same in look-ups and in notifications. */
export function readMessage(raw: IDataObject): SmsMessage {
	const providerStatus = text(raw.status)?.trim() ?? '';
	const status = own(STATUSES, providerStatus.toUpperCase()) ?? 'unknown';
	const upstream = isObject(raw.provider) ? raw.provider : {};
	const failed = status === 'undelivered' || status === 'failed';
	const sms = isObject(raw.sms) ? raw.sms : {};
	return smsMessage({
		provider: PROVIDER,
		messageId: text(raw.id)?.trim() ?? null,
		referenceId: isObject(raw.reference) ? text(raw.reference.key) : null,
		status,
		isFinal:
			isFinalStatus(status) && !(status === 'delivered' && text(raw.channel) === READABLE_CHANNEL),
		providerStatus,
		errorCode: failed ? text(upstream.code) : null,
		errorMessage: failed ? text(upstream.message) : null,
		sentAt: readIsoTime(raw.providerAcceptanceAt),
		updatedAt: readIsoTime(raw.statusChangedAt),
		segments: typeof sms.segments === 'number' ? sms.segments : null,
	});
}

/** An answer of the status API. @throws Failure for anything but HTTP 200 with an object */
function readLookUp(answer: HttpAnswer): IDataObject {
	const expected = 'an answer of Namirial’s status API';
	if (answer.status === 401 || answer.status === 403) {
		fail({
			kind: 'credential',
			message: `Namirial refused the API key of the Namirial SMS Status API credential (HTTP ${answer.status})`,
			description:
				'Check API Key in that credential, and that its Base URL belongs to the same environment.',
			httpStatus: answer.status,
		});
	}
	return objectOf(answer, expected);
}

/** An unknown id is answered 404; so is a wrong address, but hardly without a page about it. */
function isUnknownId({ status, text: body }: HttpAnswer): boolean {
	return status === 404 && !body.trimStart().startsWith('<');
}

/** GET by id. @returns undefined where Namirial does not know it */
export async function getStatus(api: Api, messageId: string): Promise<Report | undefined> {
	const { root, headers } = statusServiceOf(api);
	const url = `${root}/messagestatus/${encodeURIComponent(messageId)}`;
	return await api.http.request({ kind: 'repeatable', method: 'GET', url, headers }, (answer) => {
		if (isUnknownId(answer)) return undefined;
		const raw = readLookUp(answer);
		if (!isObject(raw.message)) return fail(unreadable(answer, 'a message of Namirial'));
		return { message: readMessage(raw.message), raw };
	});
}

/** Whose messages a list holds. */
export type ListOf = { phoneNumber: E164 } | { referenceKey: string };

export interface Page {
	/** The latest first (INFERRED, 7.4). */
	reports: Report[];
	/** How many elements came, empty ones too: fewer than asked for means that there are no more. */
	size: number;
}

/** Percent-encoded; a dot or two alone would be taken for a step in the path. */
function pathValue(value: string): string {
	if (/^\.{1,2}$/.test(value)) {
		failInput(
			`"${value}" cannot be looked up: in an address it means a folder`,
			'Use another reference key.',
		);
	}
	return encodeURIComponent(value);
}

/**
 * GET a list: the latest messages to a number, or those with a reference key, whatever their
 * service and action are.
 *
 * @param count at most 100
 * @param before only what was sent before (parameter sendDate, an upper bound in spite of its name)
 */
export async function listMessages(
	api: Api,
	of: ListOf,
	count: number,
	before?: Date,
): Promise<Page> {
	const { root, headers } = statusServiceOf(api);
	const path =
		'phoneNumber' in of
			? `phonenumber/${pathValue(of.phoneNumber)}`
			: `reference/${pathValue(of.referenceKey)}`;
	const query = {
		count: String(count),
		...(before && { sendDate: before.toISOString().replace('.000Z', 'Z') }),
	};
	const url = `${root}/messagestatus/${path}`;
	return await api.http.request(
		{ kind: 'repeatable', method: 'GET', url, query, headers },
		(answer) => {
			const { messages } = readLookUp(answer);
			if (!Array.isArray(messages)) return fail(unreadable(answer, 'a list of Namirial'));
			// each element is wrapped once more, and the wrapper may be empty (7.1)
			const reports = messages.flatMap((raw): Report[] =>
				isObject(raw) && isObject(raw.message) ? [{ message: readMessage(raw.message), raw }] : [],
			);
			return { reports, size: messages.length };
		},
	);
}
