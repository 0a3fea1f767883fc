import { Cdyne } from '../../../nodes/Cdyne/Cdyne.node';
import type { Accepted, Operation, ProviderModel, Sent, Truth, WireRequest } from './model';
import { digitsOf, guidOf, isAffected, json, pick } from './model';

/** CDYNE as docs/providers/cdyne.md describes it. */

const KEY = guidOf(0x5b7e0f52);
const TOKEN = 'simulated-cdyne-postbacks-token';
const EMPTY_GUID = guidOf(0).replace(/[\da-f]/g, '0');
/** The server's clock in JSON: a UTC time, written as if it were local (2.3). */
const OFFSET_MS = 5 * 3_600_000;
const YEAR_1_MS = -62_135_596_800_000;
/** From the acceptance until the message is handed to a carrier. */
const SENT_AFTER_MS = 1_500;

/** SMSErrors of 6.1 that refuse a message, with the MessageStatus of 6.2 that means the same. */
const REFUSALS = [
	[1, 403],
	[2, 401],
	[3, 406],
	[4, 411],
	[6, 400],
	[9, 402],
	[10, 404],
] as const;
const NO_ERROR = 0;
const INTERNAL_ERROR = 8;
const UNLISTED = 77;
const FAILED = 506;

const date = (time: number) => `/Date(${time + OFFSET_MS}-0500)/`;
const operationOf = ({ url }: WireRequest) => url.pathname.split('/').at(-1)?.toLowerCase() ?? '';

interface Entry {
	to: string;
	text: string;
	reference: string | null;
}

interface AdvancedRequest {
	SMSRequests: Array<{ PhoneNumbers: string[]; Message: string; ReferenceID?: string }>;
}

interface MmsRequest {
	To: string[];
	Body?: string;
	ReferenceID?: string;
}

function entriesOf(request: WireRequest): Entry[] {
	const { searchParams } = request.url;
	const operation = operationOf(request);
	if (operation.startsWith('simplesmssend')) {
		const to = digitsOf(searchParams.get('PhoneNumber') ?? '');
		return [{ to, text: searchParams.get('Message') ?? '', reference: null }];
	}
	const body = JSON.parse(request.body) as AdvancedRequest & MmsRequest;
	if (operation === 'sendmessage') {
		const { To, Body = '', ReferenceID = null } = body;
		return To.map((to) => ({ to: digitsOf(to), text: Body, reference: ReferenceID }));
	}
	return body.SMSRequests.flatMap(({ PhoneNumbers, Message, ReferenceID = null }) =>
		PhoneNumbers.map((to) => ({ to: digitsOf(to), text: Message, reference: ReferenceID })),
	);
}

function smsResponse(id: string, error: number, reference: string | null, message?: Accepted) {
	return {
		Cancelled: message?.status === 'cancelled',
		MessageID: id,
		Queued: error === NO_ERROR && !message,
		...(reference !== null && { ReferenceID: reference }),
		SMSError: error,
		SMSIncomingMessages: null,
		Sent: false,
		SentDateTime: date(YEAR_1_MS),
	};
}

/**
 * Results of texts have no number (5.2), so under a reference that several entries share, a missing
 * result leaves open which of them the others are about.
 */
function markIndistinct(messages: Sent[]): void {
	for (const message of messages) {
		const sharing = messages.filter(({ reference }) => reference === message.reference);
		if (sharing.some(({ said }) => said === 'unclear')) message.said = 'unclear';
	}
}

const outgoing = (id: string, status: number, to: string | null) => ({
	Attachments: null,
	From: '17575550100',
	MessageID: id,
	MessageStatus: status,
	SentTime: date(YEAR_1_MS),
	To: to,
});

/** A message in the response to a look-up. */
function report(truth: Truth, message: Accepted) {
	const { id, reference, status, acceptedAt } = message;
	const sentAt = acceptedAt + SENT_AFTER_MS;
	const isSent = status === 'accepted' && sentAt <= truth.now();
	const refused = status === 'rejected' ? 9 : NO_ERROR;
	return {
		...smsResponse(id, refused, reference, message),
		Queued: status === 'accepted' && !isSent,
		Sent: isSent,
		...(isSent && { SentDateTime: date(truth.providerTime(sentAt)) }),
	};
}

