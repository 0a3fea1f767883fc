import { createHash, timingSafeEqual } from 'crypto';
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { isFinalStatus } from './message';
import type { SmsStatus } from './message';
import { redactor } from './redact';

export type EventName =
	| 'message.status'
	| 'message.received'
	| 'contact.optedIn'
	| 'contact.optedOut'
	| 'link.clicked'
	| 'media.ready'
	| 'media.failed'
	| 'unknown';

/** What triggers emit, one item per event (design 3.3). */
export interface PostbackEvent {
	provider: string;
	event: EventName;
	/** Stable: the same postback delivered twice has the same one. */
	eventId: string;
	/** Of a received message its own id. */
	messageId: string | null;
	/** The outgoing message that a received one answers. */
	inReplyTo: string | null;
	referenceId: string | null;
	from: string | null;
	to: string | null;
	text: string | null;
	status: SmsStatus | null;
	isFinal: boolean | null;
	providerStatus: string | null;
	errorCode: string | null;
	/** The contact in the provider's address book, where it names one. */
	email?: string;
	userId?: string;
	/** The stored MMS, and the campaign, that the event is about, where the provider has them. */
	mmsId?: string;
	campaignRef?: string;
	/** ISO 8601, UTC: the time of the change itself. */
	occurredAt: string | null;
	/** ISO 8601, UTC. */
	receivedAt: string;
	/** All fields as they came; the text where it could not be read. */
	raw: unknown;
}

/** What a provider's reader knows of an event; the rest is filled in. */
export type KnownEvent = Pick<PostbackEvent, 'event' | 'raw'> &
	Partial<Omit<PostbackEvent, 'eventId' | 'provider' | 'receivedAt'>> & {
		/** What makes two deliveries the same event. */
		key: ReadonlyArray<string | null | undefined>;
	};

/** A postback as it came over the wire. */
export interface RawPostback {
	text: string;
	/** Lower case, without parameters; empty where the header is missing. */
	contentType: string;
	headers: IDataObject;
}

/**
 * A provider's reader: from what came to its events. Whatever it throws on is emitted as
 * `unknown` with the text.
 */
export type ReadPostback = (postback: RawPostback) => KnownEvent[];

export interface PostbackSource {
	provider: string;
	/** The credential type that holds `postbackToken`. */
	credential: string;
	read: ReadPostback;
	/** Events that no choice of the user drops, as they do not say of which kind they are. */
	isUnnamed?(event: PostbackEvent): boolean;
	/** Further filters of the provider's trigger. */
	accepts?(context: IWebhookFunctions, event: PostbackEvent): boolean;
	/** Who answers where the user has not chosen. */
	answer: 'whenStored' | 'atOnce';
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export function sameSecret(given: string, expected: string): boolean {
	return timingSafeEqual(digest(given), digest(expected));
}

/** A stable id: the same parts give the same id, in every process and at every time. */
export function eventId(provider: string, parts: ReadonlyArray<string | null | undefined>): string {
	const text = JSON.stringify([provider, ...parts.map((part) => part ?? null)]);
	return digest(text).toString('hex').slice(0, 32);
}

/** Completes what a reader knows to the event of the contract. */
export function postbackEvent(
	provider: string,
	receivedAt: string,
	{ key, raw, event, ...known }: KnownEvent,
): PostbackEvent {
	const status = known.status ?? null;
	return {
		provider,
		event,
		eventId: eventId(provider, [event, ...key]),
		messageId: null,
		inReplyTo: null,
		referenceId: null,
		from: null,
		to: null,
		text: null,
		isFinal: status === null ? null : isFinalStatus(status),
		providerStatus: null,
		errorCode: null,
		occurredAt: null,
		...known,
		status,
		receivedAt,
		raw,
	};
}

/** Events out of what came; nothing is lost and nothing is thrown. */
export function readEvents(
	{ provider, read }: Pick<PostbackSource, 'provider' | 'read'>,
	postback: RawPostback,
	receivedAt: string,
): PostbackEvent[] {
	let known: KnownEvent[];
	try {
		known = read(postback);
	} catch {
		known = [];
	}
	if (known.length === 0) {
		known = [{ event: 'unknown', key: [postback.text], raw: postback.text, text: postback.text }];
	}
	return known.map((event) => postbackEvent(provider, receivedAt, event));
}

async function bodyOf(context: IWebhookFunctions): Promise<RawPostback> {
	const request = context.getRequestObject();
	const headers = context.getHeaderData() as IDataObject;
	// n8n has read the body already where the hidden parameter that keeps it raw is not in force
	if (!request.rawBody) await request.readRawBody();
	const bytes = request.rawBody ?? Buffer.alloc(0);
	const [type = '', ...parameters] = String(headers['content-type'] ?? '').split(';');
	const charset = parameters.join(';').match(/charset\s*=\s*"?([^";\s]+)/i)?.[1] ?? 'utf-8';
	return { text: decode(bytes, charset), contentType: type.trim().toLowerCase(), headers };
}

function decode(bytes: Buffer, charset: string): string {
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return bytes.toString('utf8');
	}
}

/** The secret of the credential, if the node has one. */
async function postbackToken(context: IWebhookFunctions, credential: string): Promise<string> {
	if (!context.getNode().credentials?.[credential]) return '';
	const { postbackToken: token } = await context.getCredentials(credential);
	return typeof token === 'string' ? token : '';
}

/**
 * Receives one postback: checks the token, reads the events, drops what the user did not select,
 * and answers. A refused postback gets 401, one that is too large 413, everything else 200.
 *
 * With `answer: whenStored` n8n answers once the execution is stored and with 500 when it could
 * not be, so that the provider tries again; with `atOnce` the node answers before that.
 */
export async function receive(
	context: IWebhookFunctions,
	source: PostbackSource,
): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const end = (status: number, text: string): IWebhookResponseData => {
		response.status(status).type('text/plain').send(text);
		return { noWebhookResponse: true };
	};

	const token = await postbackToken(context, source.credential);
	const { token: given } = context.getQueryData() as { token?: unknown };
	if (token && !(typeof given === 'string' && sameSecret(given, token))) {
		return end(401, 'The token is missing or wrong');
	}

	let postback: RawPostback;
	try {
		postback = await bodyOf(context);
	} catch (error) {
		const { status = 400 } = error as { status?: number };
		return end(status === 413 ? 413 : 400, 'The body could not be read');
	}

	const selected = context.getNodeParameter('events', []) as string[];
	const redact = redactor([token]);
	const events = readEvents(source, postback, new Date().toISOString())
		.filter((event) => selected.includes(event.event) || source.isUnnamed?.(event))
		.filter((event) => source.accepts?.(context, event) ?? true);
	if (events.length === 0) return end(200, 'OK');

	const items: INodeExecutionData[] = events.map((event) => ({
		json: redact(event as unknown as IDataObject),
	}));
	const { answer } = context.getNodeParameter('additionalFields', {}) as { answer?: string };
	const response200 = (answer ?? source.answer) === 'atOnce' ? end(200, 'OK') : {};
	return { ...response200, workflowData: [items] };
}
