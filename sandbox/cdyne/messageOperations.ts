import type { StoredMessage } from '../messages';
import type { Lifecycle } from './lifecycle';
import { get, post, type Operation } from './operations';
import type { ReadDate } from './read';
import {
	outgoingResponse,
	rejectedMessage,
	rejectedSms,
	rejectionStatus,
	smsResponse,
	unknownSms,
} from './responses';
import {
	listOf,
	MessageStatuses,
	OutgoingMessageRequest,
	OutgoingMessageResponse,
	SMSAdvancedRequest,
	SMSResponse,
} from './schema';
import type { Sending, SendOrder } from './sending';
import { incomingDetail, outgoingDetail, type CdyneState } from './state';
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

/** Operations to send, look up and cancel messages: docs/providers/cdyne.md section 4. */
export function messageOperations(
	state: CdyneState,
	sending: Sending,
	lifecycle: Lifecycle,
): Operation[] {
	const currentResponse = (message: StoredMessage) =>
		smsResponse(message, repliesTo(state, message));

	const sendLegacy = (order: SendOrder) => {
		const result = sending.accept(order);
		return typeof result === 'string'
			? rejectedSms(result, order.reference)
			: currentResponse(result);
	};
	const sendSimple = ({ key, to, text, postbackUrl }: SimpleInput) =>
		sendLegacy({ ...plainOrder(key, to, text), postbackUrl });
	const traits = { legacy: true, recipients: ({ to }: SimpleInput) => [to] };

	return [
		get('SimpleSMSsend', SMSResponse, (query) => simple(query, false), sendSimple, traits),
		get(
			'SimpleSMSsendWithPostback',
			SMSResponse,
			(query) => simple(query, true),
			sendSimple,
			traits,
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
				const message = state.find(id);
				return message === undefined ? unknownSms(id) : currentResponse(message);
			},
			{ legacy: true, recipients: (id) => [state.find(id)?.to ?? null] },
		),
		get(
			'GetMessageStatusByReferenceID',
			listOf(SMSResponse),
			(query) => ({ key: query.guid('LicenseKey'), reference: query.text('ReferenceID') }),
			({ key, reference }) => {
				const rejection = sending.keyRejection(key);
				if (rejection !== undefined) return [rejectedSms(rejection, reference)];
				const messages = state
					.outgoing()
					.filter((message) => outgoingDetail(message).key === key)
					.filter((message) => message.reference !== null && message.reference === reference);
				if (messages.length > 0 || state.settings.unknownReference === 'empty') {
					return messages.map(currentResponse);
				}
				return [{ ...unknownSms(null), ReferenceID: reference }];
			},
			{ legacy: true },
		),
		get(
			'CancelMessage',
			'boolean',
			(query) => query.guid('MessageID'),
			(id) => cancel(state, lifecycle, id),
			{ legacy: true, recipients: (id) => [state.find(id)?.to ?? null] },
		),
		post<string>('CancelMessage', 'guid', 'boolean', (id) => cancel(state, lifecycle, id), {
			recipients: (id) => [state.find(id)?.to ?? null],
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
				const rejection = sending.keyRejection(key);
				if (rejection !== undefined) return rejectedMessage(rejectionStatus(rejection), null, null);
				const message = state.find(id);
				if (message !== undefined && outgoingDetail(message).key === key) {
					return outgoingResponse(message);
				}
				const { MissingDidOrInvalidMessageId } = MessageStatuses.values;
				return rejectedMessage(MissingDidOrInvalidMessageId, null, null);
			},
			{ recipients: ({ id }) => [state.find(id)?.to ?? null] },
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

/** Returns one order per request and number, in the order of the request. */
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
	// attachments are ignored without UseMMS, and not fetched for an invalid key
	const mms =
		UseMMS && sending.keyRejection(key) === undefined
			? { subject: Subject ?? null, ...(await sending.loadAttachments(key, attachments)) }
			: undefined;
	return (body.To ?? []).map((to) => {
		const result = sending.accept({
			...plainOrder(key, to, body.Body ?? null),
			from: body.From ?? '',
			unicode: body.IsUnicode ?? false,
			concatenate: body.Concatenate ?? false,
			reference: body.ReferenceID ?? null,
			schedule: body.ScheduledDateTime ?? null,
			postbackUrl: body.PostbackUrl ?? null,
			mms,
		});
		return typeof result === 'string'
			? rejectedMessage(rejectionStatus(result), body.From ?? null, to)
			: outgoingResponse(result);
	});
}

function cancel(state: CdyneState, lifecycle: Lifecycle, id: string): boolean {
	const message = id === EMPTY_GUID ? undefined : state.find(id);
	return message !== undefined && lifecycle.cancel(message);
}

function repliesTo(state: CdyneState, { id }: StoredMessage) {
	return state
		.incoming()
		.filter((message) => message.inReplyTo === id)
		.flatMap((message) =>
			incomingDetail(message).fragments.map((fragment) => ({ message, fragment })),
		);
}