export const cdyne: ProviderModel = {
	name: 'cdyne',
	node: new Cdyne(),
	operations: [
		{
			name: 'send',
			several: true,
			references: true,
			findable: 'always',
			unicode: true,
			parameters: { resource: 'message', operation: 'send' },
		},
		{
			name: 'sendMms',
			several: true,
			references: true,
			findable: 'always',
			unicode: true,
			parameters: { resource: 'message', operation: 'sendMms' },
		},
		{
			name: 'sendSimple',
			several: false,
			references: false,
			findable: 'never',
			unicode: false,
			parameters: { resource: 'message', operation: 'sendSimple' },
		},
		...['sendAndWaitForDelivery', 'sendAndWait'].map(
			(name): Operation => ({
				name,
				several: false,
				references: true,
				findable: 'always',
				unicode: true,
				takesOne: true,
				parameters: { resource: 'message', operation: name },
			}),
		),
	],
	concurrency: 5,
	quirks: [
		'refusal',
		'endsAtRefusal',
		'twoResults',
		'accountRefusal',
		'internalErrorAccepted',
		'internalError',
		'unlistedErrorAccepted',
		'acceptedWithoutId',
		'withoutReference',
		'missingResults',
	],
	credentials: (process) => ({
		cdyneApi: {
			baseUrl: `https://cdyne-${process}.example/Messaging.svc`,
			licenseKey: KEY,
			postbackToken: TOKEN,
		},
	}),
	secrets: [KEY, TOKEN],
	number: (index) => String(17575550000 + index),
	parameters: ({ settings }, { name }) => ({
		to: '={{ $json.to }}',
		message: '={{ $json.message }}',
		options: {
			...(name !== 'sendSimple' && {
				referenceId: '={{ $json.reference }}',
				skipIfReferenceExists: settings.skipIfReferenceExists,
				sendAgainIfNotFound: settings.sendAgainIfNotFound,
			}),
			...(name === 'send' && {
				concatenate: settings.concatenate,
				textsPerRequest: settings.textsPerRequest,
			}),
		},
	}),
	itemFields: ({ to, reference, invalid }, _operation, text) => ({
		to: invalid ? '12' : to.map((index) => cdyne.number(index)).join(', '),
		message: text,
		reference: reference === null ? '' : `order-${reference}`,
	}),
	isSend: (request) => /send/.test(operationOf(request)),
	read: (request) => entriesOf(request).map((entry): Sent => ({ ...entry, said: 'unclear' })),
	send(truth, request, quirk) {
		const isMms = operationOf(request) === 'sendmessage';
		const results: object[] = [];
		const messages: Sent[] = [];
		let hasEnded = false;
		const words = quirk.name === 'accountRefusal' ? [REFUSALS[1], REFUSALS[5]] : REFUSALS;
		const [error, status] = pick(words, quirk);
		entriesOf(request).forEach((entry, position) => {
			const { to, reference } = entry;
			const isHit = isAffected(quirk, position);
			const add = (id: string, code: [number, number], echoed = reference) =>
				results.push(
					isMms
						? outgoing(id, code[1], quirk.name === 'withoutReference' ? null : to)
						: smsResponse(id, code[0], echoed),
				);
			const note = (said: Sent['said']) => messages.push({ ...entry, said });
			const accept = () => truth.accept({ ...entry, id: guidOf(truth.next()) }).id;
			const refusedId = error === 2 ? guidOf(truth.next()) : EMPTY_GUID;
			if (hasEnded) {
				note('unclear');
				return;
			}
			if (!isHit || quirk.name === '') {
				add(accept(), [NO_ERROR, 201], quirk.name === 'withoutReference' ? null : reference);
				note('accepted');
				return;
			}
			switch (quirk.name) {
				case 'refusal':
				case 'accountRefusal':
					add(refusedId, [error, status]);
					note('refused');
					break;
				case 'endsAtRefusal':
					add(refusedId, [error, status]);
					note('refused');
					hasEnded = true;
					break;
				case 'twoResults':
					add(refusedId, [error, status]);
					add(accept(), [NO_ERROR, 201]);
					note('accepted');
					break;
				case 'internalErrorAccepted':
					accept();
					add(EMPTY_GUID, [INTERNAL_ERROR, FAILED + 100]);
					note('unclear');
					break;
				case 'internalError':
					add(EMPTY_GUID, [INTERNAL_ERROR, FAILED + 100]);
					note('unclear');
					break;
				case 'unlistedErrorAccepted':
					accept();
					add(EMPTY_GUID, [UNLISTED, UNLISTED]);
					note('unclear');
					break;
				case 'acceptedWithoutId':
					accept();
					add(EMPTY_GUID, [NO_ERROR, 201]);
					note('unclear');
					break;
				case 'missingResults':
					accept();
					note('unclear');
					break;
				default:
					add(accept(), [NO_ERROR, 201], null);
					note('accepted');
			}
		});
		if (!isMms && messages.length > results.length) markIndistinct(messages);
		const single = operationOf(request).startsWith('simplesmssend');
		return { response: json(single ? (results.at(-1) ?? null) : results), messages };
	},
	lookUp(truth, request) {
		const { searchParams } = request.url;
		const visible = truth.visible();
		switch (operationOf(request)) {
			case 'getmessagestatusbyreferenceid': {
				const reference = searchParams.get('ReferenceID');
				const found = visible.filter((message) => message.reference === reference);
				return json(found.map((message) => report(truth, message)));
			}
			case 'readmessagestatus': {
				const message = visible.find(({ id }) => id === searchParams.get('MessageId'));
				if (!message) return json(outgoing(EMPTY_GUID, 404, null));
				const status = { accepted: 200, rejected: 402, cancelled: 507 }[message.status];
				const to = truth.history.numbersHidden ? null : message.to;
				return json(outgoing(message.id, status, to));
			}
			default: {
				const message = visible.find(({ id }) => id === searchParams.get('MessageID'));
				return json(message ? report(truth, message) : smsResponse(EMPTY_GUID, 7, null));
			}
		}
	},
	old: (truth) => guidOf(truth.next()),
};
