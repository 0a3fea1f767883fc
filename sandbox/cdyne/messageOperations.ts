import type { StoredMessage } from '../messages';
import {
	outgoingResponse,
	refusalStatus,
	refusedMessage,
	refusedSms,
	smsResponse,
	unknownSms,
} from './answers';
import type { Life } from './life';
import { outgoingDetail, type Office } from './office';
import { get, post, type Operation } from './operations';
import type { ReadDate } from './read';
import {
	listOf,
	MessageStatuses,
	OutgoingMessageRequest,
	OutgoingMessageResponse,
	SMSAdvancedRequest,
	SMSResponse,
} from './schema';
import type { Sending, SendOrder } from './sending';
import { incomingDetail } from './office';
import { EMPTY_GUID } from './write';

interface AdvancedBody {
	Concatenate?: boolean;
	IsUnicode?: boolean;
	LicenseKey: string;
	SMSRequests: Array<{
		AssignedDID?: string | null;
		Message: string | null;
		PhoneNumbers?: Array<string | null> | null;
		ReferenceID?: string | null;
		ScheduledDateTime?: ReadDate;
		StatusPostBackURL?: string | null;
	} | null> | null;
}

interface MessageBody {
	Attachments?: Array<string | null> | null;
	Body?: string | null;
	Concatenate?: boolean;
	From?: string | null;
	IsUnicode?: boolean;
	LicenseKey: string;
	PostbackUrl?: string | null;
	ReferenceID?: string | null;
	ScheduledDateTime?: ReadDate;
	Subject?: string | null;
	To: Array<string | null> | null;
	UseMMS: boolean;
}

interface SimpleInput {
	key: string;
	to: string | null;
	text: string | null;
	postbackUrl: string | null;
}

/** Sending, looking up, cancelling: docs/providers/cdyne.md section 4. */
export function messageOperations(office: Office, sending: Sending, life: Life): Operation[] {
	const shown = (message: StoredMessage) => smsResponse(message, repliesTo(office, message));

	const sendLegacy = (order: SendOrder) => {
		const taken = sending.accept(order);
		return typeof taken === 'string' ? refusedSms(taken, order.reference) : shown(taken);
	};
	const sendSimple = ({ key, to, text, postbackUrl }: SimpleInput) =>
		sendLegacy({ ...plainOrder(key, to, text), postbackUrl });
	const toOne = { legacy: true, recipients: ({ to }: SimpleInput) => [to] };

	return [
		get('SimpleSMSsend', SMSResponse, (query) => simple(query, false), sendSimple, toOne),
		get(
			'SimpleSMSsendWithPostback',
			SMSResponse,
			(query) => simple(query, true),
			sendSimple,
			toOne,
		),
		post<AdvancedBody>(
			'AdvancedSMSsend',
			SMSAdvancedRequest,
			listOf(SMSResponse),
			(body) => advancedOrders(body).map(sendLegacy),
			{
				legacy: true,
				recipients: ({ SMSRequests }) =>
					(SMSRequests ?? []).flatMap((request) => request?.PhoneNumbers ?? []),
			},
		),
		get(
			'GetMessageStatus',
			SMSResponse,
			(query) => query.guid('MessageID'),
			(id) => {
				const message = office.find(id);
				return message === undefined ? unknownSms(id) : shown(message);
			},
			{ legacy: true, recipients: (id) => [office.find(id)?.to ?? null] },
		),
		get(
			'GetMessageStatusByReferenceID',
			listOf(SMSResponse),
			(query) => ({ key: query.guid('LicenseKey'), reference: query.text('ReferenceID') }),
			({ key, reference }) => {
				const refusal = sending.keyRefusal(key);
				if (refusal !== undefined) return [refusedSms(refusal, reference)];
				const messages = office
					.outgoing()
					.filter((message) => outgoingDetail(message).key === key)
					.filter((message) => message.reference !== null && message.reference === reference);
				if (messages.length > 0 || office.settings.unknownReference === 'empty') {
					return messages.map(shown);
				}
				return [{ ...unknownSms(null), ReferenceID: reference }];
			},
			{ legacy: true },
		),
		get(
			'CancelMessage',
			'boolean',
			(query) => query.guid('MessageID'),
			(id) => cancel(office, life, id),
			{ legacy: true, recipients: (id) => [office.find(id)?.to ?? null] },
		),
		post<string>('CancelMessage', 'guid', 'boolean', (id) => cancel(office, life, id), {
			recipients: (id) => [office.find(id)?.to ?? null],
		}),
		post<MessageBody>(
			'SendMessage',
			OutgoingMessageRequest,
			listOf(OutgoingMessageResponse),
			async (body) => await sendMessage(sending, body),
			{ recipients: ({ To }) => To ?? [] },
		),
		get(
			'ReadMessageStatus',
			OutgoingMessageResponse,
			(query) => ({ key: query.guid('LicenseKey'), id: query.guid('MessageId') }),
			({ key, id }) => {
				const refusal = sending.keyRefusal(key);
				if (refusal !== undefined) return refusedMessage(refusalStatus(refusal), null, null);
				const message = office.find(id);
				if (message !== undefined && outgoingDetail(message).key === key) {
					return outgoingResponse(message);
				}
				const { MissingDidOrInvalidMessageId } = MessageStatuses.values;
				return refusedMessage(MissingDidOrInvalidMessageId, null, null);
			},
			{ recipients: ({ id }) => [office.find(id)?.to ?? null] },
		),
	];
}

