import type { StoredMessage } from '../messages';
import type { Postback } from '../postbacks';
import type { FireOrder } from '../simulator';
import { EMAIL_EVENTS, EVENTS } from './events';
import type { Job } from './jobs';
import { messageDetail, type Office } from './office';

const SECOND = 1_000;

/** 15 attempts: 3 with 100 s between them, 6 with 600 s, 6 with 3600 s. */
const PAUSES = [
	...Array.from({ length: 3 }, () => 100 * SECOND),
	...Array.from({ length: 6 }, () => 600 * SECOND),
	...Array.from({ length: 6 }, () => 3_600 * SECOND),
];

/** Kinds for `fire` that are no events. */
const REQUEST = 'request';
const MALFORMED = 'malformed';

/** What a payload is about. */
interface Subject {
	id: string;
	phoneNumber: string;
	userId: string | null;
}

/** The documents' own, for postbacks by hand before any message was sent. */
const SAMPLE: Subject = {
	id: '64f000000000000000000001',
	phoneNumber: '+37255512345',
	userId: 'u-17',
};

/** Posts what happened to those who want to know. */
export class Notify {
	constructor(private readonly office: Office) {}

	/** To every webhook of the message's domain that subscribed to it. */
	delivered(message: StoredMessage): void {
		const { domain } = messageDetail(message);
		for (const { url } of this.office.webhooks.subscribed('sms_delivered', domain)) {
			this.send(url, 'sms_delivered', this.payload('sms_delivered', subject(message)), message);
		}
	}

	/** The result of a queued change, to the address that came with it. */
	request(url: string, job: Job): void {
		this.send(url, REQUEST, job);
	}

	/** @throws Error in plain words */
	fire(order: FireOrder): Postback {
		const kinds = [...EVENTS, REQUEST, MALFORMED];
		if (!kinds.includes(order.kind)) throw new Error(`Wooxy posts back ${kinds.join(', ')}.`);
		const event = order.kind === MALFORMED ? 'read' : order.kind;
		const url = order.url ?? this.office.webhooks.subscribed(event)[0]?.url;
		if (url === undefined) {
			throw new Error(`No webhook for "${event}" is registered: give an address as "url".`);
		}
		const message = this.office.messages().at(-1);
		const about = message === undefined ? SAMPLE : subject(message);
		const payload: Record<string, unknown> =
			order.kind === REQUEST ? { ...sampleJob(url) } : this.payload(event, about);
		for (const [name, value] of Object.entries(order.fields ?? {})) {
			if (value === null) delete payload[name];
			else payload[name] = value;
		}
		return this.send(url, order.kind, payload, message, order);
	}

	private payload(event: string, { id, phoneNumber, userId }: Subject): Record<string, unknown> {
		const { deliveredEvent, webhookPayload } = this.office.settings;
		const start = {
			datetime: Math.floor(Date.now() / SECOND),
			event: event === 'sms_delivered' ? deliveredEvent : event,
		};
		const user = userId === null ? {} : { userId };
		if (EMAIL_EVENTS.includes(event)) {
			const headers = { 'X-Order': '4711' };
			return { ...start, email: 'anna@example.com', id, userId: userId ?? 'u-17', headers };
		}
		switch (webhookPayload) {
			case 'sms_id':
				return { ...start, phone: phoneNumber, sms_id: id, ...user };
			case 'extraField':
				return { ...start, phoneNumber, id, ...user, operator: { name: 'Sandbox Mobile' } };
			default:
				return { ...start, phoneNumber, id, ...user };
		}
	}

	private send(
		url: string,
		kind: string,
		payload: object,
		about?: StoredMessage,
		order?: FireOrder,
	): Postback {
		const { core, settings } = this.office;
		const headers: Record<string, string> = { Host: '' };
		if (settings.webhookContentType !== '') headers['Content-Type'] = settings.webhookContentType;
		for (const [name, value] of Object.entries(order?.headers ?? {})) {
			const spelt = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
			if (spelt !== undefined) delete headers[spelt];
			if (value !== null) headers[name] = value;
		}
		const text = JSON.stringify(payload);
		return core.postbacks.send({
			provider: 'wooxy',
			kind,
			url,
			headers,
			body: order?.body ?? (kind === MALFORMED ? text.replace(',"headers"', ' "headers"') : text),
			messageId: about?.id,
			handset: about?.handset,
			retries: settings.firstTryCounts ? PAUSES.slice(1) : PAUSES,
			accepts: (status) => status === 200,
			timeoutMs: settings.webhookDeadlineMs,
		});
	}
}

function subject(message: StoredMessage): Subject {
	return { id: message.id, phoneNumber: message.to, userId: messageDetail(message).userId };
}

function sampleJob(webHookUri: string): Job {
	const contact = {
		id: '64f0000000000000000000c1',
		email: 'anna@example.com',
		phone: '+37255512345',
		userId: 'u-17',
	};
	return {
		id: '64f0000000000000000000e1',
		source: 'contacts/update',
		status: 'done',
		webHookUri,
		createdAt: '2024-05-01 10:20:30',
		updatedAt: '2024-05-01 10:20:31',
		results: { errors: [], success: [contact] },
	};
}
