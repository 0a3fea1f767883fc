import { NamirialSms } from '../../../nodes/Namirial/NamirialSms.node';
import type { Accepted, Operation, ProviderModel, Truth, WireRequest } from './model';
import { digitsOf, guidOf, json, pick } from './model';

/** Namirial as docs/providers/namirial.md describes it. */

const PASSWORD = 'simulated-password-of-namirial';
const API_KEY = 'simulated-status-key-of-namirial';
const TOKEN = 'simulated-namirial-postbacks-token';
const SERVICE = 'AUTHENTICATION';

/** The published codes (4.5). With these, nothing is accepted. */
const CODES = [8, 56, 59, 60, 61, 63, 64, 66, 74];
const UNLISTED = 99;
/** List size (5.3). */
const DEFAULT_COUNT = 50;
const MAX_COUNT = 100;

interface Body {
	destination: string;
	text: string;
	reference?: { key?: string };
}

const isoSeconds = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

function readBody({ body }: WireRequest) {
	const { destination, text, reference } = JSON.parse(body) as Body;
	return { to: digitsOf(destination), text, reference: reference?.key ?? null };
}

const STATUS = { accepted: 'SENT', rejected: 'REJECTED', cancelled: 'REJECTED' };

function report(truth: Truth, message: Accepted) {
	const { id, reference, status, acceptedAt } = message;
	const time = isoSeconds(truth.providerTime(acceptedAt));
	return {
		message: {
			id,
			providerAcceptanceAt: time,
			statusChangedAt: time,
			reference: reference === null ? {} : { service: SERVICE, key: reference },
			channel: 'SMS',
			status: STATUS[status],
			provider: { name: 'PROVIDERX', id: guidOf(1), status: 'sent', code: '0' },
			sms: { segments: 1 },
		},
	};
}

const operation = (name: string, more: object = {}): Operation => ({
	name,
	several: false,
	references: true,
	findable: 'withReference',
	unicode: true,
	parameters: { resource: 'message', operation: name, ...more },
});

export const namirial: ProviderModel = {
	name: 'namirial',
	node: new NamirialSms(),
	operations: [
		operation('send'),
		operation('sendOnBehalf', { account: 'branch-milano' }),
		{ ...operation('sendAndWaitForDelivery'), takesOne: true },
	],
	concurrency: 5,
	quirks: ['refusal', 'unlistedCode', 'unlistedCodeAccepted', 'acceptedWithoutId'],
	credentials: (process, { canLookUp }) => ({
		namirialSmsGatewayApi: {
			baseUrl: `https://gateway-${process}.example`,
			username: 'simulated-account',
			password: PASSWORD,
			postbackToken: TOKEN,
		},
		...(canLookUp && {
			namirialSmsStatusApi: { baseUrl: `https://status-${process}.example/api`, apiKey: API_KEY },
		}),
	}),
	secrets: [
		PASSWORD,
		API_KEY,
		TOKEN,
		Buffer.from(`simulated-account:${PASSWORD}`).toString('base64'),
	],
	number: (index) => String(393331110000 + index),
	parameters: ({ settings }) => ({
		to: '={{ $json.to }}',
		message: '={{ $json.message }}',
		options: {
			referenceService: SERVICE,
			referenceKey: '={{ $json.reference }}',
			skipIfReferenceExists: settings.skipIfReferenceExists,
			sendAgainIfNotFound: settings.sendAgainIfNotFound,
		},
	}),
	itemFields: ({ to, reference, invalid }, _operation, text) => ({
		to: invalid ? '12' : `+${namirial.number(to[0])}`,
		message: text,
		reference: reference === null ? '' : `order-${reference}`,
	}),
	isSend: ({ url }) => url.pathname.endsWith('/send'),
	read: (request) => [{ ...readBody(request), said: 'unclear' }],
	send(truth, request, quirk) {
		const sent = readBody(request);
		const refuse = (code: number) =>
			json({ code, message: `Refused with ${code}`, details: null }, 500);
		const accept = () => truth.accept({ ...sent, id: guidOf(truth.next()) }).id;
		switch (quirk.name) {
			case 'refusal':
				return {
					response: refuse(pick(CODES, quirk)),
					messages: [{ ...sent, said: 'refused' }],
				};
			case 'unlistedCodeAccepted':
				accept();
				return { response: refuse(UNLISTED), messages: [{ ...sent, said: 'unclear' }] };
			case 'unlistedCode':
				return { response: refuse(UNLISTED), messages: [{ ...sent, said: 'unclear' }] };
			case 'acceptedWithoutId':
				accept();
				return {
					response: json({ message: '0: Accepted for delivery' }),
					messages: [{ ...sent, said: 'accepted' }],
				};
			default:
				return {
					response: json({ message: '0: Accepted for delivery', id: accept() }),
					messages: [{ ...sent, said: 'accepted' }],
				};
		}
	},
	lookUp(truth, { url }) {
		const parts = url.pathname.split('/').map(decodeURIComponent);
		const value = parts.at(-1) ?? '';
		const kind = parts.at(-2) ?? '';
		const requested = Number(url.searchParams.get('count') ?? DEFAULT_COUNT);
		const before = Date.parse(url.searchParams.get('sendDate') ?? '9999-12-31T00:00:00Z');
		const visible = truth.visible();
		if (kind !== 'reference' && kind !== 'phonenumber') {
			const message = visible.find(({ id }) => id === value);
			return message ? json(report(truth, message)) : { status: 404, type: 'text/plain', body: '' };
		}
		const found = visible.filter(({ reference, to }) =>
			kind === 'reference' ? reference === value : to === digitsOf(value),
		);
		const messages = found
			.filter(({ acceptedAt }) => truth.providerTime(acceptedAt) < before)
			.slice(0, Math.min(requested, MAX_COUNT))
			.map((message) => report(truth, message));
		return json({ messages });
	},
	old: (truth) => guidOf(truth.next()),
};