function simple(
	query: { guid(name: string): string; text(name: string): string | null },
	withPostback: boolean,
): SimpleInput {
	return {
		key: query.guid('LicenseKey'),
		to: query.text('PhoneNumber'),
		text: query.text('Message'),
		postbackUrl: withPostback ? query.text('StatusPostBackURL') : null,
	};
}

function plainOrder(key: string, to: string | null, text: string | null): SendOrder {
	return {
		key,
		to: to ?? '',
		text: text ?? '',
		from: '',
		unicode: false,
		concatenate: false,
		reference: null,
		schedule: null,
		postbackUrl: null,
	};
}

/** One order per request and number, in the order of the request. */
function advancedOrders(body: AdvancedBody): SendOrder[] {
	return (body.SMSRequests ?? []).flatMap((request) =>
		(request?.PhoneNumbers ?? []).map((to) => ({
			...plainOrder(body.LicenseKey, to, request?.Message ?? null),
			from: request?.AssignedDID ?? '',
			unicode: body.IsUnicode ?? false,
			concatenate: body.Concatenate ?? false,
			reference: request?.ReferenceID ?? null,
			schedule: request?.ScheduledDateTime ?? null,
			postbackUrl: request?.StatusPostBackURL ?? null,
		})),
	);
}

async function sendMessage(sending: Sending, body: MessageBody) {
	const { LicenseKey: key, UseMMS, Subject } = body;
	const attachments = (body.Attachments ?? []).filter((attachment) => attachment !== null);
	// without UseMMS attachments are nothing, and of a wrong key nothing is fetched
	const mms =
		UseMMS && sending.keyRefusal(key) === undefined
			? { subject: Subject ?? null, ...(await sending.gather(key, attachments)) }
			: undefined;
	return (body.To ?? []).map((to) => {
		const taken = sending.accept({
			...plainOrder(key, to, body.Body ?? null),
			from: body.From ?? '',
			unicode: body.IsUnicode ?? false,
			concatenate: body.Concatenate ?? false,
			reference: body.ReferenceID ?? null,
			schedule: body.ScheduledDateTime ?? null,
			postbackUrl: body.PostbackUrl ?? null,
			mms,
		});
		return typeof taken === 'string'
			? refusedMessage(refusalStatus(taken), body.From ?? null, to)
			: outgoingResponse(taken);
	});
}

function cancel(office: Office, life: Life, id: string): boolean {
	const message = id === EMPTY_GUID ? undefined : office.find(id);
	return message !== undefined && life.cancel(message);
}

function repliesTo(office: Office, { id }: StoredMessage) {
	return office
		.incoming()
		.filter((message) => message.inReplyTo === id)
		.flatMap((message) =>
			incomingDetail(message).fragments.map((fragment) => ({ message, fragment })),
		);
}
