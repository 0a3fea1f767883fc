import { Wooxy } from '../../../nodes/Wooxy/Wooxy.node';
import type { Operation, ProviderModel, WireRequest } from './model';
import { digitsOf, json, pick } from './model';

/** Wooxy as docs/providers/wooxy.md describes it. */

const TOKEN = 'simulated-key-of-wooxy';
const POSTBACK_TOKEN = 'simulated-wooxy-postbacks-token';

/** Published texts that refuse a message (1.3, 2.1), with the HTTP status of the mapped mode. */
const REFUSALS: Array<[string, number]> = [
	['Invalid authorization token!', 401],
	[`no matches found for access token ${TOKEN}`, 401],
	['user 17 not enabled', 403],
	['no data found for key 17', 403],
	['Argument domain must be a non-empty string', 400],
	['+37255512000 is not a valid E.164 phone number', 400],
	['Argument text must be a non-empty string', 400],
	['Domain not found in your account or not verified', 404],
	['Bad Request', 400],
];

interface Body {
	phoneNumber?: string;
	contact?: string;
	text: string;
}

function readBody({ body }: WireRequest) {
	const { phoneNumber, contact = '', text } = JSON.parse(body) as Body;
	return { to: digitsOf(phoneNumber ?? contact), text, reference: null };
}

const operation = (name: string, parameters: object): Operation => ({
	name,
	several: false,
	references: false,
	findable: 'never',
	unicode: true,
	parameters: { resource: 'message', operation: name, ...parameters },
});

/** An id of 24 hexadecimal digits. */
const idOf = (count: number) => `64f0${count.toString(16).padStart(20, '0')}`;

export const wooxy: ProviderModel = {
	name: 'wooxy',
	node: new Wooxy(),
	operations: [
		operation('send', { domain: 'shop.example', to: '={{ $json.to }}' }),
		operation('sendToContact', { contactListId: 'list-1', contact: '={{ $json.to }}' }),
		operation('sendAndWaitForDelivery', { domain: 'shop.example', to: '={{ $json.to }}' }),
	],
	concurrency: 10,
	mostInFlight: 10,
	quirks: [
		'refusal',
		'mappedRefusal',
		'notFoundAccepted',
		'unknownWordsAccepted',
		'internalErrorAccepted',
		'internalError',
		'acceptedWithoutId',
	],
	credentials: (process) => ({
		wooxyApi: {
			baseUrl: `https://wooxy-${process}.example`,
			accessToken: TOKEN,
			postbackToken: POSTBACK_TOKEN,
		},
	}),
	secrets: [TOKEN, POSTBACK_TOKEN],
	number: (index) => String(37255512000 + index),
	parameters: ({ settings }) => ({
		message: '={{ $json.message }}',
		options: { notOnRetry: settings.notOnRetry },
	}),
	itemFields: ({ to, invalid }, { name }, text) => ({
		// a contact is not checked as a number, so an empty one is invalid
		to: invalid ? (name === 'sendToContact' ? '' : '12') : `+${wooxy.number(to[0])}`,
		message: text,
	}),
	isSend: ({ url }) => /\/sms\/(send|trigger)$/.test(url.pathname),
	read: (request) => [{ ...readBody(request), said: 'unclear' }],
	send(truth, request, quirk) {
		const sent = readBody(request);
		const accept = () => truth.accept({ ...sent, id: idOf(truth.next()) }).id;
		const fail = (text: string, status: number) => json({ result: false, errors: [text] }, status);
		const unclear = [{ ...sent, said: 'unclear' as const }];
		const [words, status] = pick(REFUSALS, quirk);
		switch (quirk.name) {
			case 'refusal':
			case 'mappedRefusal':
				return {
					response: fail(words, quirk.name === 'refusal' ? 200 : status),
					messages: [{ ...sent, said: 'refused' }],
				};
			case 'notFoundAccepted':
				accept();
				return { response: fail('Statistics record not found', 500), messages: unclear };
			case 'unknownWordsAccepted':
				accept();
				return { response: fail('Queue worker gone away', 500), messages: unclear };
			case 'internalErrorAccepted':
				accept();
				return {
					response: fail('Internal server error', quirk.choice % 2 === 0 ? 500 : 200),
					messages: unclear,
				};
			case 'internalError':
				return { response: fail('Internal server error', 500), messages: unclear };
			case 'acceptedWithoutId':
				accept();
				return { response: json({ result: true }), messages: [{ ...sent, said: 'accepted' }] };
			default:
				return {
					response: json({ result: true, sms_id: accept() }),
					messages: [{ ...sent, said: 'accepted' }],
				};
		}
	},
	lookUp(truth, { body }) {
		const { ids = [] } = JSON.parse(body || '{}') as { ids?: string[] };
		const visible = truth.visible();
		const records = ids.map((id) => {
			const message = visible.find((candidate) => candidate.id === id);
			if (!message) return [id, null] as const;
			const createdAt = new Date(truth.providerTime(message.acceptedAt))
				.toISOString()
				.replace('T', ' ')
				.slice(0, 19);
			const { text, to } = message;
			const record = { id, status: 'delivered', createdAt, text, phoneNumber: `+${to}` };
			return [id, { ...record, fromName: 'Shop' }] as const;
		});
		return json({
			result: true,
			data: Object.fromEntries(records),
			errors: records.flatMap(([id, record]) => (record ? [] : [`SMS ${id} not found`])),
		});
	},
	old: (truth) => idOf(truth.next()),
};
